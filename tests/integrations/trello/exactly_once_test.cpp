#include "integrations/trello/exactly_once.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>

namespace vakt::trello {
namespace {

using namespace std::chrono_literals;
using Ids = std::vector<std::string>;

constexpr Instant start{};

template <class T>
bool is(const Step& step) {
  return std::holds_alternative<T>(step);
}
Instant until(const Step& step) { return std::get<step::Wait>(step).until; }

TEST(ExactlyOnce, SendsAtOnceAndIsOverWithTheAnswer) {
  ExactlyOnce machine{false, start, {}};
  EXPECT_TRUE(is<step::Send>(machine.next(start)));
  machine.sent(Sent::done, "a", start + 1s);
  EXPECT_TRUE(is<step::Over>(machine.next(start + 1s)));
  EXPECT_EQ(machine.id(), "a");
  EXPECT_FALSE(machine.adopted());
}

TEST(ExactlyOnce, ADefiniteNoIsOver) {
  ExactlyOnce machine{false, start, {}};
  machine.next(start);
  machine.sent(Sent::refused, {}, start);
  EXPECT_TRUE(is<step::Over>(machine.next(start)));
  EXPECT_TRUE(machine.refused());
  EXPECT_EQ(machine.id(), "");
}

TEST(ExactlyOnce, WhatWasNotSentIsSentAgainLaterWithoutALook) {
  ExactlyOnce machine{false, start, {}};
  machine.next(start);
  machine.sent(Sent::not_sent, {}, start);
  EXPECT_EQ(until(machine.next(start)), start + 2s);
  EXPECT_TRUE(is<step::Send>(machine.next(start + 2s)));
  machine.sent(Sent::not_sent, {}, start + 2s);
  EXPECT_EQ(until(machine.next(start + 2s)), start + 6s) << "less and less often";
}

TEST(ExactlyOnce, AfterALostAnswerItLooksTwiceBeforeItSendsAgain) {
  ExactlyOnce machine{false, start, {}};
  machine.next(start);
  machine.sent(Sent::uncertain, {}, start);
  EXPECT_EQ(until(machine.next(start)), start + 5s);
  EXPECT_TRUE(is<step::Look>(machine.next(start + 5s)));
  machine.looked(Ids{}, start + 6s);
  EXPECT_EQ(until(machine.next(start + 6s)), start + 60s) << "too early to prove an absence";
  EXPECT_TRUE(is<step::Look>(machine.next(start + 60s)));
  machine.looked(Ids{}, start + 61s);
  EXPECT_EQ(until(machine.next(start + 61s)), start + 121s);
  EXPECT_TRUE(is<step::Look>(machine.next(start + 121s)));
  machine.looked(Ids{}, start + 122s);
  EXPECT_TRUE(is<step::Send>(machine.next(start + 122s)));
}

TEST(ExactlyOnce, AnEarlierRunMayHaveSentIt) {
  ExactlyOnce machine{true, start, {}};
  EXPECT_TRUE(is<step::Look>(machine.next(start))) << "at once: people wait for the link";
  machine.looked(Ids{}, start);
  EXPECT_EQ(until(machine.next(start)), start + 60s);
  EXPECT_TRUE(is<step::Look>(machine.next(start + 60s)));
  machine.looked(Ids{"a"}, start + 60s);
  EXPECT_TRUE(is<step::Over>(machine.next(start + 60s)));
  EXPECT_TRUE(machine.adopted());
}

TEST(ExactlyOnce, OfSeveralTheOldestStaysAndTheOthersAreDropped) {
  ExactlyOnce machine{true, start, {}};
  machine.next(start);
  machine.looked(Ids{"c", "a", "b", "a"}, start);
  Ids dropped;
  Instant now = start;
  for (int i = 0; i < 3; ++i) {
    auto step = machine.next(now);
    if (is<step::Wait>(step)) {
      now = until(step);
      step = machine.next(now);
    }
    dropped.push_back(std::get<step::Drop>(step).id);
    machine.dropped(i != 0, now);
  }
  EXPECT_THAT(dropped, testing::ElementsAre("c", "c", "b"));
  EXPECT_TRUE(is<step::Over>(machine.next(now)));
  EXPECT_EQ(machine.id(), "a");
}

TEST(ExactlyOnce, ALookThatFailsProvesNothing) {
  ExactlyOnce machine{true, start, {}};
  Instant now = start;
  for (int i = 0; i < 100; ++i) {
    const auto step = machine.next(now);
    ASSERT_FALSE(is<step::Send>(step));
    if (is<step::Look>(step)) machine.looked(std::nullopt, now);
    if (is<step::Wait>(step)) now = until(step);
  }
}

// A server on which what was sent lands when it likes, and answers are lost.
struct Server {
  struct Card {
    std::string id;
    Instant lands;
  };
  std::vector<Card> cards;
  int sends = 0;

  Ids seen(Instant now) const {
    Ids made;
    for (const auto& card : cards)
      if (card.lands <= now) made.push_back(card.id);
    return made;
  }
};

struct Luck {
  int sent;      // 0 answered, 1 answered late or never, 2 lost before, 3 not sent
  int lands_in;  // seconds
  bool look_works, drop_works;
};

void play(const std::vector<Luck>& lucks, bool tried, bool tried_landed, int longest_landing) {
  Server server;
  if (tried && tried_landed) server.cards.push_back({"0", start + std::chrono::seconds{longest_landing / 2}});
  ExactlyOnce machine{tried, start, {}};
  Instant now = start, last_look{};
  std::size_t at = 0;
  const auto luck = [&] { return at < lucks.size() ? lucks[at++] : Luck{0, 0, true, true}; };
  int steps = 0, waits = 0;
  for (;; ++steps) {
    RC_ASSERT(steps < 2'000);
    const auto step = machine.next(now);
    if (is<step::Over>(step)) break;
    if (is<step::Wait>(step)) {
      RC_ASSERT(until(step) > now);
      now = until(step);
      ++waits;
    } else if (is<step::Send>(step)) {
      // Whatever is there already landed after the last look: nobody could have known of it.
      for (const auto& card : server.cards) RC_ASSERT(card.lands > last_look);
      const Luck one = luck();
      const bool lands = one.sent == 0 || one.sent == 1;
      const auto delay = one.sent == 1 ? std::chrono::seconds{one.lands_in % (longest_landing + 1)} : 0s;
      std::string id = std::to_string(++server.sends);
      if (lands) server.cards.push_back({id, now + delay});
      machine.sent(one.sent == 0 ? Sent::done : one.sent == 3 ? Sent::not_sent : Sent::uncertain, id, now);
    } else if (is<step::Look>(step)) {
      last_look = now;
      if (luck().look_works)
        machine.looked(server.seen(now), now);
      else
        machine.looked(std::nullopt, now);
    } else {
      const bool works = luck().drop_works;
      if (works)
        std::erase_if(server.cards, [&](const auto& card) { return card.id == std::get<step::Drop>(step).id; });
      machine.dropped(works, now);
    }
  }
  RC_ASSERT(waits >= steps / 4);
  RC_ASSERT(std::ranges::any_of(server.cards, [&](const auto& card) { return card.id == machine.id(); }));
  if (longest_landing < 60) RC_ASSERT(server.cards.size() == 1U);
}

rc::Gen<std::vector<Luck>> any_luck() {
  return rc::gen::container<std::vector<Luck>>(rc::gen::apply(
      [](int sent, int lands_in, bool look, bool drop) { return Luck{sent, lands_in, look, drop}; },
      rc::gen::inRange(0, 4), rc::gen::inRange(0, 1'000), rc::gen::arbitrary<bool>(), rc::gen::arbitrary<bool>()));
}

TEST(ExactlyOnce, NeverTwoOfWhatLandsBeforeTheLooks) {
  EXPECT_TRUE(rc::check([](bool tried, bool landed) { play(*any_luck(), tried, landed, 59); }));
}

TEST(ExactlyOnce, TwoOnlyWhereOneLandedAfterBothLooks) {
  EXPECT_TRUE(rc::check([](bool tried, bool landed) { play(*any_luck(), tried, landed, 600); }));
}

}  // namespace
}  // namespace vakt::trello
