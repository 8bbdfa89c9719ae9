#include "bot/view/statistics_view.hpp"

#include <gmock/gmock.h>

namespace vakt::view {
namespace {

using namespace std::chrono_literals;
using statistics::Spread, statistics::Statistics;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Settings english{}, norwegian{.language = Language::nb};

Statistics some() {
  const Spread fix{2, 31min, 125min};
  return {
      .incidents = 3,
      .open = 1,
      .rows = {{.month = "2026-11", .severity = Severity::sev1, .incidents = 2, .fix = fix},
               {.month = "2026-11", .severity = Severity::unset, .incidents = 3, .fix = fix}},
      .items = {.to_7_days = 1, .older = 2},
      .postmortems = {{.incident = 12,
                       .postmortem = {.owner = "UKARI", .due = std::chrono::year{2026} / std::chrono::November / 28}}}};
}

TEST(StatisticsView, TheTableAlignsItsColumnsAndSaysOfHowManyItKnows) {
  EXPECT_EQ(statistics_table(english, some()),
            "Incidents: 3, of them open: 1. Drills and cancelled ones are left out.\n\n"
            "Month    Severity          Incidents  Detect  React  Fix         Downtime\n"
            "2026-11  SEV1              2          -       -      31 min      -\n"
            "2026-11  severity not set  3          -       -      31 min (2)  -\n\n"
            "Medians; in brackets of how many incidents the markers tell it, where not of all.\n\n"
            "Open action items: 3 (1 up to a week old, 0 up to four weeks, 0 up to three months, 2 older).\n"
            "Post-mortems not published yet: 1, of incident 12 (due 2026-11-28).\n");
}

TEST(StatisticsView, NothingYetIsSaid) {
  EXPECT_THAT(statistics_table(english, {}), AllOf(HasSubstr("No incidents yet"), HasSubstr("No open action items")));
  EXPECT_THAT(statistics_table(norwegian, {}), AllOf(HasSubstr("Ingen hendelser"), Not(HasSubstr("No "))));
}

TEST(StatisticsView, AMonthIsSummedUpInAFewLines) {
  const auto message =
      month_summary(norwegian, {.month = "2026-11", .incidents = 4, .fix = {2, 31min, 125min}}, some());
  EXPECT_EQ(message.text,
            "*november 2026*: hendelser: 4.\nRette: 31 min i midten, 2 h 5 min på det meste (kjent for 2).\n"
            "Åpne tiltak: 3 (1 opptil en uke gamle, 0 opptil fire uker, 0 opptil tre måneder, 2 eldre).\n"
            "Upubliserte postmortem: 1, for hendelse 12 (frist 2026-11-28).");
  EXPECT_EQ(month_summary(english, {.month = "2027-01"}, {}).text,
            "*January 2027*: no incidents.\nNo open action items.");
}

}  // namespace
}  // namespace vakt::view
