#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;

TEST(Due, ASev1IsRemindedAfterHalfAnHourAndAtMostThreeTimes) {
  Declared stage;
  stage.pass(29min);
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 0U);
  stage.pass(2min);
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 1U);
  stage.pass(48h);
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 3U);
}

TEST(Due, ASev2AfterAnHourASev3Never) {
  Declared two{"declare sev2 x"}, three{"declare sev3 y"};
  two.pass(59min);
  EXPECT_EQ(two.posts_in("CINC1", "reminder"), 0U);
  two.pass(2min);
  EXPECT_EQ(two.posts_in("CINC1", "reminder"), 1U);
  three.pass(48h);
  EXPECT_EQ(three.posts_in("CINC1", "reminder"), 0U);
}

TEST(Due, AnUpdateStartsTheSilenceAnew) {
  Declared stage;
  stage.pass(20min);
  stage.command("update x", "CINC1");
  stage.pass(29min);
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 0U);
  stage.pass(1min);
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 1U);
}

TEST(Due, ResolvedSnoozedOrStoppedIsNotReminded) {
  Declared resolved, snoozed, stopped;
  resolved.command("resolve", "CINC1");
  resolved.pass(5h);
  EXPECT_EQ(resolved.posts_in("CINC1", "reminder"), 0U);
  snoozed.pass(25min);
  snoozed.press(view::action::snooze, "1", "CINC1");
  snoozed.pass(25min);
  EXPECT_EQ(snoozed.posts_in("CINC1", "reminder"), 0U);
  stopped.press(view::action::stop, "1", "CINC1");
  stopped.pass(5h);
  EXPECT_EQ(stopped.posts_in("CINC1", "reminder"), 0U);
}

TEST(Due, AfterALongAbsenceThereIsOneReminderNotThree) {
  Declared stage;
  stage.wait(3h);
  stage.fire();
  stage.fire();
  stage.fire();
  EXPECT_EQ(stage.posts_in("CINC1", "reminder"), 1U);
}

TEST(Due, AWakeUpForWhatIsNoMoreDoesNothing) {
  Declared stage;
  const auto before = stage.done.size();
  for (const auto* key :
       {"reminder:99", "event_end:1", "erase:CINC1:1.000001", "erase:", "erase:x", "", "reminder", "what:1"})
    stage.give(inbound::Due{key});
  EXPECT_EQ(stage.done.size(), before);
  EXPECT_TRUE(stage.ledger.kept.quarantined.empty());
}

}  // namespace
}  // namespace vakt::test
