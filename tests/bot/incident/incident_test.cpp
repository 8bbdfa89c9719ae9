#include "bot/incident/incident.hpp"

#include <gmock/gmock.h>

namespace vakt {
namespace {

using namespace std::chrono_literals;
using testing::Eq;

const Instant noon{1'700'000'000s};

Event at(Instant when, EventBody body) { return {.incident = 1, .at = when, .actor = "U1", .body = std::move(body)}; }

TEST(Incident, IsOpenAndInvestigatedOnceDeclared) {
  const auto state = replay({at(noon, event::Declared{"Backend down", Severity::sev1, false, false, "C1"})});
  EXPECT_EQ(state.number, 1);
  EXPECT_EQ(state.status, Status::open);
  EXPECT_EQ(state.phase, Phase::investigating);
  EXPECT_EQ(state.severity, Severity::sev1);
  EXPECT_EQ(state.declared_by, "U1");
  EXPECT_EQ(state.declared_at, noon);
}

TEST(Incident, ResolvingAndReopeningLeavesItOpenWithFreshReminders) {
  const auto state = replay({at(noon, event::Declared{"x", Severity::sev1, false, false, "C1"}),
                             at(noon + 1min, event::Reminded{}), at(noon + 2min, event::RemindersStopped{}),
                             at(noon + 3min, event::Resolved{}), at(noon + 9min, event::Reopened{})});
  EXPECT_EQ(state.status, Status::open);
  EXPECT_FALSE(state.resolved_at);
  EXPECT_EQ(state.reminders_unanswered, 0);
  EXPECT_FALSE(state.reminders_stopped);
  EXPECT_EQ(state.last_update_at, noon + 9min);
}

TEST(Incident, EveryNameReadsBackAsItself) {
  for (const auto severity : {Severity::unset, Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    EXPECT_THAT(severity_from(name(severity)), Eq(severity));
  for (const auto phase : {Phase::investigating, Phase::identified, Phase::monitoring})
    EXPECT_THAT(phase_from(name(phase)), Eq(phase));
  for (std::size_t i = 0; i < marker_count; ++i)
    EXPECT_THAT(marker_from(name(static_cast<Marker>(i))), Eq(static_cast<Marker>(i)));
  EXPECT_FALSE(severity_from("sev5"));
}

}  // namespace
}  // namespace vakt
