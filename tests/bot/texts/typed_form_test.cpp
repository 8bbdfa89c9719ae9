#include "bot/texts/typed_form.hpp"

#include <gtest/gtest.h>

namespace vakt {
namespace {

TEST(TypedForm, WhatStandsForWordsOfTheirsIsInTheirLanguage) {
  EXPECT_EQ(typed_form(Language::nb, "snooze ID DATE REASON"), "snooze ID DATO GRUNN");
  EXPECT_EQ(typed_form(Language::nb, "add TITLE [@owner] [due DATE]"), "add TITTEL [@owner] [due DATO]");
  EXPECT_EQ(typed_form(Language::nb, "link CARD-URL"), "link KORT-URL");
  EXPECT_EQ(typed_form(Language::nb, "percent NAME N [ENVIRONMENT]"), "percent NAVN N [MILJØ]");
  EXPECT_EQ(typed_form(Language::nb, "advance [NUMBER] [REASON]"), "advance [NUMMER] [GRUNN]");
  EXPECT_EQ(typed_form(Language::nb, "note 09:20 TEXT"), "note 09:20 TEKST");
}

TEST(TypedForm, WhatIsTypedAsItStandsStays) {
  for (const char* form : {"help", "mark down|up|fixed|event-start|event-end [TID]", "severity sev1|sev2", ""}) {
    EXPECT_EQ(typed_form(Language::nb, form), form);
    EXPECT_EQ(typed_form(Language::en, form), form);
  }
  EXPECT_EQ(typed_form(Language::en, "snooze ID DATE REASON"), "snooze ID DATE REASON");
}

}  // namespace
}  // namespace vakt
