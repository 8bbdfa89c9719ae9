#include "bot/texts/action_texts.hpp"

#include <gmock/gmock.h>

#include <set>

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

using action::CardFault;
using action::Kind;
using action::Refusal;
using action::Trouble;
using action::What;

TEST(ActionTexts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(action_texts(Language::en), action_texts(Language::nb));
}

TEST(ActionTexts, NoTextWasLeftInTheOtherLanguage) {
  test::expect_translated(action_texts(Language::en), action_texts(Language::nb));
}

// Slack refuses a modal whose title or button is longer, and a button of a message past 75.
TEST(ActionTexts, TitlesAndButtonsFit) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = action_texts(language);
    for (const auto text :
         {t.form_add, t.form_owner, t.form_due, t.form_snooze, t.form_wontdo, t.save, t.cancel, t.shortcut})
      EXPECT_LE(test::characters(text), 24U) << text;
    for (const auto text : {t.button_owner, t.button_due, t.button_reopen, t.button_unarchive, t.button_card,
                            t.button_list, t.button_add, t.button_none})
      EXPECT_LE(test::characters(text), 30U) << text;
  }
}

TEST(ActionTexts, EverythingThatHappensHasWordsOfItsOwn) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = action_texts(language);
    std::set<std::string_view> said;
    for (int what = 0; what <= static_cast<int>(What::label_left_out); ++what)
      said.insert(happened_text(t, static_cast<What>(what)));
    EXPECT_EQ(said.size(), static_cast<std::size_t>(What::label_left_out) + 1);
    EXPECT_EQ(happened_text(t, What::done), t.is_done);
    EXPECT_EQ(happened_text(t, What::card_refused), t.card_refused);
    EXPECT_EQ(happened_text(t, What::label_left_out), t.label_left_out);
  }
}

TEST(ActionTexts, EveryReasonOfTrellosHasWordsThatNameWhatItNames) {
  using action::RefusedFor;
  for (const auto language : {Language::en, Language::nb}) {
    std::set<std::string_view> said;
    for (int i = 0; i <= static_cast<int>(RefusedFor::no_access); ++i) {
      const auto why = static_cast<RefusedFor>(i);
      const auto text = refused_text(action_texts(language), why);
      EXPECT_FALSE(text.empty()) << action::name(why);
      const bool names = why == RefusedFor::board_unknown || why == RefusedFor::board_archived ||
                         why == RefusedFor::list_unknown || why == RefusedFor::list_archived;
      EXPECT_EQ(text.contains("{0}"), names) << text;
      said.insert(text);
    }
    EXPECT_EQ(said.size(), static_cast<std::size_t>(RefusedFor::no_access) + 1);
  }
}

// Who is told that something is wrong is told what it means.
TEST(ActionTexts, EveryTroubleOfACardHasAMeaning) {
  const auto& t = action_texts(Language::en);
  for (int i = 0; i <= static_cast<int>(What::label_left_out); ++i) {
    const auto what = static_cast<What>(i);
    const bool fine = what == What::done || what == What::wont_do || what == What::reopened || what == What::restored;
    const bool needs_words = (action::is_told(what) && !fine) || what == What::label_left_out;
    EXPECT_EQ(meaning_of(t, what, true).empty(), !needs_words) << action::name(what);
  }
  EXPECT_NE(meaning_of(t, What::card_refused, false), meaning_of(t, What::card_refused, true));
}

TEST(ActionTexts, EveryRefusalSaysWhatToTypeNext) {
  for (const auto language : {Language::en, Language::nb}) {
    std::set<std::string_view> said;
    for (int refusal = 0; refusal <= static_cast<int>(Refusal::no_board); ++refusal) {
      const auto text = refusal_text(action_texts(language), static_cast<Refusal>(refusal));
      EXPECT_TRUE(said.insert(text).second) << text;
      // A title that is too long has no right form to show.
      EXPECT_EQ(text.find("`{0} ") == std::string_view::npos, static_cast<Refusal>(refusal) == Refusal::title_too_long)
          << text;
    }
  }
}

TEST(ActionTexts, EveryReasonThatACardIsNotLinked) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = action_texts(language);
    std::set<std::string_view> said;
    for (int fault = 0; fault <= static_cast<int>(CardFault::not_read); ++fault)
      said.insert(not_linked_text(t, static_cast<CardFault>(fault), Trouble::none));
    EXPECT_EQ(said.size(), 4U) << "not found and deleted are one to whoever types a link";
    for (int trouble = 1; trouble <= static_cast<int>(Trouble::unreachable); ++trouble)
      said.insert(not_linked_text(t, CardFault::not_found, static_cast<Trouble>(trouble)));
    EXPECT_EQ(said.size(), 8U) << "the trouble of Trello as a whole comes first";
  }
}

TEST(ActionTexts, KindsAndTroublesHaveWords) {
  for (const auto language : {Language::en, Language::nb}) {
    const auto& t = action_texts(language);
    EXPECT_TRUE(kind_shown(t, Kind::unset).empty());
    std::set<std::string_view> kinds, troubles;
    for (const auto kind : {Kind::prevent, Kind::mitigate, Kind::detect, Kind::process})
      kinds.insert(kind_shown(t, kind));
    EXPECT_EQ(kinds.size(), 4U);
    for (const auto trouble :
         {Trouble::not_configured, Trouble::token_refused, Trouble::rate_limited, Trouble::unreachable}) {
      troubles.insert(trouble_text(t, trouble, false));
      EXPECT_EQ(trouble_text(t, trouble, true), t.trouble_over);
    }
    EXPECT_EQ(troubles.size(), 4U);
    EXPECT_FALSE(troubles.contains(t.trouble_over));
  }
}

}  // namespace
}  // namespace vakt
