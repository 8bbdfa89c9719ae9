#include "bot/texts/texts.hpp"

#include <gmock/gmock.h>

#include "tests/bot/texts/both_languages.hpp"

namespace vakt {
namespace {

TEST(Texts, EveryTextIsThereInBothLanguagesWithTheSameSlotsAndPingsNobody) {
  test::expect_whole(texts(Language::en), texts(Language::nb));
}

TEST(Texts, SlacksRefusalsAreSaidInThePersonsLanguageWithSlacksOwnCode) {
  const auto& en = texts(Language::en);
  const auto& nb = texts(Language::nb);
  for (const auto* code :
       {"restricted_action", "channel_not_found", "not_in_channel", "is_archived", "missing_scope"}) {
    EXPECT_NE(why_shown(en, code), why_shown(nb, code));
    EXPECT_NE(why_shown(nb, code).find(code), std::string::npos);
  }
  EXPECT_EQ(why_shown(nb, "odd_new_code"), "odd_new_code");
  EXPECT_EQ(why_shown(nb, "slack.com could not be reached: refused"), nb.why_unreachable)
      << "an English sentence is for the log";
  EXPECT_EQ(why_shown(en, "<!channel>").find('<'), std::string::npos);
}

TEST(Texts, FillPutsValuesInAsTheyAre) {
  EXPECT_EQ(fill("{0} and {1}, {0}", {"a", "b"}), "a and b, a");
  EXPECT_EQ(fill("{0}", {"{1}%s"}), "{1}%s");
  EXPECT_EQ(fill("{2} {x} { {", {"a"}), "{2} {x} { {");
  EXPECT_EQ(fill("", {}), "");
}

TEST(Texts, WhatWasFilledInIsReadBack) {
  using Values = std::vector<std::string>;
  EXPECT_EQ(read_back("{1} in {0}: {2}.", "a in b: c. d."), (Values{"b", "a", "c. d"}));
  EXPECT_EQ(read_back("just words", "just words"), Values{});
  EXPECT_EQ(read_back("{0}", ""), Values{""});
  for (const auto* other : {"a in b", "a in b: c", "x", ""})
    EXPECT_FALSE(read_back("{1} in {0}: {2}.", other)) << other;
  EXPECT_FALSE(read_back("just words", "just words more"));
  EXPECT_EQ(refilled("{0} of {1}", "{1}s {0}", "head of team"), "teams head");
  EXPECT_EQ(refilled("{0} of {1}", "{1}s {0}", "head"), std::nullopt);
}

TEST(Texts, WhatIsOverIsShownAsOver) {
  const auto& t = texts(Language::nb);
  EXPECT_EQ(state_shown(t, {.phase = Phase::identified}), "årsak funnet");
  EXPECT_EQ(state_shown(t, {.status = Status::resolved, .phase = Phase::identified}), "løst");
  EXPECT_EQ(shown(t, Severity::unset), "alvorlighet ikke satt");
  EXPECT_EQ(shown(t, Severity::sev4), "SEV4");
}

}  // namespace
}  // namespace vakt
