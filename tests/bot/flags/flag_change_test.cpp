#include "bot/flags/flag_change.hpp"

#include <gtest/gtest.h>

namespace vakt::flag {
namespace {

using namespace std::chrono_literals;

Change proven(std::int64_t number, std::chrono::seconds asked_at) {
  Change made{.number = number};
  made.wanted.environment = "production";
  made.progress.provider = "unleash";
  made.progress.standing = Standing::proven;
  made.requested_at = Instant{asked_at};
  return made;
}

std::int64_t undone(const std::vector<Change>& changes, const std::string& provider = {},
                    const std::string& environment = {}) {
  const auto* found = latest_to_undo(changes, provider, environment);
  return found ? found->number : 0;
}

TEST(LatestToUndo, WhatWasAskedForLastWhateverCameToBeKnownLast) {
  EXPECT_EQ(undone({proven(1, 20s), proven(2, 10s)}), 1);
  EXPECT_EQ(undone({proven(2, 10s), proven(1, 20s)}), 1);
  EXPECT_EQ(undone({}), 0);
}

TEST(LatestToUndo, NotWhatFoundItSoAlreadyNorAnUndoNorWhatIsNotProven) {
  auto twice = proven(2, 20s), undo = proven(3, 30s), unknown = proven(4, 40s);
  twice.progress.was_so_already = true;
  undo.undoes = 9;
  unknown.progress.standing = Standing::unknown;
  EXPECT_EQ(undone({proven(1, 10s), twice, undo, unknown}), 1);
}

TEST(LatestToUndo, OneThatWasUndoneIsStillTheLatest) {
  auto last = proven(2, 20s);
  last.undone_by = 3;
  EXPECT_EQ(undone({proven(1, 10s), last}), 2) << "the one before is not what is meant";
}

TEST(LatestToUndo, OfOneProviderAndEnvironmentWhereTheyAreNamed) {
  auto elsewhere = proven(2, 20s), other = proven(3, 30s);
  elsewhere.wanted.environment = "staging";
  other.progress.provider = "flipper";
  const std::vector all{proven(1, 10s), elsewhere, other};
  EXPECT_EQ(undone(all, "unleash", "production"), 1);
  EXPECT_EQ(undone(all, "unleash"), 2);
  EXPECT_EQ(undone(all), 3);
  EXPECT_EQ(undone(all, "flagd"), 0);
}

}  // namespace
}  // namespace vakt::flag
