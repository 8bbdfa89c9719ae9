#include "bot/view/action_view.hpp"

#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"
#include "tests/bot/view/action_make.hpp"

namespace vakt::view {
namespace {

using action_command::ItemRef;
using action_command::Which;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using vakt::action::CardFault;
using vakt::action::CardStage;
using vakt::action::date;
using vakt::action::DateError;
using vakt::action::DateFault;
using vakt::action::Item;
using vakt::action::Refusal;
using vakt::action::Snooze;
using vakt::action::State;
using vakt::action::Trouble;
using vakt::action::What;

TEST(ActionView, AnItemInOneLine) {
  EXPECT_EQ(item_line(en, loki()),
            "<https://trello.com/c/QIgNLSh1|KM676> Configure log retention for Loki · <@UKARI> · due 1 December");
  EXPECT_EQ(item_line(nb, loki(false)), "#12 Configure log retention for Loki · <@UKARI> · frist 1. desember");
  auto item = loki(false);
  item.owner.clear();
  item.due = date(2026, 11, 20);
  item.priority = Severity::sev2;
  EXPECT_EQ(item_line(en, item), "#12 Configure log retention for Loki · no owner · was due 20 November · SEV2");
  item.snoozed = Snooze{date(2026, 12, 4), "parts", "UKARI"};
  EXPECT_THAT(item_line(en, item), HasSubstr("snoozed until 4 December"));
  item.snoozed->until = en.today;
  EXPECT_THAT(item_line(en, item), Not(HasSubstr("snoozed"))) << "on its day it is heard of again";
}

TEST(ActionView, ALabelOfATeamWithoutLettersIsNotTakenForTheItemsNumber) {
  auto item = loki();
  item.label = "#676";
  EXPECT_THAT(item_line(en, item), StartsWith("#12 <https://trello.com/c/QIgNLSh1|Trello 676> Configure"));
}

TEST(ActionView, EveryStateIsSaidInALine) {
  for (const auto* reader : {&en, &nb}) {
    std::set<std::string> lines;
    for (int state = 0; state < states; ++state) lines.insert(item_line(*reader, in_state(static_cast<State>(state))));
    EXPECT_EQ(lines.size(), static_cast<std::size_t>(states));
  }
  EXPECT_THAT(item_line(nb, in_state(State::deleted)), HasSubstr("kortet er slettet"));
  EXPECT_THAT(item_line(en, in_state(State::done)), AllOf(HasSubstr("· done"), Not(HasSubstr("due"))));
}

// --- answers

TEST(ActionView, AnAddedItemSaysWhatComesNext) {
  auto item = loki(false);
  item.stage = CardStage::creating;
  const auto message = item_added(en, item);
  EXPECT_EQ(shown(message),
            ":memo: Added: #12 Configure log retention for Loki · <@UKARI> · due 1 December\n"
            "Its card is being made; the link follows.\n");
  EXPECT_THAT(buttons(message), testing::IsEmpty()) << "they come with the link";
}

TEST(ActionView, AnAddedItemWithoutMuch) {
  auto item = loki(false);
  item.owner.clear();
  item.incidents.clear();
  item.due = date(2026, 11, 20);
  const auto message = item_added(nb, item);
  EXPECT_THAT(shown(message), AllOf(HasSubstr("uten kort"), HasSubstr("Den dagen er passert"),
                                    HasSubstr("`/action due 12 fredag`"), HasSubstr("`/action link 12`")));
  EXPECT_THAT(buttons(message), ElementsAre("action_take=12", "action_owner=12", "action_due=12", "action_list=mine"));
  EXPECT_THAT(shown(item_added(en, loki())), StartsWith(":link: Linked: <https://trello.com/c/QIgNLSh1|KM676>"));
}

TEST(ActionView, AChangedItemSaysWhatHappenedAndOffersTheWayBack) {
  auto item = in_state(State::done);
  item.under_way.state = true;
  const auto message = item_changed(en, item, {{What::done, "UKARI", "open", "done"}});
  EXPECT_THAT(shown(message), StartsWith("Done.\nIts card in Trello follows.\n<https"));
  EXPECT_THAT(buttons(message), ElementsAre("action_reopen=12"));
  EXPECT_THAT(shown(item_changed(nb, loki(), {{What::owner, "UOLA", "", "UKARI"}})),
              StartsWith("Eier: <@UKARI> (før: ingen).\n"));
  EXPECT_THAT(shown(item_changed(en, loki(), {{What::due, "UOLA", "", "2026-12-01"}})),
              StartsWith("Due: 1 December (before: none).\n"));
  auto later = loki();
  later.snoozed = Snooze{date(2026, 12, 4), "parts", "UKARI"};
  EXPECT_THAT(shown(item_changed(en, later, {{What::snoozed, "UKARI", "", "2026-12-04"}})),
              AllOf(StartsWith("Snoozed until 4 December. Reason: parts.\n"), HasSubstr("`/action done 12`")));
}

TEST(ActionView, NothingChangedIsSaidAndAnOrderedCardToo) {
  EXPECT_THAT(shown(item_changed(en, loki(), {})), StartsWith("Nothing to change"));
  auto item = loki(false);
  item.stage = CardStage::creating;
  EXPECT_THAT(shown(item_changed(en, item, {})), StartsWith("Its card is being made"));
}

TEST(ActionView, EveryRefusalNamesTheItemAndTheNextCommand) {
  const auto item = loki();
  for (const auto* reader : {&en, &nb})
    for (int i = 0; i <= static_cast<int>(Refusal::no_board); ++i) {
      const auto refusal = static_cast<Refusal>(i);
      const auto about = shown(item_refused(*reader, &item, refusal));
      EXPECT_THAT(about, AllOf(HasSubstr("KM676"), Not(HasSubstr("{"))));
      EXPECT_EQ(about.find("`/action ") == std::string::npos, refusal == Refusal::title_too_long) << i;
      EXPECT_THAT(shown(item_refused(*reader, nullptr, refusal)), AllOf(Not(IsEmpty()), Not(HasSubstr("{"))));
    }
  EXPECT_THAT(shown(item_refused(en, &item, Refusal::snooze_too_long)), HasSubstr("no later than 19 December"));
  EXPECT_THAT(buttons(item_refused(en, &item, Refusal::not_the_owner)), ElementsAre("action_take=12"));
  EXPECT_THAT(buttons(item_refused(en, &item, Refusal::closed_already)), ElementsAre("action_reopen=12"));
  EXPECT_THAT(shown(item_refused(nb, nullptr, Refusal::needs_reason)), HasSubstr("wontdo NUMMER GRUNN"));
}

TEST(ActionView, AnUnknownItemIsNamedAsItWasTyped) {
  EXPECT_THAT(shown(item_unknown(en, ItemRef{.id = 99})), HasSubstr("no action item 99. `/action list all`"));
  EXPECT_THAT(shown(item_unknown(nb, ItemRef{.label = "KM9"})), HasSubstr("`KM9`"));
  EXPECT_THAT(shown(item_unknown(en, ItemRef{.short_link = "QIgNLSh1"})),
              HasSubstr("`/action link https://trello.com/c/QIgNLSh1`"));
}

TEST(ActionView, SeveralOfOneLabelAreToldApartByTheirNumbers) {
  auto other = loki();
  other.id = 14;
  const auto message = item_ambiguous(en, {loki(), other});
  EXPECT_THAT(shown(message), AllOf(HasSubstr("`/action done 12`"), HasSubstr("`12` <"), HasSubstr("`14` <")));
}

TEST(ActionView, AWrongDateShowsTheRightForm) {
  const DateError unknown = vakt::action::parse_due("soonish", vakt::action::utc("2026-11-21T10:00:00Z"), oslo).error();
  EXPECT_EQ(due_wrong(en, "soonish", unknown).text,
            "“soonish” is no date that vakt knows. Try `friday, +2w, 1.12. or 2026-12-01`.");
  EXPECT_EQ(due_wrong(nb, "soonish", unknown).text,
            "«soonish» er ingen dato som vakt kjenner. Prøv `fredag, +2w, 1.12. eller 2026-12-01`.");
  EXPECT_EQ(due_wrong_in_form(nb, {DateFault::ambiguous, "1.12. or 2026-12-01"}),
            "Det kan være flere dager. Skriv 1.12. eller 2026-12-01");
  EXPECT_EQ(due_wrong_in_form(en, {DateFault::no_such_day, "2027-02-28"}),
            "There is no such day. Did you mean 2027-02-28?");
}

TEST(ActionView, EveryReasonWhyACardIsNotLinkedNamesTheLink) {
  for (const auto* reader : {&en, &nb})
    for (int fault = 0; fault <= static_cast<int>(CardFault::not_read); ++fault)
      for (int trouble = 0; trouble <= static_cast<int>(Trouble::unreachable); ++trouble) {
        const auto text = shown(card_not_linked(*reader, "https://trello.com/c/QIgNLSh1", static_cast<CardFault>(fault),
                                                static_cast<Trouble>(trouble)));
        EXPECT_THAT(text, AllOf(HasSubstr("`https://trello.com/c/QIgNLSh1`"), Not(HasSubstr("{"))));
      }
}

TEST(ActionView, SmallAnswersAreInBothLanguages) {
  Settings renamed = english;
  renamed.action_command = "/todo";
  renamed.incident_command = "/inc";
  const ActionReader reader{renamed, oslo, en.today};
  EXPECT_THAT(shown(action_help(reader)), AllOf(HasSubstr("*/todo add TITLE"), Not(HasSubstr("/action"))));
  EXPECT_THAT(shown(no_incident_for_item(reader)), HasSubstr("`/inc list`"));
  EXPECT_THAT(shown(person_unknown(en, "kari")), HasSubstr("@kari"));
  EXPECT_THAT(shown(team_unknown(nb, "drift")), HasSubstr("“drift”"));
  for (const auto& [one, other] :
       {std::pair{action_help(en), action_help(nb)}, std::pair{card_reading(en), card_reading(nb)},
        std::pair{no_incident_for_item(en), no_incident_for_item(nb)}})
    EXPECT_NE(shown(one), shown(other));
}

// --- lists

std::vector<Item> several(int n) {
  std::vector<Item> items;
  for (int i = 1; i <= n; ++i) {
    auto item = loki(i % 2 == 0);
    item.id = i;
    item.title = "Item " + std::to_string(i);
    item.due.reset();
    items.push_back(item);
  }
  return items;
}

TEST(ActionView, AListShowsTheOverdueFirst) {
  auto items = several(4);
  items[1].due = date(2026, 12, 24);
  items[2].due = date(2026, 11, 1);
  items[3].state = State::done;
  items[3].due = date(2026, 1, 1);
  const auto message = item_list(en, items, Which::all);
  EXPECT_EQ(message.text, "All action items: 4");
  EXPECT_THAT(buttons(message),
              ElementsAre("action_done=3", "action_snooze=3", "action_owner=3", "action_due=3", "action_done=2",
                          "action_snooze=2", "action_owner=2", "action_due=2", "action_done=1", "action_snooze=1",
                          "action_owner=1", "action_due=1", "action_reopen=4"));
}

TEST(ActionView, ALongListSaysHowToSeeTheRest) {
  const auto message = item_list(en, several(40), Which::open);
  EXPECT_EQ(message.blocks.size(), 26U);
  EXPECT_THAT(shown(message), AllOf(HasSubstr("*Open action items: 40*"), HasSubstr("28 more. `/action list mine`"),
                                    HasSubstr("`vakt actions`")));
  EXPECT_THAT(shown(item_list(nb, several(12), Which::mine)),
              AllOf(HasSubstr("Mine åpne tiltak: 12"), Not(HasSubstr(" til. ")), Not(HasSubstr("<@"))));
  EXPECT_LE(home(english, std::vector<Incident>(300)).size() + home_items(en, several(400)).size(), 100U)
      << "Slack shows so many blocks";
}

TEST(ActionView, AnEmptyListIsKind) {
  for (const auto which : {Which::open, Which::mine, Which::overdue, Which::all}) {
    const auto message = item_list(en, {}, which);
    EXPECT_THAT(shown(message), HasSubstr("`/action "));
    EXPECT_THAT(buttons(message), ElementsAre("action_add="));
    EXPECT_NE(shown(message), shown(item_list(nb, {}, which)));
  }
  EXPECT_THAT(buttons(items_of(en, {}, 3)), ElementsAre("action_add=3"));
  EXPECT_THAT(shown(items_of(nb, several(2), 3)), HasSubstr("Tiltak etter hendelse 3: 2"));
  EXPECT_THAT(buttons(items_of(en, several(1), 3)).back(), "action_add=3");
  std::string home;
  add_blocks(home_items(nb, {}), home);
  EXPECT_THAT(home, HasSubstr("Mine tiltak\nIngenting er ditt å gjøre."));
}

// --- forms

std::vector<std::string> inputs(const Modal& modal) {
  std::vector<std::string> out;
  for (const auto& block : modal.blocks)
    if (const auto* input = std::get_if<Input>(&block)) out.push_back(input->block + (input->optional ? "?" : ""));
  return out;
}

const Input& input(const Modal& modal, const std::string& name) {
  for (const auto& block : modal.blocks)
    if (const auto* one = std::get_if<Input>(&block); one && one->block == name) return *one;
  throw std::out_of_range(name);
}

TEST(ActionView, FormsAskForWhatTheyNeed) {
  const auto add = item_form(en, "Disk\nfull", "ctx");
  EXPECT_EQ(add.callback, "action_add");
  EXPECT_EQ(add.context, "ctx");
  EXPECT_THAT(inputs(add), ElementsAre("title", "owner?", "due?", "kind?", "priority?"));
  EXPECT_EQ(input(add, "title").initial, "Disk full") << "a message's lines in one";
  EXPECT_EQ(input(add, "due").placeholder, "friday, +2w, 2026-12-01");
  EXPECT_EQ(input(add, "kind").options.at(2).value, "detect");
  EXPECT_EQ(input(add, "priority").options.at(0).value, "sev1");
  EXPECT_EQ(input(add, "owner").kind, Input::Kind::user);

  const auto owner = owner_form(en, loki());
  EXPECT_EQ(owner.callback, "action_owner");
  EXPECT_THAT(inputs(owner), ElementsAre("owner"));
  EXPECT_EQ(input(owner, "owner").initial, "UKARI");
  const auto due = due_form(nb, loki());
  EXPECT_THAT(inputs(due), ElementsAre("due?"));
  EXPECT_EQ(input(due, "due").initial, "2026-12-01");
  EXPECT_THAT(inputs(snooze_form(en, loki())), ElementsAre("until", "reason"));
  EXPECT_THAT(inputs(wontdo_form(en, loki())), ElementsAre("reason"));
  for (const auto& modal : {owner, due, snooze_form(en, loki()), wontdo_form(nb, loki())}) {
    EXPECT_EQ(modal.context, "12");
    EXPECT_FALSE(modal.submit.empty());
    EXPECT_FALSE(modal.title.empty());
  }
  EXPECT_NE(wontdo_form(en, loki()).title, wontdo_form(nb, loki()).title);
}

}  // namespace
}  // namespace vakt::view
