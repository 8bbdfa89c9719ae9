#include "bot/actions/marker.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt::action {
namespace {

using namespace std::chrono_literals;

// The example of github.com/ulid/javascript: 1469918176385 ms.
TEST(Marker, ItsTimeStandsAsTheSpecificationSpellsIt) {
  const Instant at{1'469'918'176'385ms};
  EXPECT_EQ(ulid(at, 0, 0), "01ARYZ6S410000000000000000");
  EXPECT_EQ(ulid(at, 0, 0xFFFF), "01ARYZ6S41ZZZG000000000000");
  EXPECT_EQ(ulid(at, ~std::uint64_t{0}, 0xFFFF), "01ARYZ6S41ZZZZZZZZZZZZZZZZ");
}

TEST(Marker, IsOfTheAlphabetAndTheSameForTheSame) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed, std::uint16_t number) {
    const Instant at{std::chrono::milliseconds{*rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 42)}};
    const auto marker = ulid(at, seed, number);
    RC_ASSERT(marker.size() == 26U);
    RC_ASSERT(marker.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
    RC_ASSERT(marker == ulid(at, seed, number));
    RC_ASSERT(marker != ulid(at, seed + 1, number));
    RC_ASSERT(marker != ulid(at, seed, static_cast<std::uint16_t>(number + 1)));
  }));
}

TEST(Marker, SortsByTime) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed, std::uint64_t other, std::uint16_t number) {
    const auto early = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 41);
    const auto later = early + *rc::gen::inRange<std::int64_t>(1, std::int64_t{1} << 41);
    RC_ASSERT(ulid(Instant{std::chrono::milliseconds{early}}, seed, 0xFFFF) <
              ulid(Instant{std::chrono::milliseconds{later}}, other, number));
  }));
}

}  // namespace
}  // namespace vakt::action
