#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/time/zones.hpp"
#include "tests/bot/brain/stage.hpp"
#include "tests/bot/view/action_make.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(Acts, SeverityIsKeptAnsweredAndShownInHeadlineTopicAndAnnouncement) {
  Declared stage;
  const auto updates = stage.effects<effect::Update>().size();
  EXPECT_THAT(stage.command("severity sev3", "CINC1"), HasSubstr("SEV3"));
  EXPECT_EQ(stage.incident().severity, Severity::sev3);
  EXPECT_THAT(stage.entries_of(EntryKind::severity), SizeIs(1));
  EXPECT_EQ(stage.effects<effect::Update>().size(), updates + 2);
  EXPECT_THAT(stage.effects<effect::SetTopic>().back().topic, HasSubstr("SEV3"));
  stage.command("severity sev3", "CINC1");
  EXPECT_THAT(stage.entries_of(EntryKind::severity), SizeIs(1));
  EXPECT_EQ(stage.effects<effect::Update>().size(), updates + 2);
}

TEST(Acts, ACommandCanNameItsIncidentFromElsewhere) {
  Declared stage;
  EXPECT_THAT(stage.command("1 update all hands on deck", "C9"), HasSubstr("all hands on deck"));
  EXPECT_EQ(stage.posts_in("CINC1", "update"), 1U);
  EXPECT_THAT(stage.command("7 update x", "C9"), HasSubstr("list"));
  EXPECT_THAT(stage.command("update x", "C9"), HasSubstr("12 update"));
}

TEST(Acts, AnUpdateIsPostedOnceInItsOwnChannelAndPingsNobody) {
  Declared stage;
  EXPECT_EQ(stage.command("update <!channel> & <!subteam^S1|@all> look", "CINC1"), "");
  const auto posts = stage.effects<effect::Post>();
  EXPECT_EQ(posts.back().purpose, "update");
  EXPECT_THAT(posts.back().message.text, Not(HasSubstr("<!")));
  EXPECT_EQ(stage.entries_of(EntryKind::update).at(0).text, "<!channel> & <!subteam^S1|@all> look");
}

TEST(Acts, ANoteStandsWhereItsTimeSays) {
  Declared stage;
  EXPECT_THAT(stage.command("note -10m saw it", "CINC1"), HasSubstr("saw it"));
  stage.command("note ~-5m perhaps", "CINC1");
  stage.command("note 500 errors falling", "CINC1");
  const auto notes = stage.entries_of(EntryKind::note);
  ASSERT_THAT(notes, SizeIs(3));
  EXPECT_EQ(notes[0].at, stage.now - 10min);
  EXPECT_EQ(notes[0].text, "saw it");
  EXPECT_TRUE(notes[1].approximate);
  EXPECT_EQ(notes[2].text, "500 errors falling");
  EXPECT_EQ(notes[2].at, stage.now);
  EXPECT_TRUE(notes[2].on_timeline);
}

TEST(Acts, EventEndFollowsDowntimeEndByItself) {
  Declared stage{"declare sev3 Quiet"};
  stage.command("mark down", "CINC1");
  stage.wait(10min);
  stage.command("mark up", "CINC1");
  const auto up = stage.now;
  stage.pass(29min);
  EXPECT_FALSE(stage.incident().marker(Marker::event_end));
  stage.pass(2min);
  ASSERT_TRUE(stage.incident().marker(Marker::event_end));
  EXPECT_EQ(stage.incident().marker(Marker::event_end)->at, up + 30min);
  EXPECT_EQ(stage.entries_of(EntryKind::marker).back().at, up + 30min);
}

TEST(Acts, DownAgainAfterItWasUpMeansTheEventHasNotEnded) {
  Declared stage{"declare sev3 Quiet"};
  stage.command("mark down", "CINC1");
  const auto down = stage.now;
  stage.wait(10min);
  stage.command("mark up", "CINC1");
  stage.wait(5min);
  EXPECT_THAT(stage.command("mark down", "CINC1"), HasSubstr("no longer counted: DOWNTIME END 22:23."));
  EXPECT_FALSE(stage.incident().marker(Marker::downtime_end));
  EXPECT_EQ(stage.incident().marker(Marker::downtime_start)->at, down);
  stage.pass(2h);
  EXPECT_FALSE(stage.incident().marker(Marker::event_end));
}

TEST(Acts, DownAgainKeepsAnEventEndThatIsLaterAndNamesOneThatIsNot) {
  Declared later{"declare sev3 Quiet"};
  later.command("mark up -30m", "CINC1");
  later.command("mark event-end -5m", "CINC1");
  const auto end = later.incident().marker(Marker::event_end);
  EXPECT_THAT(later.command("mark down -10m", "CINC1"), Not(HasSubstr("EVENT END")));
  EXPECT_EQ(later.incident().marker(Marker::event_end), end);
  Declared earlier{"declare sev3 Quiet"};
  earlier.command("mark up -30m", "CINC1");
  earlier.command("mark event-end -20m", "CINC1");
  EXPECT_THAT(earlier.command("mark down -10m", "CINC1"), AllOf(HasSubstr("DOWNTIME END "), HasSubstr("EVENT END ")));
  EXPECT_FALSE(earlier.incident().marker(Marker::event_end));
}

TEST(Acts, ATimeOfAnotherDayIsSaidWithItsDay) {
  Declared stage;
  const auto now = clock_time(stage.now, "UTC"), yesterday = clock_time(stage.now + 1min, "UTC");
  EXPECT_THAT(stage.command("note " + yesterday + " seen", "CINC1"),
              HasSubstr(date_and_time(stage.now - 24h, "UTC").substr(0, 10)));
  EXPECT_THAT(stage.command("mark event-start " + yesterday, "CINC1"),
              HasSubstr(date_and_time(stage.now - 24h, "UTC").substr(0, 10)));
  EXPECT_THAT(stage.command("note " + now + " seen", "CINC1"), Not(HasSubstr("202")));
}

TEST(Acts, WhatWasTypedIsQuotedAsItWasTyped) {
  Settings settings;
  settings.actions.teams = {{.name = "Platform"}, {.name = "R&D"}};
  Declared stage{"declare sev3 Quiet", settings};
  EXPECT_THAT(stage.command("status &lt;done&gt;", "CINC1"), AllOf(HasSubstr("&lt;done&gt;"), Not(HasSubstr("&amp;"))));
  EXPECT_THAT(stage.command("severity R&amp;D", "CINC1"), HasSubstr("R&amp;D"));
  EXPECT_THAT(stage.command("severity R&amp;D", "CINC1"), Not(HasSubstr("amp;amp")));
  stage.command("team R&amp;D", "CINC1");
  EXPECT_EQ(stage.incident().team, "R&D");
  EXPECT_THAT(view::shown(stage.outlet.acks.back().answer->message), Not(HasSubstr("[[team]]")));
}

TEST(Acts, ATeamThatTheConfigurationDoesNotNameIsToldAsSuch) {
  Settings settings;
  settings.actions.teams = {{.name = "Platform"}, {.name = "Payments"}};
  Declared stage{"declare sev3 Quiet", settings};
  stage.command("team payments", "CINC1");
  EXPECT_THAT(view::shown(stage.outlet.acks.back().answer->message), Not(HasSubstr("[[team]]")));
  stage.command("team paymnets", "CINC1");
  EXPECT_THAT(view::shown(stage.outlet.acks.back().answer->message),
              AllOf(HasSubstr("belongs to team paymnets"), HasSubstr("“paymnets”"), HasSubstr("Platform")));
  EXPECT_EQ(stage.incident().team, "paymnets");
  Declared plain;
  plain.command("team anything", "CINC1");
  EXPECT_THAT(view::shown(plain.outlet.acks.back().answer->message), Not(HasSubstr("[[team]]")));
}

// The markers of that name on the timeline, as times.
std::vector<Instant> on_timeline(Stage& stage, const std::string& marker) {
  std::vector<Instant> out;
  for (const auto& entry : stage.entries_of(EntryKind::marker))
    if (entry.detail == marker && entry.on_timeline) out.push_back(entry.at);
  return out;
}

TEST(Acts, AnEventEndOfOurOwnMovesAlongWithDowntimeEnd) {
  Declared stage;
  stage.command("mark up", "CINC1");
  const auto up = stage.now;
  stage.pass(40min);
  ASSERT_EQ(on_timeline(stage, "event_end"), (std::vector<Instant>{up + 30min}));
  stage.command("mark up -25m", "CINC1");  // 15 minutes later than first said: the end is not yet
  EXPECT_FALSE(stage.incident().marker(Marker::event_end));
  EXPECT_TRUE(on_timeline(stage, "event_end").empty());
  stage.pass(6min);
  EXPECT_EQ(stage.incident().marker(Marker::event_end)->at, up + 45min);
  EXPECT_EQ(on_timeline(stage, "event_end"), (std::vector<Instant>{up + 45min}));
  stage.command("mark up -44m", "CINC1");  // and earlier again: due already
  EXPECT_EQ(stage.incident().marker(Marker::event_end)->at, up + 32min);
  EXPECT_EQ(on_timeline(stage, "event_end"), (std::vector<Instant>{up + 32min}));
}

TEST(Acts, AnEventEndThatAPersonSetStaysWhereItIs) {
  Declared stage;
  stage.command("mark up", "CINC1");
  stage.pass(40min);
  stage.command("mark event-end -1m", "CINC1");
  const auto end = stage.now - 1min;
  EXPECT_EQ(on_timeline(stage, "event_end"), (std::vector<Instant>{end})) << "theirs in place of ours";
  stage.command("mark up -20m", "CINC1");
  stage.pass(1h);
  EXPECT_EQ(stage.incident().marker(Marker::event_end)->at, end);
  EXPECT_EQ(on_timeline(stage, "event_end"), (std::vector<Instant>{end}));
}

TEST(Acts, ResolvingTwiceIsRefusedWithTheWayOut) {
  Declared stage;
  stage.wait(95min);
  stage.command("resolve rolled <!here> back", "CINC1");
  EXPECT_EQ(stage.incident().status, Status::resolved);
  EXPECT_EQ(stage.incident().resolved_at, stage.now);
  EXPECT_THAT(stage.effects<effect::Post>().back().message.text,
              testing::AllOf(HasSubstr("1 h 35 min"), Not(HasSubstr("<!"))));
  EXPECT_EQ(stage.entries_of(EntryKind::field).at(0).detail, "solution");
  EXPECT_THAT(stage.command("resolve", "CINC1"), HasSubstr("reopen"));
  EXPECT_THAT(stage.command("update x", "CINC1"), HasSubstr("reopen"));
  EXPECT_EQ(stage.posts_in("CINC1", "resolved"), 1U);
}

TEST(Acts, ReopenAndCancel) {
  Declared stage;
  EXPECT_THAT(stage.command("reopen", "CINC1"), HasSubstr("open already"));
  stage.command("cancel", "CINC1");
  EXPECT_EQ(stage.incident().status, Status::open) << "a reason is needed";
  stage.command("cancel false alarm", "CINC1");
  EXPECT_EQ(stage.incident().status, Status::cancelled);
  stage.command("reopen it is back", "CINC1");
  EXPECT_EQ(stage.incident().status, Status::open);
  EXPECT_FALSE(stage.incident().resolved_at);
}

TEST(Acts, AMarkersTimePutRightStandsOnTheTimelineOnce) {
  Declared stage;
  const auto shown = [&](const char* marker) {
    auto all = stage.entries_of(EntryKind::marker);
    std::erase_if(all, [&](const Entry& entry) { return entry.detail != marker || !entry.on_timeline; });
    return all;
  };
  stage.command("mark down", "CINC1");
  stage.command("mark down -10m", "CINC1");
  ASSERT_EQ(shown("downtime_start").size(), 1U);
  EXPECT_EQ(shown("downtime_start")[0].at, stage.now - 10min);
  stage.command("mark up", "CINC1");
  stage.wait(5min);
  stage.command("mark down", "CINC1");
  EXPECT_EQ(shown("downtime_start").size(), 2U) << "down again: both times are true";
}

TEST(Acts, ALeadWhoIsNotThereIsInvited) {
  Declared stage;
  const auto invites = stage.effects<effect::Invite>().size();
  stage.command("lead <@U5|ola>", "CINC1");
  EXPECT_EQ(stage.incident().roles.at("lead"), "U5");
  EXPECT_EQ(stage.effects<effect::Invite>().size(), invites + 1);
  stage.command("lead", "CINC1", "U6");
  EXPECT_EQ(stage.incident().roles.at("lead"), "U6");
  EXPECT_THAT(stage.command("who", "CINC1"), HasSubstr("<@U6>"));
}

TEST(Acts, AnOrdinaryIncidentStaysQuiet) {
  Declared stage;
  stage.command("lead", "CINC1", "U3");
  stage.command("severity sev2", "CINC1");
  stage.command("mark down -10m", "CINC1");
  stage.pass(20min);
  stage.command("update looking at it", "CINC1");
  stage.command("status identified", "CINC1");
  stage.command("note deploy at noon", "CINC1");
  stage.pass(50min);
  stage.command("update fix on its way", "CINC1");
  stage.command("mark fixed", "CINC1");
  stage.command("mark up", "CINC1");
  stage.command("status monitoring", "CINC1");
  stage.pass(40min);
  stage.command("resolve rolled back", "CINC1");
  stage.pass(24h);
  EXPECT_LE(stage.posts_in("CINC1"), 8U);
  EXPECT_EQ(stage.posts_in("incidents"), 1U);
  EXPECT_THAT(stage.ledger.kept.quarantined, IsEmpty());
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 0U);
}

TEST(Acts, TheSavedStateIsWhatItsEventsSay) {
  const std::vector<std::string> commands{"severity sev1",
                                          "severity sev4",
                                          "lead",
                                          "lead <@U5>",
                                          "role scribe <@U6>",
                                          "status identified",
                                          "status monitoring",
                                          "mark down",
                                          "mark up",
                                          "mark fixed -5m",
                                          "mark event-end",
                                          "mark down -3m",
                                          "update x",
                                          "note y",
                                          "resolve z",
                                          "reopen",
                                          "cancel w",
                                          "team pay",
                                          "declare Other",
                                          "declare here Third",
                                          "summary s",
                                          "nonsense",
                                          "list",
                                          "timeline",
                                          "postmortem",
                                          "postmortem owner <@U6>",
                                          "postmortem due +2w",
                                          "1 postmortem publish https://wiki.example/1",
                                          "1 resolve",
                                          "2 update q",
                                          "2 mark up"};
  const std::vector<std::pair<std::string, std::string>> presses{
      {"take_lead", "1"},        {"severity", "1:sev2"},
      {"phase", "1:monitoring"}, {"mark", "1:downtime_end"},
      {"reopen", "1"},           {"snooze", "1"},
      {"stop_reminders", "1"},   {"join", "1"},
      {"severity", "2:bogus"},   {"declare_anyway", "sev2\n\n\nFourth"},
      {"postmortem", "1"},       {"timeline_edit", "1:1"}};
  const auto holds = rc::check("replay(events) == state", [&] {
    Declared stage;
    const auto steps = *rc::gen::container<std::vector<unsigned>>(rc::gen::inRange(0U, 1000U));
    for (const auto step : steps) {
      const auto in = step % 3 == 0 ? ChannelId{"C1"} : ChannelId{"CINC1"};
      if (step % 5 == 0)
        stage.press(presses[step / 5 % presses.size()].first, presses[step / 5 % presses.size()].second, in);
      else if (step % 7 == 0)
        stage.pass(std::chrono::minutes{step % 60});
      else
        stage.command(commands[step % commands.size()], in, step % 2 ? "U1" : "U2");
    }
    for (const auto& [number, state] : stage.ledger.kept.incidents)
      RC_ASSERT(replay(stage.ledger.kept.events[number]) == state);
    RC_ASSERT(stage.ledger.kept.quarantined.empty());
    RC_ASSERT(!stage.outlet.early);
  });
  EXPECT_TRUE(holds);
}

}  // namespace
}  // namespace vakt::test
