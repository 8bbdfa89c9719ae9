#include <gmock/gmock.h>

#include "tests/bot/view/action_make.hpp"

namespace vakt::view {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;
using vakt::action::State;
using vakt::action::Trouble;
using vakt::action::What;

TEST(ActionTold, ADecisionIsAskedOfTheOwner) {
  const auto text =
      told(en, in_state(State::archived_undone), {{What::archived_undone, {}, "open", "archived_undone"}});
  EXPECT_EQ(text,
            "<https://trello.com/c/QIgNLSh1|KM676> Configure log retention for Loki\n"
            ":warning: Its card was archived and not done. It stays open here until somebody decides: done, won't do, "
            "or back on the board.\n"
            "<@UKARI>, it is yours: what shall happen?\n");
  auto item = in_state(State::deleted);
  item.owner.clear();
  const auto message = item_told(nb, item, {{What::deleted, {}, "open", "deleted"}});
  EXPECT_THAT(shown(message), HasSubstr("Ingen eier det. Hvem bestemmer?"));
  EXPECT_THAT(buttons(message), ElementsAre("action_done=12", "action_wontdo=12", "action_card=12", "action_snooze=12",
                                            "action_take=12"));
}

TEST(ActionTold, TheButtonsFitWhatIsToBeDecided) {
  const auto pressed = [](State state, What what) {
    auto item = in_state(state);
    return buttons(item_told(en, item, {{what, {}, "open", {}}}));
  };
  EXPECT_THAT(pressed(State::archived_undone, What::archived_undone),
              ElementsAre("action_done=12", "action_wontdo=12", "action_reopen=12", "action_snooze=12"));
  EXPECT_THAT(pressed(State::lost_access, What::lost_access),
              ElementsAre("action_done=12", "action_wontdo=12", "action_snooze=12"));
  EXPECT_THAT(pressed(State::broken_link, What::broken_link),
              ElementsAre("action_done=12", "action_wontdo=12", "action_card=12", "action_snooze=12"));
  EXPECT_THAT(pressed(State::open, What::moved_away),
              ElementsAre("action_done=12", "action_wontdo=12", "action_snooze=12"));
  EXPECT_THAT(pressed(State::done, What::done), ElementsAre("action_reopen=12"));
  EXPECT_THAT(pressed(State::wont_do, What::wont_do), ElementsAre("action_reopen=12"));
  EXPECT_THAT(pressed(State::open, What::reopened), IsEmpty());
  EXPECT_THAT(pressed(State::open, What::restored), IsEmpty());
  EXPECT_THAT(pressed(State::open, What::member_left_out), IsEmpty());
}

TEST(ActionTold, OnlyWhoHasToDecideIsMentioned) {
  for (int i = 0; i < whats; ++i) {
    const auto what = static_cast<What>(i);
    if (what == What::owner) continue;  // quiet, and about people
    const bool decide = what == What::archived_undone || what == What::deleted || what == What::lost_access ||
                        what == What::broken_link || what == What::moved_away;
    for (const auto* reader : {&en, &nb})
      EXPECT_EQ(told(*reader, loki(), {{what, "UKARI", {}, "2026-12-01"}}).find("<@UKARI>") != std::string::npos,
                decide)
          << vakt::action::name(what);
  }
  EXPECT_THAT(told(en, in_state(State::done), {{What::done, "UOLA", {}, {}}}), HasSubstr("Done. By <@UOLA>."));
  EXPECT_THAT(told(en, in_state(State::done), {{What::done, {}, {}, {}}}), HasSubstr("Done (in Trello)."));
}

TEST(ActionTold, EverythingThatIsToldHasWordsInBothLanguages) {
  for (int i = 0; i < whats; ++i) {
    const auto what = static_cast<What>(i);
    std::set<std::string> said;
    for (const auto* reader : {&en, &nb}) {
      const auto message = item_told(*reader, loki(), {{what, {}, "b", "a"}});
      EXPECT_THAT(everything(message), AllOf(HasSubstr("KM676"), Not(HasSubstr("{"))));
      EXPECT_FALSE(message.text.empty());
      said.insert(shown(message));
      said.insert(item_entry(*reader, loki(), {what, {}, "b", "a"}));
    }
    EXPECT_EQ(said.size(), 4U) << vakt::action::name(what);
  }
}

TEST(ActionTold, SeveralThingsOfOneItemStandInOneMessage) {
  const auto text = told(en, loki(),
                         {{What::linked, {}, {}, "KM676"},
                          {What::member_left_out, {}, {}, "kari"},
                          {What::label_left_out, {}, {}, "incident"}});
  EXPECT_THAT(text, AllOf(HasSubstr(":warning: kari is not a member of the board."), HasSubstr("`incident`"),
                          Not(HasSubstr("Its card is"))))
      << "what is quiet stays so beside what is told";
  EXPECT_THAT(told(en, loki(), {{What::linked, {}, {}, "KM676"}}),
              HasSubstr("Its card is <https://trello.com/c/QIgNLSh1|KM676>."));
  // Archived and then done at once: nothing is left to decide.
  const auto both =
      item_told(en, in_state(State::done), {{What::archived_undone, {}, "open", {}}, {What::done, "UOLA", {}, "done"}});
  EXPECT_THAT(buttons(both), ElementsAre("action_reopen=12"));
  EXPECT_THAT(shown(both), Not(HasSubstr("<@UKARI>")));
}

TEST(ActionTold, ARefusedCardSaysWhetherThereIsOne) {
  const auto none = item_told(en, loki(false), {{What::card_refused, {}, {}, "invalid value for idList"}});
  EXPECT_THAT(shown(none), AllOf(HasSubstr("invalid value for idList."), HasSubstr("`/action card 12`")));
  EXPECT_THAT(buttons(none), ElementsAre("action_card=12"));
  const auto linked = item_told(nb, loki(), {{What::card_refused, {}, {}, {}}});
  EXPECT_THAT(shown(linked), HasSubstr("kortet er ikke blitt slik"));
  EXPECT_THAT(buttons(linked), IsEmpty());
}

TEST(ActionTold, ARefusalSaysInTheReadersLanguageWhatItMeansAndTrellosWordsAfterIt) {
  const auto archived = told(nb, loki(), {{What::card_refused, {}, "list_archived", "To <do>"}});
  EXPECT_THAT(archived,
              AllOf(HasSubstr("Listen «To &lt;do&gt;» er arkivert i Trello"), HasSubstr("`/action card 12`")));
  EXPECT_THAT(told(nb, loki(), {{What::card_refused, {}, "other", "invalid value for name"}}),
              HasSubstr("Trello avviste det vakt skrev. Trello sa: «invalid value for name»."));
  EXPECT_THAT(told(en, loki(), {{What::card_refused, {}, "other", {}}}), HasSubstr("Trello refused what vakt wrote."));
  EXPECT_THAT(told(nb, loki(), {{What::card_refused, {}, {}, "as an older vakt kept it"}}),
              HasSubstr("as an older vakt kept it"));
}

TEST(ActionTold, ACardThatCameBackIsToldApartFromANewOne) {
  EXPECT_THAT(told(en, loki(), {{What::restored, {}, "deleted", "open"}}), HasSubstr("Its card is back in place."));
  EXPECT_THAT(told(en, loki(), {{What::restored, "UOLA", "deleted", "open"}}),
              HasSubstr("A new card takes the place of the one that is gone. By <@UOLA>."));
  EXPECT_THAT(told(nb, loki(), {{What::wont_do, "UOLA", "open", "Ikke nyttig."}}),
              HasSubstr("Blir ikke gjort: Ikke nyttig. Av <@UOLA>."));
}

TEST(ActionTold, AnEntryOfTheRecordIsOneLine) {
  EXPECT_EQ(item_entry(en, loki(), {What::done, {}, "open", "done"}),
            "Action item <https://trello.com/c/QIgNLSh1|KM676> Configure log retention for Loki: Done (in Trello)");
  EXPECT_EQ(item_entry(nb, loki(false), {What::due, "UKARI", "", "2026-12-01"}),
            "Tiltak #12 Configure log retention for Loki: Frist: 1. desember (før: ingen)");
  EXPECT_EQ(item_entry(en, loki(false), {What::added, "UKARI", "", "x"}),
            "Action item #12 Configure log retention for Loki · <@UKARI> · due 1 December: Added");
  EXPECT_THAT(item_entry(en, loki(), {What::priority, "U1", "", "sev1"}),
              HasSubstr("Priority: SEV1 (before: not set)"));
  EXPECT_THAT(item_entry(nb, loki(), {What::kind, "U1", "prevent", "detect"}),
              HasSubstr("Type: oppdager (før: forebygger)"));
  for (int i = 0; i < whats; ++i)
    EXPECT_EQ(item_entry(en, loki(), {static_cast<What>(i), {}, "a\nb", "c\nd"}).find('\n'), std::string::npos) << i;
}

TEST(ActionTold, TroubleOfTrelloSaysThatNothingIsLostAndWhatToDo) {
  for (const auto* reader : {&en, &nb})
    for (const auto trouble : {Trouble::token_refused, Trouble::unreachable, Trouble::rate_limited}) {
      EXPECT_THAT(trello_trouble(*reader, trouble, false).text,
                  HasSubstr(reader == &en ? "Nothing is lost" : "Ingenting er tapt"));
      EXPECT_THAT(trello_trouble(*reader, trouble, true).text, StartsWith(":white_check_mark:"));
    }
  EXPECT_THAT(trello_trouble(en, Trouble::token_refused, false).text,
              AllOf(HasSubstr("until a new token is set"), HasSubstr("TRELLO_API_TOKEN"), HasSubstr("`vakt check`")));
}

TEST(ActionTold, AnIncidentWithoutItemsIsAskedAbout) {
  const auto message = items_missing(en, 3);
  EXPECT_THAT(shown(message), HasSubstr("Resolved without an action item. Is there really none?"));
  EXPECT_THAT(buttons(message), ElementsAre("action_add=3", "action_none=3"));
  EXPECT_THAT(shown(items_missing(nb, 3)), HasSubstr("Er det virkelig ingen?"));
}

}  // namespace
}  // namespace vakt::view
