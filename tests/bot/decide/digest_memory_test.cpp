#include "bot/decide/digest_memory.hpp"

#include <gmock/gmock.h>

#include "bot/time/zones.hpp"

namespace vakt {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const auto monday = *from_iso_date("2026-11-23");
const Instant nine{std::chrono::seconds{1'795'420'800}};

TEST(DigestMemory, WhatIsKeptUnderItsNamesComesBack) {
  const action::Told told{7, action::Step::overdue_long, *from_iso_date("2026-12-04")};
  const std::map<std::string, std::string> kept{{digest_cursor("Payments: core", monday), iso_utc(nine)},
                                                {owner_digest_cursor("U1", monday), iso_utc(nine)},
                                                {told_cursor(told), iso_utc(nine)}};
  const auto memory = digest_memory(kept, "Payments: core", monday);
  EXPECT_THAT(memory.composed, ElementsAre(Pair(monday, nine)));
  EXPECT_THAT(memory.written_to, ElementsAre("U1"));
  EXPECT_THAT(memory.told, ElementsAre(told));
}

TEST(DigestMemory, TheOnlyTeamHasNoName) {
  EXPECT_THAT(digest_memory({{digest_cursor("", monday), iso_utc(nine)}}, "", monday).composed,
              ElementsAre(Pair(monday, nine)));
}

TEST(DigestMemory, OtherTeamsOtherWeeksAndWhatIsNoneOfItStayOut) {
  const auto memory = digest_memory({{digest_cursor("Search", monday), iso_utc(nine)},
                                     {owner_digest_cursor("U1", *from_iso_date("2026-11-16")), iso_utc(nine)},
                                     {"digest:Payments:soon", "x"},
                                     {"digest:Payments:2026-11-23", "x"},
                                     {"digest_since:Payments", iso_utc(nine)},
                                     {"told:7:sometime:2026-12-04", "x"},
                                     {"told:x:overdue:2026-12-04", "x"},
                                     {"told:2026-12-04", "x"},
                                     {"online_until", "x"}},
                                    "Payments", monday);
  EXPECT_THAT(memory.composed, IsEmpty());
  EXPECT_THAT(memory.written_to, IsEmpty());
  EXPECT_THAT(memory.told, IsEmpty());
}

}  // namespace
}  // namespace vakt
