#include <gmock/gmock.h>

#include "bot/texts/mrkdwn.hpp"
#include "bot/view/incident_view.hpp"
#include "bot/view/timeline_edit_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Edited : Declared {
  Edited() {
    command("note -10m <@U4> saw 500 &amp; errors", "CINC1");
    seq = entries_of(EntryKind::note).at(0).seq;
    context = "1:" + std::to_string(seq);
  }
  const Entry& note() { return *std::ranges::find(entries(), seq, &Entry::seq); }
  std::map<std::string, std::string> form(const std::string& text, const std::string& time,
                                          const std::string& shown = "yes") const {
    return {{"text", text}, {"time", time}, {"shown", shown}};
  }
  std::string as_typed() { return view::time_as_typed(note().at, note().approximate, settings); }
  std::string timeline_text() {
    give(typed("timeline", "CINC1", "U1"));
    return outlet.acks.back().answer->message.text;
  }
  std::string error(const std::string& block) {
    const auto& answer = outlet.acks.back().answer;
    return answer && answer->form_errors.contains(block) ? answer->form_errors.at(block) : std::string{};
  }

  std::int64_t seq = 0;
  std::string context;
};

TEST(TimelineEdit, TheFormShowsTheEntryAsItIs) {
  Edited stage;
  stage.press("timeline_edit", stage.context, "CINC1");
  ASSERT_THAT(stage.effects<effect::OpenModal>(), SizeIs(1));
  const auto modal = stage.effects<effect::OpenModal>()[0].modal;
  EXPECT_EQ(modal.context, stage.context);
  EXPECT_EQ(std::get<view::Input>(modal.blocks.at(2)).initial, stage.as_typed());
}

TEST(TimelineEdit, WordingAndTimeChangeAndTheOriginalStays) {
  Edited stage;
  stage.submit("timeline_edit", stage.context, stage.form("@U4 saw <errors>", "~21:59"), "U7");
  const auto& note = stage.note();
  EXPECT_EQ(note.text, "<@U4> saw 500 &amp; errors");
  EXPECT_EQ(note.at, stage.now - 10min);
  ASSERT_TRUE(note.curated);
  EXPECT_EQ(note.curated->text, "<@U4> saw &lt;errors&gt;");
  EXPECT_EQ(note.curated->at, from_iso_utc("2023-11-14T21:59:00Z"));
  EXPECT_TRUE(note.curated->approximate);
  EXPECT_EQ(note.curated->by, "U7");
  EXPECT_EQ(note.curated->made, stage.now);
  EXPECT_THAT(stage.timeline_text(), HasSubstr("~21:59  <@U1>: <@U4> saw &lt;errors&gt;"));
  EXPECT_EQ(stage.ledger.kept.audit.at(stage.ledger.kept.audit.size() - 2).detail,
            "entry " + std::to_string(stage.seq));
}

TEST(TimelineEdit, AClockTimeIsOfTheEntrysOwnDay) {
  Edited stage;
  stage.wait(5 * 24h);
  stage.submit("timeline_edit", stage.context, stage.form("x", "21:00:05"));
  EXPECT_EQ(stage.note().curated->at, from_iso_utc("2023-11-14T21:00:05Z"));
}

TEST(TimelineEdit, InTheHourThatIsRepeatedItStaysInItsOwn) {
  Settings settings;
  settings.timezone = "Europe/Oslo";
  Declared stage{"declare sev1 Backend down", settings};
  stage.now = *from_iso_utc("2026-10-25T01:40:00Z");  // 02:40, for the second time
  stage.command("note -10m seen", "CINC1");
  const auto seq = stage.entries_of(EntryKind::note).at(0).seq;
  stage.submit("timeline_edit", "1:" + std::to_string(seq), {{"text", "seen"}, {"time", "02:25"}, {"shown", "yes"}},
               "U7");
  EXPECT_EQ(stage.entries_of(EntryKind::note).at(0).curated->at, from_iso_utc("2026-10-25T01:25:00Z"));
}

TEST(TimelineEdit, LeftOutItIsInNoDocumentAndCanBeTakenBack) {
  Edited stage;
  const auto text = readable(stage.note().text, {});
  stage.submit("timeline_edit", stage.context, stage.form(text, stage.as_typed(), "no"));
  EXPECT_TRUE(stage.note().curated->left_out);
  EXPECT_EQ(stage.note().curated->text, "");
  EXPECT_THAT(stage.timeline_text(), Not(HasSubstr("500")));
  stage.submit("timeline_edit", stage.context, stage.form(text, stage.as_typed(), "yes"));
  EXPECT_FALSE(stage.note().curated) << "as it was recorded";
}

TEST(TimelineEdit, WhatIsNoTimeOrStillToComeIsSaidUnderIt) {
  Edited stage;
  stage.submit("timeline_edit", stage.context, stage.form("x", "soon"));
  EXPECT_THAT(stage.error("time"), HasSubstr("Not a time"));
  stage.submit("timeline_edit", stage.context, stage.form("x", "2023-11-15 09:00"));
  EXPECT_THAT(stage.error("time"), HasSubstr("still to come"));
  EXPECT_FALSE(stage.note().curated);
}

TEST(TimelineEdit, ADeletedMessageIsNotEdited) {
  Edited stage;
  const auto ts = stage.say("secret", "CINC1");
  stage.give(inbound::Pin{true, "CINC1", ts, "U2"});
  const auto entry = stage.entries_of(EntryKind::message).at(0);
  stage.submit("timeline_edit", "1:" + std::to_string(entry.seq),
               stage.form("a secret", view::time_as_typed(entry.at, false, stage.settings)));
  EXPECT_EQ(stage.entries_of(EntryKind::message).at(0).curated->text, "a secret");
  stage.give(inbound::MessageDeleted{"CINC1", ts, to_ts(stage.now)});
  EXPECT_THAT(stage.timeline_text(), Not(HasSubstr("secret")));
  stage.submit("timeline_edit", "1:" + std::to_string(entry.seq), stage.form("again", "21:00"));
  EXPECT_THAT(stage.error("text"), HasSubstr("deleted"));
}

}  // namespace
}  // namespace vakt::test
