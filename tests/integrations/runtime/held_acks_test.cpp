#include "integrations/runtime/held_acks.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

using namespace std::chrono_literals;

const HeldAcks::Moment start{};

Acknowledgement waiting(const std::string& envelope, const std::string& url, std::uint64_t connection = 1) {
  return {.connection = connection,
          .envelope_id = envelope,
          .answer = Answer{.message = {"Opening …", {}}, .follows = url}};
}

TEST(HeldAcks, NothingElseIsEverHeld) {
  HeldAcks held;
  EXPECT_TRUE(held.hold(waiting("e1", ""), start)) << "its answer is there";
  EXPECT_TRUE(held.hold({.connection = 1, .envelope_id = "e2"}, start)) << "it takes none";
  EXPECT_FALSE(held.next());
}

TEST(HeldAcks, AnAckWaitsForItsAnswerAndTakesItAlong) {
  HeldAcks held;
  EXPECT_FALSE(held.hold(waiting("e1", "https://a"), start));
  EXPECT_FALSE(held.hold(waiting("e2", "https://b", 2), start + 100ms));
  EXPECT_TRUE(held.answered("https://c", {"x", {}}).empty());
  EXPECT_TRUE(held.answered("", {"x", {}}).empty());
  const auto acks = held.answered("https://b", {"Here it is", {}});
  ASSERT_EQ(acks.size(), 1U);
  EXPECT_EQ(acks[0].envelope_id, "e2");
  EXPECT_EQ(acks[0].connection, 2U);
  EXPECT_EQ(acks[0].answer->message.text, "Here it is");
  EXPECT_TRUE(held.answered("https://b", {"again", {}}).empty()) << "an ack is given once";
  EXPECT_EQ(held.next(), start + 1500ms);
}

TEST(HeldAcks, AfterASecondAndAHalfItGoesWithWhatThereIs) {
  HeldAcks held;
  EXPECT_FALSE(held.hold(waiting("e1", "https://a"), start));
  EXPECT_TRUE(held.overdue(start + 1499ms).empty());
  const auto acks = held.overdue(start + 1500ms);
  ASSERT_EQ(acks.size(), 1U);
  EXPECT_EQ(acks[0].answer->message.text, "Opening …");
  EXPECT_TRUE(held.answered("https://a", {"late", {}}).empty()) << "that goes by response_url";
}

TEST(HeldAcks, ARepeatOfTheCommandWaitsWithIt) {
  HeldAcks held;
  EXPECT_FALSE(held.hold(waiting("e1", "https://a"), start));
  EXPECT_FALSE(held.hold({.connection = 2, .envelope_id = "e1"}, start + 1s));
  const auto acks = held.answered("https://a", {"Here it is", {}});
  ASSERT_EQ(acks.size(), 2U);
  EXPECT_EQ(acks[1].connection, 2U);
  EXPECT_EQ(acks[1].answer->message.text, "Here it is");
}

TEST(HeldAcks, AtTheEndAllGo) {
  HeldAcks held;
  EXPECT_FALSE(held.hold(waiting("e1", "https://a"), start));
  EXPECT_EQ(held.all().size(), 1U);
  EXPECT_FALSE(held.next());
}

}  // namespace
}  // namespace vakt
