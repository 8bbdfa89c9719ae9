#include "bot/brain/loading.hpp"

#include <gmock/gmock.h>

#include "tests/bot/brain/memory_ledger.hpp"

namespace vakt::test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using Items = Needs::Items;

struct Loading : testing::Test {
  MemoryLedger ledger;
  MemoryReader reader{ledger};
  Instant now{1'700'000'000s};
  std::vector<std::string> passed_over;

  action::Item& add(action::ItemId id, std::vector<IncidentNumber> incidents = {}) {
    return ledger.kept.items[id] = {
               .id = id, .title = "t", .incidents = std::move(incidents), .created_at = now - 200 * 24h};
  }
  action::Item& closed(action::ItemId id, Micros ago) {
    auto& item = add(id);
    item.state = action::State::done;
    item.closed_at = now - ago;
    return item;
  }
  Facts load(const Needs& needs) { return vakt::load(needs, now, {}, ledger, reader, passed_over); }
  std::vector<action::ItemId> ids(const Needs& needs) {
    std::vector<action::ItemId> found;
    for (const auto& item : load(needs).items) found.push_back(item.id);
    return found;
  }
};

TEST_F(Loading, OneIsMeantByItsNumberItsCardOrItsLabelAndStandsThereOnce) {
  add(1).label = "KM676";
  add(2).card = action::CardRef{.short_link = "QIgNLSh1"};
  add(3).label = "km676";
  add(4);
  EXPECT_THAT(ids({.items = Items::one, .item = 4}), ElementsAre(4));
  EXPECT_THAT(ids({.items = Items::one, .item = 3, .card = "QIgNLSh1", .label = "Km676"}), ElementsAre(1, 2, 3));
  EXPECT_THAT(ids({.items = Items::one, .item = 9}), IsEmpty());
  EXPECT_EQ(load({.items = Items::one}).next_item, 5);
}

TEST_F(Loading, AnIncidentsAreThoseOfTheOneThatIsNamedClosedOnesToo) {
  ledger.kept.incidents[7] = {.number = 7, .channel = {"C7", "inc-7"}};
  add(1, {7});
  add(2, {8});
  closed(3, 400 * 24h).incidents = {8, 7};
  EXPECT_THAT(ids({.channel = "C7", .items = Items::incident}), ElementsAre(1, 3));
  EXPECT_THAT(ids({.number = 8, .items = Items::incident}), ElementsAre(2, 3)) << "an incident that is not known";
  EXPECT_THAT(ids({.channel = "C9", .items = Items::incident}), IsEmpty());
}

TEST_F(Loading, EachListHasTheItemsOfItsTime) {
  add(1);
  closed(2, 29 * 24h).card = action::CardRef{.short_link = "a"};
  closed(3, 31 * 24h);
  closed(4, 89 * 24h).card = action::CardRef{.short_link = "b"};
  closed(5, 91 * 24h).card = action::CardRef{.short_link = "c"};
  add(6).card = action::CardRef{.short_link = "d"};
  EXPECT_THAT(ids({.items = Items::open}), ElementsAre(1, 6));
  EXPECT_THAT(ids({.items = Items::linked}), ElementsAre(2, 4, 6));
  EXPECT_THAT(ids({.items = Items::digest}), ElementsAre(1, 2, 6));
  EXPECT_THAT(ids({}), IsEmpty());
}

TEST_F(Loading, ADigestKnowsAllIncidentsAndThePeopleOfItsItems) {
  ledger.kept.incidents[7] = {.number = 7, .status = Status::resolved};
  ledger.kept.names = {{"U1", "Kari"}, {"U2", "Ola"}, {"U3", "Per"}, {"U4", "Siv"}, {"U5", "Bo"}};
  auto& item = add(1);
  item.owner = "U1";
  item.created_by = "U2";
  item.snoozed = action::Snooze{.by = "U4"};
  closed(2, 1h).closed_by = "U3";
  add(3).owner = "U9";
  const auto facts = load({.items = Items::digest});
  EXPECT_THAT(facts.known_names,
              ElementsAre(Pair("U1", "Kari"), Pair("U2", "Ola"), Pair("U3", "Per"), Pair("U4", "Siv")));
  EXPECT_THAT(facts.incidents, SizeIs(1));
  EXPECT_THAT(load({.items = Items::open}).incidents, IsEmpty());
}

TEST_F(Loading, CursorsAreThoseThatBeginAsAskedFor) {
  ledger.kept.cursors = {{"told:1", "a"}, {"trello_board:x", "b"}, {"online_until", "c"}};
  EXPECT_THAT(load({.kept = {"told:", "trello_"}}).kept, ElementsAre(Pair("told:1", "a"), Pair("trello_board:x", "b")));
  EXPECT_THAT(load({}).kept, IsEmpty());
}

}  // namespace
}  // namespace vakt::test
