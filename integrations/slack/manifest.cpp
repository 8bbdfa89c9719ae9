#include "integrations/slack/manifest.hpp"

#include <nlohmann/json.hpp>

#include "bot/texts/action_texts.hpp"
#include "bot/texts/texts.hpp"

namespace vakt {
namespace {

using nlohmann::ordered_json;

std::vector<std::string> bot_events() {
  return {"app_home_opened", "channel_archive", "channel_rename",        "channel_unarchive",   "group_archive",
          "group_rename",    "group_unarchive", "member_joined_channel", "member_left_channel", "message.channels",
          "message.groups",  "pin_added",       "pin_removed",           "reaction_added",      "reaction_removed"};
}

ordered_json slash_command(const std::string& name, const char* description, const char* hint) {
  return {{"command", name}, {"description", description}, {"usage_hint", hint}, {"should_escape", true}};
}

ordered_json message_shortcut(std::string_view name, const char* callback, const char* description) {
  return {{"name", name}, {"type", "message"}, {"callback_id", callback}, {"description", description}};
}

}  // namespace

std::vector<std::string> bot_scopes() {
  return {"bookmarks:read", "bookmarks:write", "channels:history", "channels:join", "channels:manage",
          "channels:read",  "chat:write",      "commands",         "files:read",    "files:write",
          "groups:history", "groups:read",     "groups:write",     "pins:read",     "pins:write",
          "reactions:read", "reactions:write", "usergroups:read",  "users:read"};
}

std::string manifest_json(const Settings& settings) {
  const auto& t = texts(settings.language);
  const ordered_json slash =
      ordered_json::array({slash_command(settings.incident_command, "Open and run an incident",
                                         "[declare|update|severity|lead|status|note|resolve|postmortem|help]"),
                           slash_command(settings.flag_command, "Turn a feature flag off, and see who it is on for",
                                         "[off|undo|status|list|on|percent|history|help]"),
                           slash_command(settings.action_command, "Track what is to be done after an incident",
                                         "[add|link|list|done|wontdo|owner|due|snooze|help]"),
                           slash_command(settings.rollout_command, "Widen a feature flag stage by stage",
                                         "[start|status|record|advance|hold|resume|rollback|help]")});
  ordered_json features = {
      // Slack refuses messages to a person where the tab is off: owners get their action items there.
      {"app_home",
       {{"home_tab_enabled", true}, {"messages_tab_enabled", true}, {"messages_tab_read_only_enabled", true}}},
      {"bot_user", {{"display_name", "vakt"}, {"always_online", true}}},
      {"shortcuts",
       {message_shortcut(t.declare_incident, "declare_incident", "Open an incident about this message"),
        message_shortcut(t.add_to_timeline, "add_to_timeline", "Put this message on the incident's timeline"),
        message_shortcut(action_texts(settings.language).shortcut, "make_action_item",
                         "Track what this message says is to be done")}},
      {"slash_commands", slash}};
  ordered_json manifest = {{"display_information",
                            {{"name", "vakt"},
                             {"description", "Runs incidents in Slack, on your own server"},
                             {"background_color", "#1f2937"}}},
                           {"features", features},
                           {"oauth_config", {{"scopes", {{"bot", bot_scopes()}}}}},
                           {"settings",
                            {{"event_subscriptions", {{"bot_events", bot_events()}}},
                             {"interactivity", {{"is_enabled", true}}},
                             {"org_deploy_enabled", false},
                             {"socket_mode_enabled", true},
                             {"token_rotation_enabled", false}}}};
  return manifest.dump(2) + "\n";
}

}  // namespace vakt
