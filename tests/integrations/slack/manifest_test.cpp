#include "integrations/slack/manifest.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

namespace vakt {
namespace {

using nlohmann::json;

TEST(Manifest, HasWhatSlackAsksFor) {
  const json manifest = json::parse(manifest_json());
  EXPECT_EQ(manifest["display_information"]["name"], "vakt");
  EXPECT_EQ(manifest["settings"]["socket_mode_enabled"], true);
  EXPECT_EQ(manifest["settings"]["interactivity"]["is_enabled"], true);
  const json& features = manifest["features"];
  EXPECT_EQ(features["app_home"]["home_tab_enabled"], true);
  EXPECT_EQ(features["app_home"]["messages_tab_enabled"], true) << "owners are written to";
  EXPECT_EQ(features["app_home"]["messages_tab_read_only_enabled"], true) << "nothing is read there";
  EXPECT_EQ(features["bot_user"]["always_online"], true);
  ASSERT_EQ(features["shortcuts"].size(), 3U);
  EXPECT_EQ(features["shortcuts"][0]["callback_id"], "declare_incident");
  EXPECT_EQ(features["shortcuts"][0]["type"], "message") << "only a message shortcut brings the alert";
  EXPECT_EQ(features["shortcuts"][1]["callback_id"], "add_to_timeline");
  EXPECT_EQ(features["shortcuts"][2]["callback_id"], "make_action_item");
  EXPECT_EQ(features["shortcuts"][2]["name"], "Make action item");
  for (const json& one : features["shortcuts"]) EXPECT_EQ(one["type"], "message");
  const json norwegian = json::parse(manifest_json({.language = Language::nb}));
  EXPECT_EQ(norwegian["features"]["shortcuts"][0]["name"], "Meld hendelse");
  EXPECT_EQ(norwegian["features"]["shortcuts"][2]["name"], "Lag et tiltak");
}

TEST(Manifest, OffersEachCommandAsTheSettingsCallIt) {
  const json manifest = json::parse(manifest_json({.flag_command = "/vflag"}));
  const json& commands = manifest["features"]["slash_commands"];
  ASSERT_EQ(commands.size(), 4U);
  const char* names[] = {"/incident", "/vflag", "/action", "/rollout"};
  std::set<std::string> described, hints;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    EXPECT_EQ(commands[i]["command"], names[i]);
    EXPECT_EQ(commands[i]["should_escape"], true) << "mentions come as ids";
    described.insert(commands[i]["description"]);
    hints.insert(commands[i]["usage_hint"]);
  }
  EXPECT_EQ(described.size(), 4U) << "each says what it is for";
  EXPECT_EQ(hints.size(), 4U);
}

TEST(Manifest, StaysWithinSlacksSizes) {
  const json manifest = json::parse(manifest_json());
  EXPECT_LE(manifest["display_information"]["description"].get<std::string>().size(), 140U);
  for (const json& one : manifest["features"]["shortcuts"]) EXPECT_LE(one["name"].get<std::string>().size(), 24U);
  for (const json& one : manifest["features"]["slash_commands"]) {
    EXPECT_LE(one["description"].get<std::string>().size(), 2'000U);
    EXPECT_LE(one["command"].get<std::string>().size(), 32U);
    EXPECT_LE(one["usage_hint"].get<std::string>().size(), 1'000U);
  }
}

TEST(Manifest, EveryEventHasItsScope) {
  const json manifest = json::parse(manifest_json());
  const auto scopes = manifest["oauth_config"]["scopes"]["bot"].get<std::vector<std::string>>();
  EXPECT_EQ(scopes, bot_scopes());
  EXPECT_TRUE(std::ranges::is_sorted(scopes));
  const auto has = [&](const char* scope) { return std::ranges::find(scopes, scope) != scopes.end(); };
  const std::map<std::string, const char*> needs = {
      {"message.channels", "channels:history"}, {"message.groups", "groups:history"},
      {"reaction_added", "reactions:read"},     {"pin_added", "pins:read"},
      {"channel_rename", "channels:read"},      {"group_rename", "groups:read"}};
  for (const auto& [event, scope] : needs) {
    const auto& events = manifest["settings"]["event_subscriptions"]["bot_events"];
    EXPECT_NE(std::ranges::find(events, json(event)), events.end()) << event;
    EXPECT_TRUE(has(scope)) << scope;
  }
}

}  // namespace
}  // namespace vakt
