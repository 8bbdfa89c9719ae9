// What the configuration and Slack's auth.test tell the pure parts. Read once at start; immutable afterwards.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bot/actions/action_settings.hpp"
#include "bot/flags/flag_settings.hpp"
#include "bot/types.hpp"

namespace vakt {

// Who we are in this workspace (auth.test).
struct Self {
  UserId user;
  std::string bot_id;
  std::string team_url;  // "https://team.slack.com/", ends with a slash; permalinks start with it
};

// [postmortem].
struct PostmortemSettings {
  std::string chosen;                                        // the template's name; empty: the language's own
  std::optional<int> due_days = 7;                           // after the end; nothing: nobody is reminded
  std::array<bool, 4> severities{true, true, false, false};  // sev1..sev4: these want one without being asked
  // Of the templates in use, by name; one that is missing here is the built-in one.
  struct Fields {
    std::vector<std::string> asked;     // of people, in this order
    std::vector<std::string> optional;  // shown where they are there, and asked of nobody
  };
  std::map<std::string, Fields> fields;

  std::string document(Language language) const {
    return !chosen.empty() ? chosen : language == Language::nb ? "nav" : "oslo";
  }
};

struct Settings {
  Self self;
  Language language = Language::en;
  std::string timezone = "UTC";  // IANA
  std::string announce_channel = "incidents";
  std::string oncall_group = "oncall";
  std::string channel_prefix = "inc";
  std::string pin_emoji = "pushpin";
  std::string incident_command = "/incident", flag_command = "/flag", action_command = "/action",
              rollout_command = "/rollout";
  flag::Settings flags;
  action::Settings actions;
  PostmortemSettings postmortem;
  int normal_minutes = 30;                         // EVENT END after DOWNTIME END
  std::array<int, 4> quiet_minutes{30, 60, 0, 0};  // sev1..sev4; 0: never remind
  int deleted_text_days = 7;
  bool month_summary = false;  // the month's figures in the announce channel
};

// Who may change flags: user ids and "@group"s.
std::vector<std::string> flag_operators(const Settings&);

// A message's permalink, as Slack forms it: https://team.slack.com/archives/C…/p1700000000000100
std::string permalink(const std::string& team_url, const ChannelId&, const Ts&, const Ts& thread_ts = {});

}  // namespace vakt
