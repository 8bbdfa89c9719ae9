#include <gmock/gmock.h>

#include "tests/bot/brain/stage.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Settings switched_on() {
  Settings settings;
  settings.timezone = "Europe/Oslo";
  settings.month_summary = true;
  return settings;
}

std::vector<effect::Post> summaries(const Stage& stage) {
  auto posts = stage.effects<effect::Post>();
  std::erase_if(posts, [](const effect::Post& post) { return post.purpose != "month_summary"; });
  return posts;
}

void comes_online(Stage& stage, const char* iso) {
  stage.now = *from_iso_utc(iso);
  stage.give(inbound::Online{stage.now - 1h});
  stage.fire();
}

TEST(MonthSummary, ComesOnceOnTheFirstWorkingDayOfTheMonth) {
  Stage stage{switched_on()};
  comes_online(stage, "2026-10-15T08:00:00Z");
  stage.command("declare sev1 Backend down");
  EXPECT_THAT(summaries(stage), IsEmpty()) << "September was nobody's to tell";
  stage.pass(*from_iso_utc("2026-11-02T07:59:59Z") - stage.now);  // a Monday, for the 1st is a Sunday
  EXPECT_THAT(summaries(stage), IsEmpty());
  stage.pass(1s);
  ASSERT_THAT(summaries(stage), SizeIs(1));
  EXPECT_EQ(summaries(stage)[0].channel, stage.settings.announce_channel);
  EXPECT_THAT(summaries(stage)[0].message.text, HasSubstr("*October 2026*: incidents: 1."));
  comes_online(stage, "2026-11-02T09:00:00Z");
  EXPECT_THAT(summaries(stage), SizeIs(1)) << "a restart repeats nothing";
  stage.pass(60 * 24h);
  ASSERT_THAT(summaries(stage), SizeIs(3));
  EXPECT_THAT(summaries(stage)[1].message.text, HasSubstr("*November 2026*: no incidents."));
}

TEST(MonthSummary, AfterAnAbsenceTheLastMonthAloneIsTold) {
  Stage stage{switched_on()};
  comes_online(stage, "2026-08-15T08:00:00Z");
  comes_online(stage, "2026-11-20T08:00:00Z");
  ASSERT_THAT(summaries(stage), SizeIs(1));
  EXPECT_THAT(summaries(stage)[0].message.text, HasSubstr("*October 2026*"));
}

TEST(MonthSummary, IsSilentUnlessSwitchedOn) {
  Stage stage;
  comes_online(stage, "2026-10-15T08:00:00Z");
  stage.pass(90 * 24h);
  EXPECT_THAT(summaries(stage), IsEmpty());
}

}  // namespace
}  // namespace vakt::test
