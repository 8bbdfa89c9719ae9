#include "bot/command/flag_command.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/texts/mrkdwn.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using flag::Action;
using testing::StartsWith;

template <class Kind>
Kind parsed(const std::string& text) {
  const auto result = parse_flag_command(text);
  if (!result || !std::holds_alternative<Kind>(*result)) {
    ADD_FAILURE() << "not as expected: " << text << (result ? "" : " -> " + result.error().form);
    return {};
  }
  return std::get<Kind>(*result);
}

CommandError refused(const std::string& text) {
  const auto result = parse_flag_command(text);
  if (result) {
    ADD_FAILURE() << "not refused: " << text;
    return {};
  }
  return result.error();
}

TEST(FlagCommand, NothingTypedIsWhatChanged) {
  parsed<flag_command::Recent>("");
  parsed<flag_command::Recent>(" \t\n");
}

TEST(FlagCommand, OffAndItsSynonyms) {
  for (const auto* word : {"off", "OFF", "kill", "Disable", "av"}) {
    const auto off = parsed<flag_command::Change>(std::string{word} + " ny-Soknads.dialog_2");
    EXPECT_EQ(off.action, Action::off);
    EXPECT_EQ(off.name, "ny-Soknads.dialog_2");
    EXPECT_EQ(off.environment, "");
    EXPECT_EQ(off.provider, "");
  }
  EXPECT_EQ(parsed<flag_command::Change>("off checkout staging").environment, "staging");
}

TEST(FlagCommand, OnForAWhile) {
  const auto on = parsed<flag_command::Change>("on checkout for 30m");
  EXPECT_EQ(on.action, Action::on);
  EXPECT_EQ(on.duration, 30min);
  EXPECT_EQ(on.environment, "");
  const auto there = parsed<flag_command::Change>("enable checkout staging for 2 h");
  EXPECT_EQ(there.environment, "staging");
  EXPECT_EQ(there.duration, 2h);
  EXPECT_FALSE(parsed<flag_command::Change>("on checkout").duration);
  EXPECT_THAT(refused("on checkout for ever").form, StartsWith("on NAME"));
  EXPECT_THAT(refused("on checkout for").form, StartsWith("on NAME"));
  EXPECT_THAT(refused("off checkout for 30m").form, StartsWith("off NAME"));
}

TEST(FlagCommand, APercentage) {
  for (const auto* text : {"percent checkout 25", "percent checkout 25%", "percent checkout 25 %"})
    EXPECT_EQ(parsed<flag_command::Change>(text).percent, 25) << text;
  const auto there = parsed<flag_command::Change>("percent checkout 0 staging for 1d");
  EXPECT_EQ(there.percent, 0);
  EXPECT_EQ(there.environment, "staging");
  EXPECT_EQ(there.duration, 24h);
  for (const auto* text : {"percent checkout", "percent checkout 101", "percent checkout -1", "percent checkout 2.5",
                           "percent checkout x", "percent 25", "percent checkout %"})
    EXPECT_THAT(refused(text).form, StartsWith("percent NAME N")) << text;
}

TEST(FlagCommand, TheOthers) {
  EXPECT_EQ(parsed<flag_command::Undo>("undo checkout").name, "checkout");
  EXPECT_EQ(parsed<flag_command::Status>("status checkout").name, "checkout");
  EXPECT_EQ(parsed<flag_command::List>("list check").text, "check");
  EXPECT_EQ(parsed<flag_command::List>("list").text, "");
  EXPECT_EQ(parsed<flag_command::History>("history checkout").name, "checkout");
  EXPECT_EQ(parsed<flag_command::History>("history").name, "");
  parsed<flag_command::Lint>("lint");
  parsed<flag_command::Help>("help");
  parsed<flag_command::Help>("Hjelp");
}

TEST(FlagCommand, AServiceCanBeNamedWhereverItStands) {
  for (const auto* text : {"off checkout staging --provider flipper", "off --provider flipper checkout staging",
                           "off checkout —provider flipper staging", "off checkout –PROVIDER flipper staging"}) {
    const auto off = parsed<flag_command::Change>(text);
    EXPECT_EQ(off.name, "checkout") << text;
    EXPECT_EQ(off.environment, "staging") << text;
    EXPECT_EQ(off.provider, "flipper") << text;
  }
  EXPECT_EQ(parsed<flag_command::Status>("status checkout --provider flipper").provider, "flipper");
  EXPECT_THAT(refused("off checkout --provider").form, StartsWith("off NAME"));
  EXPECT_EQ(refused("off checkout --force").word, "--force");
}

TEST(FlagCommand, ANameMayLookLikeAnOptionOrHoldSpaces) {
  EXPECT_EQ(parsed<flag_command::Change>("off \"--provider\"").name, "--provider");
  EXPECT_EQ(parsed<flag_command::Change>("off -- --force staging").name, "--force");
  EXPECT_EQ(parsed<flag_command::Change>("off -- --force staging").environment, "staging");
  EXPECT_EQ(parsed<flag_command::Change>("off \"new checkout\" 'the cloud'").environment, "the cloud");
  EXPECT_EQ(parsed<flag_command::Change>("off “new checkout”").name, "new checkout");
  EXPECT_EQ(parsed<flag_command::Change>("off `new checkout`").name, "new checkout");
  EXPECT_EQ(parsed<flag_command::Change>("on checkout \"for\" for 5m").environment, "for");
  EXPECT_EQ(parsed<flag_command::Change>("off for").name, "for");
  EXPECT_EQ(refused("off —dash").word, "--dash");
  EXPECT_EQ(parsed<flag_command::Change>("off \"—dash\"").name, "—dash");
}

TEST(FlagCommand, WhatSlackMadeOfANameIsTakenBack) {
  EXPECT_EQ(parsed<flag_command::Change>("off <http://a.no|a.no>").name, "a.no");
  EXPECT_EQ(parsed<flag_command::Change>("off <https://a.no/b>").name, "https://a.no/b");
  EXPECT_EQ(parsed<flag_command::Change>("off <mailto:a@b.no|a@b.no> <http://prod.no|prod.no>").environment, "prod.no");
  EXPECT_EQ(parsed<flag_command::Change>("off a&amp;b").name, "a&b");
  EXPECT_EQ(parsed<flag_command::Change>("off &lt;b&gt;").name, "<b>");
  EXPECT_EQ(parsed<flag_command::Change>("off &amp;lt;").name, "&lt;");
}

TEST(FlagCommand, ANearMissIsAnsweredWithTheNearestRightForm) {
  EXPECT_THAT(refused("of checkout").form, StartsWith("off NAME"));
  EXPECT_THAT(refused("disble checkout").form, StartsWith("off NAME"));
  EXPECT_THAT(refused("enabel checkout").form, StartsWith("on NAME"));
  EXPECT_EQ(refused("an checkout").form, "help") << "nothing proposes to turn on what is not nearly that word";
  EXPECT_EQ(refused("statsu checkout").form, "status NAME");
  EXPECT_EQ(refused("checkout").form, "help");
  EXPECT_EQ(refused("checkout").fault, CommandFault::unknown);
  EXPECT_EQ(refused("off").fault, CommandFault::needs_text);
  EXPECT_EQ(refused("undo").form, "undo NAME");
  EXPECT_EQ(refused("off checkout prod now").word, "now");
  EXPECT_EQ(refused("status a b").word, "b");
}

TEST(FlagCommand, Durations) {
  EXPECT_EQ(parse_duration("90 min"), 90min);
  EXPECT_EQ(parse_duration("1D"), 24h);
  EXPECT_EQ(parse_duration("2t"), 2h);
  EXPECT_EQ(parse_duration("30d"), 720h);
  for (const auto* text :
       {"", "m", "0m", "-5m", "31d", "30", "5 weeks", "99999999999999999999m", "9223372036854775807d"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(FlagCommandProperties, NoTextIsTooStrange) {
  rc::check([](const std::string& text, const std::string& rest) {
    const auto any = parse_flag_command(text);
    if (!any) RC_ASSERT(!any.error().form.empty());
    const auto verb =
        *rc::gen::element<std::string>("off ", "on ", "percent ", "undo ", "status ", "list ", "history ");
    const auto parsed = parse_flag_command(verb + rest);
    if (!parsed) RC_ASSERT(!parsed.error().form.empty());
    (void)parse_duration(rest);
  });
}

TEST(FlagCommandProperties, AQuotedNameIsWhatWasTyped) {
  const auto visible = rc::gen::suchThat<char>([](char c) { return c >= ' ' && c != '"' && c != 0x7F; });
  rc::check([&] {
    const auto name = *rc::gen::nonEmpty(rc::gen::container<std::string>(visible));
    const auto environment = *rc::gen::nonEmpty(rc::gen::container<std::string>(visible));
    // Slack writes & < > as entities.
    const auto parsed = parse_flag_command("off \"" + escaped(name) + "\" \"" + escaped(environment) + "\"");
    RC_ASSERT(parsed.has_value());
    const auto& off = std::get<flag_command::Change>(*parsed);
    RC_ASSERT(off.name == name);
    RC_ASSERT(off.environment == environment);
  });
}

}  // namespace
}  // namespace vakt
