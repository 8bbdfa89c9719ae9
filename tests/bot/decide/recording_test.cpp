#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

inbound::MessageChanged edit(const ChannelId& channel, const Ts& ts, const std::string& text, const Ts& edited_ts) {
  auto message = Stage::message(text, channel, ts);
  message.edited_ts = edited_ts;
  return {message, edited_ts, {}};
}

TEST(Recording, AMessageIsKeptWithItsOwnTimeHoweverLateItArrives) {
  Declared stage;
  const auto ts = to_ts(stage.now + 1s);
  stage.wait(3h);
  stage.give(Stage::message("it is &lt;down&gt;", "CINC1", ts));
  const auto said = stage.entries_of(EntryKind::message);
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(said[0].at, from_ts(ts));
  EXPECT_EQ(said[0].slack->text, "it is &lt;down&gt;");
  EXPECT_FALSE(said[0].on_timeline);
}

TEST(Recording, AMessageDeliveredTwiceStandsOnce) {
  Declared stage;
  const auto ts = stage.say("hello", "CINC1");
  stage.give(Stage::message("hello", "CINC1", ts));
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
}

TEST(Recording, OtherChannelsAndOurOwnPostsAreNotKept) {
  Declared stage;
  stage.say("lunch?", "CLUNCH");
  stage.say("mine", "CINC1", "UVAKT");
  auto ours = Stage::message("mine too", "CINC1", to_ts(stage.now + 1s), "");
  ours.bot_id = "BVAKT";
  stage.give(ours);
  EXPECT_THAT(stage.entries_of(EntryKind::message), IsEmpty());
}

TEST(Recording, AnotherBotsAlertIsReadFromItsAttachments) {
  Declared stage;
  auto alert = Stage::message("", "CINC1", to_ts(stage.now + 1s), "");
  alert.bot_id = "BGRAF";
  alert.bot_name = "Grafana";
  alert.fallback = "[FIRING] cpu";
  stage.give(alert);
  const auto said = stage.entries_of(EntryKind::message);
  ASSERT_THAT(said, SizeIs(1));
  EXPECT_EQ(said[0].text, "[FIRING] cpu");
  EXPECT_EQ(said[0].actor_name, "Grafana");
}

TEST(Recording, EditsKeepTheEarlierTexts) {
  Declared stage;
  const auto ts = stage.say("one", "CINC1");
  const auto first = to_ts(stage.now + 10s), second = to_ts(stage.now + 20s);
  stage.give(edit("CINC1", ts, "two", first));
  stage.give(edit("CINC1", ts, "three", second));
  const auto entry = stage.entries_of(EntryKind::message).at(0);
  EXPECT_EQ(entry.text, "three");
  EXPECT_THAT(entry.versions, ElementsAre(Version{*from_ts(ts), "one"}, Version{*from_ts(first), "two"}));
}

TEST(Recording, AnUnfurlOrARepeatedEditIsNoVersion) {
  Declared stage;
  const auto ts = stage.say("https://x.no", "CINC1");
  stage.give(inbound::MessageChanged{Stage::message("https://x.no", "CINC1", ts), to_ts(stage.now), {}});
  EXPECT_THAT(stage.entries_of(EntryKind::message).at(0).versions, IsEmpty());
  const auto changed = edit("CINC1", ts, "https://y.no", to_ts(stage.now + 5s));
  stage.give(changed);
  stage.give(changed);
  EXPECT_THAT(stage.entries_of(EntryKind::message).at(0).versions, SizeIs(1));
}

TEST(Recording, AnOldEditThatArrivesLateDoesNotUndoTheNewest) {
  Declared stage;
  const auto ts = stage.say("one", "CINC1");
  stage.give(edit("CINC1", ts, "three", to_ts(stage.now + 20s)));
  stage.give(edit("CINC1", ts, "two", to_ts(stage.now + 10s)));
  stage.give(Stage::message("one", "CINC1", ts));
  EXPECT_EQ(stage.entries_of(EntryKind::message).at(0).text, "three");
}

TEST(Recording, ADeletedMessageIsMarkedAtOnceAndErasedAfterSevenDays) {
  Declared stage;
  const auto ts = stage.say("secret", "CINC1");
  stage.give(edit("CINC1", ts, "less secret", to_ts(stage.now + 1s)));
  for (auto& entry : stage.ledger.kept.entries.at(1))
    if (entry.kind == EntryKind::message) entry.curated = Curation{.text = "secret, reworded", .by = "U1"};
  stage.wait(1min);
  stage.give(inbound::MessageDeleted{"CINC1", ts, to_ts(stage.now)});
  EXPECT_EQ(stage.entries_of(EntryKind::message).at(0).deleted_at, stage.now);
  stage.pass(7 * 24h - 1min);
  EXPECT_EQ(stage.entries_of(EntryKind::message).at(0).text, "less secret");
  stage.pass(2min);
  const auto erased = stage.entries_of(EntryKind::message).at(0);
  EXPECT_EQ(erased.text, "");
  EXPECT_EQ(erased.slack->text, "");
  EXPECT_THAT(erased.versions, IsEmpty());
  EXPECT_EQ(erased.curated->text, "");
  EXPECT_EQ(erased.curated->by, "U1");
  EXPECT_TRUE(erased.deleted_at);
}

TEST(Recording, TheTextOfADeletedMessageThatComesAfterItsErasureIsErasedToo) {
  Declared stage;
  stage.now += 1s;
  const auto ts = to_ts(stage.now);
  stage.give(inbound::MessageDeleted{"CINC1", ts, to_ts(stage.now)});
  stage.pass(8 * 24h);
  stage.give(Stage::message("secret", "CINC1", ts));
  stage.pass(1min);
  const auto erased = stage.entries_of(EntryKind::message).at(0);
  EXPECT_EQ(erased.text, "");
  EXPECT_EQ(erased.slack->text, "");
  EXPECT_TRUE(erased.deleted_at);
}

TEST(Recording, ADeletedMessageDoesNotComeBackByAPage) {
  Declared stage;
  const auto ts = stage.say("secret", "CINC1");
  stage.give(inbound::MessageDeleted{"CINC1", ts, to_ts(stage.now)});
  stage.give(edit("CINC1", ts, "secret again", to_ts(stage.now + 9s)));
  EXPECT_TRUE(stage.entries_of(EntryKind::message).at(0).deleted_at);
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
}

TEST(Recording, ThePinEmojiPutsAMessageOnTheTimelineAndItsRemovalTakesItOff) {
  Declared stage;
  const auto ts = stage.say("found it", "CINC1");
  stage.give(inbound::Reaction{true, "CINC1", ts, "U3", "pushpin"});
  EXPECT_TRUE(stage.entries_of(EntryKind::message).at(0).on_timeline);
  EXPECT_THAT(stage.effects<effect::React>(), SizeIs(1));
  stage.give(inbound::Reaction{true, "CINC1", ts, "U3", "heart"});
  stage.give(inbound::Reaction{false, "CINC1", ts, "U3", "pushpin"});
  EXPECT_FALSE(stage.entries_of(EntryKind::message).at(0).on_timeline);
  EXPECT_TRUE(stage.effects<effect::React>().at(1).remove);
}

TEST(Recording, APinnedMessageIsOnTheTimelineButOurOwnPinIsNothing) {
  Declared stage;
  const auto ts = stage.say("found it", "CINC1");
  stage.give(inbound::Pin{true, "CINC1", ts, "UVAKT"});
  EXPECT_FALSE(stage.entries_of(EntryKind::message).at(0).on_timeline);
  stage.give(inbound::Pin{true, "CINC1", ts, "U3"});
  EXPECT_TRUE(stage.entries_of(EntryKind::message).at(0).on_timeline);
}

TEST(Recording, AMessageStaysOnTheTimelineUntilTheLastWhoHoldsItIsGone) {
  Declared stage;
  const auto ts = stage.say("found it", "CINC1");
  const auto shown = [&] { return stage.entries_of(EntryKind::message).at(0).on_timeline; };
  stage.give(inbound::Reaction{true, "CINC1", ts, "U3", "pushpin"});
  stage.give(inbound::Reaction{true, "CINC1", ts, "U4", "pushpin"});
  stage.give(inbound::Pin{true, "CINC1", ts, "U5"});
  stage.give(inbound::Reaction{false, "CINC1", ts, "U3", "pushpin"});
  EXPECT_TRUE(shown());
  stage.give(inbound::Reaction{false, "CINC1", ts, "U3", "pushpin"});
  EXPECT_TRUE(shown()) << "a repeat takes nobody else's away";
  stage.give(inbound::Pin{false, "CINC1", ts, "U6"});
  EXPECT_TRUE(shown());
  stage.give(inbound::Reaction{false, "CINC1", ts, "U4", "pushpin"});
  EXPECT_FALSE(shown());
  EXPECT_THAT(stage.effects<effect::React>(), SizeIs(2)) << "one check mark, given and taken";
}

TEST(Recording, AnAlertOfAnotherChannelIsKeptWholeAndFollowsWhatIsHeardOfIt) {
  Declared stage;
  auto alert = Stage::message(std::string(9'000, 'x'), "CALERTS", "1699999000.000100", "");
  alert.bot_id = "BGRAF";
  alert.bot_name = "Grafana";
  alert.files = {{"F1", "graph.png", "https://team.slack.com/f1"}};
  stage.give(
      inbound::Shortcut{view::action::add_to_timeline,
                        alert,
                        {.response_url = "https://hooks/s", .trigger_id = "t", .user = "U9", .channel = "CALERTS"}});
  const auto modal = stage.effects<effect::OpenModal>().back().modal;
  EXPECT_LT(modal.context.size(), 100U);
  stage.submit(modal.callback, modal.context, {{"incident", "1"}}, "U9");
  const auto entry = [&] { return stage.entries_of(EntryKind::message).at(0); };
  EXPECT_EQ(entry().text.size(), 9'000U);
  EXPECT_EQ(entry().files, alert.files);
  EXPECT_EQ(entry().actor_name, "Grafana");
  EXPECT_TRUE(entry().on_timeline);
  EXPECT_EQ(stage.effects<effect::Respond>().back().response_url, "https://hooks/s");
  stage.give(inbound::Reaction{true, "CALERTS", alert.ts, "U3", "pushpin"});
  stage.give(inbound::Reaction{false, "CALERTS", alert.ts, "U3", "pushpin"});
  EXPECT_TRUE(entry().on_timeline) << "who added it meant it";
  alert.text = "resolved";
  alert.edited_ts = "1699999100.000000";
  stage.give(inbound::MessageChanged{alert, alert.edited_ts, {}});
  EXPECT_EQ(entry().text, "resolved");
  stage.give(inbound::MessageDeleted{"CALERTS", alert.ts, to_ts(stage.now)});
  EXPECT_TRUE(entry().deleted_at);
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
  stage.pass(8 * 24h);
  EXPECT_EQ(entry().text, "");
}

TEST(Recording, AnEditOfAMessageThatWasNeverHeardKeepsWhatItWas) {
  Declared stage;
  stage.wait(1min);
  const auto ts = to_ts(stage.now - 30s);
  auto changed = edit("CINC1", ts, "three", to_ts(stage.now));
  changed.before = Stage::message("two", "CINC1", ts);
  changed.before->edited_ts = to_ts(stage.now - 10s);
  stage.give(changed);
  EXPECT_EQ(stage.entries_of(EntryKind::message).at(0).text, "three");
  EXPECT_THAT(stage.entries_of(EntryKind::message).at(0).versions, ElementsAre(Version{stage.now - 10s, "two"}));
}

TEST(Recording, AnEditThatWasMissedIsReadFromTheNextOne) {
  Declared stage;
  const auto ts = stage.say("one", "CINC1");
  const auto second = to_ts(stage.now + 10s);
  auto changed = edit("CINC1", ts, "three", to_ts(stage.now + 20s));
  changed.before = Stage::message("two", "CINC1", ts);
  changed.before->edited_ts = second;
  stage.give(changed);
  const auto entry = stage.entries_of(EntryKind::message).at(0);
  EXPECT_EQ(entry.text, "three");
  EXPECT_THAT(entry.versions, ElementsAre(Version{*from_ts(ts), "one"}, Version{*from_ts(second), "two"}));
}

TEST(Recording, WhoComesAndGoesIsKept) {
  Declared stage;
  stage.give(inbound::Member{true, "CINC1", "U3", to_ts(stage.now)});
  stage.give(inbound::Member{false, "CINC1", "U3", to_ts(stage.now + 1s)});
  stage.give(inbound::Member{true, "CINC1", "UVAKT", to_ts(stage.now)});
  const auto members = stage.entries_of(EntryKind::member);
  ASSERT_THAT(members, SizeIs(2));
  EXPECT_EQ(members[0].detail, "joined");
  EXPECT_EQ(members[1].detail, "left");
}

TEST(Recording, GoesOnAfterResolvingAndEndsWithTheArchive) {
  Declared stage;
  stage.command("resolve", "CINC1");
  stage.say("after", "CINC1");
  stage.give(inbound::ChannelArchived{"CINC1", true});
  stage.say("never", "CINC1");
  EXPECT_THAT(stage.entries_of(EntryKind::message), SizeIs(1));
}

TEST(Recording, SeqIsDenseFromOne) {
  Declared stage;
  for (int i = 0; i < 5; ++i) stage.say("m", "CINC1");
  std::int64_t expected = 1;
  for (const auto& entry : stage.entries()) EXPECT_EQ(entry.seq, expected++);
}

}  // namespace
}  // namespace vakt::test
