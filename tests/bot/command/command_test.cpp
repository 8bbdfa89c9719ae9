#include "bot/command/command.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

template <class Kind>
Kind parsed(const std::string& text) {
  const auto result = parse_incident_command(text);
  if (!result || !std::holds_alternative<Kind>(result->command)) {
    ADD_FAILURE() << "not as expected: " << text << (result ? "" : " -> " + result.error().form);
    return {};
  }
  return std::get<Kind>(result->command);
}

CommandError refused(const std::string& text) {
  const auto result = parse_incident_command(text);
  if (result) {
    ADD_FAILURE() << "not refused: " << text;
    return {};
  }
  return result.error();
}

TEST(Command, NothingIsTheMenu) {
  parsed<command::Menu>("");
  parsed<command::Menu>("  \t\n ");
  EXPECT_EQ(parse_incident_command("12")->number, 12);
}

TEST(Command, DeclareAndItsSynonyms) {
  for (const auto* word : {"declare", "open", "new", "DECLARE", "Open"})
    EXPECT_EQ(parsed<command::Declare>(std::string{word} + " sev2 Backend down").title, "Backend down");
  const auto all = parsed<command::Declare>("declare SEV1 here  Kassa  nede");
  EXPECT_EQ(all.severity, Severity::sev1);
  EXPECT_TRUE(all.here);
  EXPECT_EQ(all.title, "Kassa  nede");
  EXPECT_TRUE(parsed<command::Declare>("declare here sev4 x").here);
  EXPECT_TRUE(parsed<command::Declare>("test sev1 drill").test);
  EXPECT_EQ(parsed<command::Declare>("declare").title, "");
  EXPECT_EQ(parsed<command::Declare>("declare severe trouble").title, "severe trouble");
  EXPECT_EQ(parsed<command::Declare>("declare Look here").title, "Look here");
  EXPECT_EQ(parsed<command::Declare>("declare 5 nodes lost").title, "5 nodes lost");
}

TEST(Command, SeverityStatusAndTeam) {
  EXPECT_EQ(parsed<command::SetSeverity>("severity SEV3").severity, Severity::sev3);
  EXPECT_EQ(parsed<command::SetSeverity>("severity 2").severity, Severity::sev2);
  EXPECT_EQ(parsed<command::SetPhase>("status Identified").phase, Phase::identified);
  EXPECT_EQ(parsed<command::SetPhase>("status monitoring").phase, Phase::monitoring);
  EXPECT_EQ(parsed<command::SetPhase>("status investigating").phase, Phase::investigating);
  EXPECT_EQ(parsed<command::SetTeam>("team Betaling").team, "Betaling");
  for (const auto* text : {"severity sev5", "severity", "severity unset", "severity 0"})
    EXPECT_THAT(refused(text).form, StartsWith("severity sev1"));
  EXPECT_THAT(refused("status done").form, StartsWith("status investigating"));
  EXPECT_THAT(refused("status").form, StartsWith("status"));
  EXPECT_EQ(refused("team").form, "team NAME");
}

TEST(Command, ASeverityInTwoWordsIsOneAndTheNumberOfATitleIsNone) {
  const auto split = parsed<command::Declare>("declare sev 1 Database is slow");
  EXPECT_EQ(split.severity, Severity::sev1);
  EXPECT_EQ(split.title, "Database is slow");
  EXPECT_TRUE(parsed<command::Declare>("declare SEV 2 here x").here);
  EXPECT_EQ(parsed<command::Declare>("declare sev 7 x").title, "sev 7 x");
  EXPECT_EQ(parsed<command::Declare>("declare 1 server").title, "1 server");
}

TEST(Command, NorwegianWordsAreTakenAsTheyAreShown) {
  EXPECT_EQ(parsed<command::Resolve>("løst Disken er større").text, "Disken er større");
  EXPECT_EQ(parsed<command::Update>("Oppdatering Vi ruller tilbake").text, "Vi ruller tilbake");
  EXPECT_EQ(parsed<command::SetSeverity>("alvorlighet sev1").severity, Severity::sev1);
  EXPECT_EQ(parsed<command::SetPhase>("status årsak funnet").phase, Phase::identified);
  EXPECT_EQ(parsed<command::SetPhase>("status undersøkes").phase, Phase::investigating);
  EXPECT_EQ(parsed<command::SetPhase>("status følges med på").phase, Phase::monitoring);
  EXPECT_EQ(parsed<command::Resolve>("status løst").text, "");
  EXPECT_EQ(parsed<command::SetField>("årsak Full disk").field, "cause");
  parsed<command::Help>("hjelp");
}

TEST(Command, ASeverityWithATitleIsANewIncident) {
  EXPECT_EQ(refused("sev1 Payments are down").form, "declare sev1 TITLE");
  EXPECT_EQ(refused("sev1").form, "severity sev1");
}

TEST(Command, Roles) {
  EXPECT_EQ(parsed<command::AssignRole>("lead <@U123|kari>").user, "U123");
  EXPECT_EQ(parsed<command::AssignRole>("lead").user, "");
  EXPECT_EQ(parsed<command::AssignRole>("lead me").user, "");
  const auto scribe = parsed<command::AssignRole>("role Scribe <@W9>");
  EXPECT_EQ(scribe.role, "scribe");
  EXPECT_EQ(scribe.user, "W9");
  EXPECT_EQ(refused("lead kari").form, "lead @user");
  EXPECT_EQ(refused("role").form, "role NAME @user");
  EXPECT_EQ(refused("role <@U1>").form, "role NAME @user");
}

TEST(Command, EveryField) {
  for (const std::string field :
       {"summary", "impact", "cause", "solution", "detection", "well", "wrong", "learned", "mitigation"}) {
    EXPECT_EQ(parsed<command::SetField>(field + " some text").field, field);
    EXPECT_EQ(refused(field).fault, CommandFault::needs_text);
  }
  EXPECT_EQ(parsed<command::SetField>("affected 300 customers").text, "300 customers");
  EXPECT_EQ(parsed<command::SetField>("link <https://x.no> logs").text, "<https://x.no> logs");
}

TEST(Command, NotesWithAndWithoutATime) {
  EXPECT_EQ(parsed<command::Note>("note 500 errors falling").text, "500 errors falling");
  EXPECT_FALSE(parsed<command::Note>("note 500 errors falling").when);
  const auto clock = parsed<command::Note>("note 09:20 x");
  ASSERT_TRUE(clock.when);
  EXPECT_EQ(clock.when->wall.hour, 9);
  EXPECT_EQ(clock.text, "x");
  EXPECT_EQ(parsed<command::Note>("note -10m x y").when->minutes_ago, 10);
  const auto dated = parsed<command::Note>("note 2026-11-21 09:20 x");
  ASSERT_TRUE(dated.when);
  EXPECT_EQ(dated.when->wall.day, 21);
  EXPECT_EQ(dated.text, "x");
  EXPECT_TRUE(parsed<command::Note>("note ~12:30 x").when->approximate);
  EXPECT_EQ(parsed<command::Note>("notat kl 04:00 Første feil").text, "Første feil");
  EXPECT_EQ(parsed<command::Note>("note kl. 04:00 x").when->wall.hour, 4);
  EXPECT_EQ(parsed<command::Note>("note kl er mye").text, "kl er mye");
  EXPECT_EQ(parsed<command::Note>("note 25:00 x").text, "25:00 x");
  EXPECT_EQ(refused("note").form, "note [TIME] TEXT");
  EXPECT_EQ(refused("note 2026-11-21 09:20").fault, CommandFault::needs_text);
}

TEST(Command, AMarkersWrongTimeIsAnsweredWithATimeAndAMissingWordWithTheForm) {
  EXPECT_EQ(refused("mark fixed 99:99").form, "mark fixed 09:20");
  for (const auto* text : {"mark", "status", "severity"})
    EXPECT_EQ(refused(text).fault, CommandFault::needs_text) << text;
}

TEST(Command, EveryMark) {
  const std::vector<std::pair<std::string, Marker>> all{
      {"downtime-start", Marker::downtime_start}, {"down", Marker::downtime_start},
      {"event-start", Marker::event_start},       {"fixed", Marker::problem_fixed},
      {"downtime-end", Marker::downtime_end},     {"up", Marker::downtime_end},
      {"event-end", Marker::event_end},           {"UP", Marker::downtime_end}};
  for (const auto& [word, marker] : all) {
    EXPECT_EQ(parsed<command::Mark>("mark " + word).marker, marker);
    EXPECT_TRUE(parsed<command::Mark>("mark " + word + " 0920").when);
  }
  EXPECT_TRUE(parsed<command::Mark>("mark up 2026-11-21 09:20").when);
  EXPECT_EQ(parsed<command::Mark>("mark nede").marker, Marker::downtime_start);
  EXPECT_EQ(parsed<command::Mark>("merk NEDETID START 09:20").marker, Marker::downtime_start);
  EXPECT_TRUE(parsed<command::Mark>("mark event end 09:20").when);
  EXPECT_EQ(parsed<command::Mark>("mark end 09:20").marker, Marker::event_end);
  EXPECT_EQ(parsed<command::Mark>("merk rettet").marker, Marker::problem_fixed);
  EXPECT_THAT(refused("mark").form, HasSubstr("downtime-start"));
  EXPECT_THAT(refused("mark sideways").form, HasSubstr("downtime-start"));
  EXPECT_EQ(refused("mark up soon").form, "mark up 09:20");
}

TEST(Command, TheRest) {
  EXPECT_EQ(parsed<command::Update>("update all <b>\nlines").text, "all <b>\nlines");
  EXPECT_EQ(parsed<command::Resolve>("resolve rolled back").text, "rolled back");
  EXPECT_EQ(parsed<command::Resolve>("resolve").text, "");
  EXPECT_EQ(parsed<command::Reopen>("reopen again").text, "again");
  EXPECT_EQ(parsed<command::Cancel>("cancel not ours").reason, "not ours");
  EXPECT_EQ(refused("cancel").form, "cancel REASON");
  parsed<command::List>("list");
  parsed<command::Who>("WHO");
  parsed<command::Timeline>("timeline");
  parsed<command::Help>("help");
  parsed<command::Help>("Hjelp");
}

TEST(Command, PostmortemsAndWhatBecomesOfThem) {
  EXPECT_EQ(parsed<command::Postmortem>("postmortem").document, "");
  EXPECT_EQ(parsed<command::Postmortem>("Post-mortem NAV").document, "nav");
  EXPECT_EQ(parsed<command::PublishPostmortem>("postmortem publish <https://wiki/a_b|wiki/a_b>").url,
            "https://wiki/a_b");
  EXPECT_EQ(parsed<command::PublishPostmortem>("postmortem publish HTTP://wiki").url, "HTTP://wiki");
  EXPECT_EQ(parsed<command::OwnPostmortem>("postmortem owner <@U5|ola>").user, "U5");
  EXPECT_EQ(parsed<command::OwnPostmortem>("postmortem owner").user, "");
  EXPECT_EQ(parsed<command::PostmortemDue>("postmortem due i morgen").date, "i morgen");
}

TEST(Command, APostmortemThatIsTypedWrongIsAnsweredWithTheForm) {
  EXPECT_THAT(refused("postmortem vg").form, HasSubstr("oslo|nav"));
  EXPECT_THAT(refused("postmortem publish").form, HasSubstr("publish https"));
  EXPECT_THAT(refused("postmortem publish wiki page").form, HasSubstr("publish https"));
  EXPECT_THAT(refused("postmortem publish ftp://wiki").form, HasSubstr("publish https"));
  EXPECT_EQ(refused("postmortem https://wiki/a").form, "postmortem publish URL");
  EXPECT_EQ(refused("postmortem owner ola").form, "postmortem owner @user");
  EXPECT_THAT(refused("postmortem due fridya").form, StartsWith("postmortem due "));
  EXPECT_THAT(refused("postmortm").form, StartsWith("postmortem"));
  EXPECT_THAT(refused("retro").form, StartsWith("postmortem"));
}

TEST(Command, NamesAnIncidentFromElsewhere) {
  const auto result = parse_incident_command("12 update x");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->number, 12);
  EXPECT_EQ(std::get<command::Update>(result->command).text, "x");
  EXPECT_FALSE(parse_incident_command("99999999999999999999 update x"));
}

TEST(Command, ANearMissNamesTheRightForm) {
  const std::vector<std::pair<std::string, std::string>> misses{
      {"udpate x", "update"},  {"resolved", "resolve"},       {"decalre x", "declare"}, {"severty 1", "severity"},
      {"timline", "timeline"}, {"stat identified", "status"}, {"sumary x", "summary"},  {"marks up", "mark"},
      {"notes x", "note"},     {"qqqqqqqqqq", "help"}};
  for (const auto& [typed, form] : misses) {
    const auto error = refused(typed);
    EXPECT_EQ(error.fault, CommandFault::unknown) << typed;
    EXPECT_THAT(error.form, StartsWith(form)) << typed;
  }
}

TEST(Command, PhonesAndControlCharactersDoNotMatter) {
  EXPECT_EQ(parsed<command::Declare>("“declare” sev2 x").severity, Severity::sev2);
  EXPECT_EQ(parsed<command::Mark>("mark downtime–start –10m").when->minutes_ago, 10);
  EXPECT_EQ(parsed<command::Mark>("mark downtime—end").marker, Marker::downtime_end);
  EXPECT_EQ(parsed<command::Declare>(std::string{"declare\tBack\x01\x7F"
                                                 "end \x1B[31mdown\0",
                                                 27})
                .title,
            "Backend [31mdown");
}

TEST(Command, PeoplesOwnDashesAndQuotesStayAsTheyTypedThem) {
  EXPECT_EQ(parsed<command::Declare>("declare sev1 Betaling – nede").title, "Betaling – nede");
  EXPECT_EQ(parsed<command::Note>("note 09:20 he said “down” — it’s gone").text, "he said “down” — it’s gone");
  EXPECT_EQ(parsed<command::SetField>("cause „cache“ -- full").text, "„cache“ -- full");
  EXPECT_EQ(parsed<command::Cancel>("cancel ‘false’ alarm").reason, "‘false’ alarm");
}

TEST(Command, AYearAtTheHeadOfANoteIsTextAndAClockTimeIsNot) {
  for (const auto* text :
       {"2026 was bad", "2015 all over again", "2000 customers", "1999 called", "9999 errors", "2400 x"}) {
    EXPECT_EQ(parsed<command::Note>(std::string{"note "} + text).text, text);
    EXPECT_FALSE(parsed<command::Note>(std::string{"note "} + text).when) << text;
  }
  for (const auto* text :
       {"0920", "09.20", "1530", "2115", "2359", "20:15", "20.15", "~2015", "~12:30", "-10m", "2026-11-21 09:20"}) {
    EXPECT_EQ(parsed<command::Note>(std::string{"note "} + text + " text").text, "text") << text;
    EXPECT_TRUE(parsed<command::Note>(std::string{"note "} + text + " text").when) << text;
  }
  EXPECT_TRUE(parsed<command::Mark>("mark up 2015").when) << "nothing but a time can stand here";
}

TEST(Command, ARightWordInTheWrongPlaceIsAnsweredWithTheWholeForm) {
  const std::vector<std::pair<std::string, std::string>> all{{"down", "mark down"},
                                                             {"UP", "mark up"},
                                                             {"fixed 09:20", "mark fixed"},
                                                             {"downtime-start", "mark downtime-start"},
                                                             {"identified", "status identified"},
                                                             {"sev2", "severity sev2"},
                                                             {"here Disk full", "declare here TITLE"},
                                                             {"<@U1|kari>", "lead @user"},
                                                             {"09:20 saw it", "note 09:20 TEXT"},
                                                             {"done", "resolve [TEXT]"},
                                                             {"closed", "resolve [TEXT]"},
                                                             {"opn x", "declare [sev1..sev4] TITLE"},
                                                             {"downtme-start", "mark downtime-start"}};
  for (const auto& [typed, form] : all) EXPECT_EQ(refused(typed).form, form) << typed;
}

TEST(Command, HostileTextStaysText) {
  const std::string sql = "'; DROP TABLE incidents; --", format = "%s%n{0}{1}$(reboot)`id`";
  EXPECT_EQ(parsed<command::Update>("update " + sql).text, sql);
  EXPECT_EQ(parsed<command::Update>("update " + format).text, format);
  const std::string long_text(5'000, 'x');
  EXPECT_EQ(parsed<command::Note>("note " + long_text).text, long_text);
  EXPECT_LE(refused(long_text).word.size(), 43U);
}

TEST(Command, AnyBytesAreParsedOrRefusedWithAForm) {
  EXPECT_TRUE(rc::check("never throws", [](const std::string& bytes, unsigned pick) {
    static const std::vector<std::string> words{"",    "note ", "mark ",   "declare ",
                                                "12 ", "role ", "lead <@", "note 2026-11-21 "};
    const auto result = parse_incident_command(words[pick % words.size()] + bytes);
    RC_ASSERT(result || !result.error().form.empty());
  }));
}

}  // namespace
}  // namespace vakt
