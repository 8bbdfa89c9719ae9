#include <gmock/gmock.h>

#include "tests/bot/view/action_make.hpp"

namespace vakt::view {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using vakt::action::Kind;

TEST(ActionCardText, ACardSaysWhereItComesFrom) {
  auto item = loki(false);
  item.kind = Kind::detect;
  item.priority = Severity::sev1;
  EXPECT_EQ(card_description(en, item, "Backend down", "https://a.slack.com/archives/C1/p1", true, "Kari"),
            "From incident #3: Backend down\n\n<https://a.slack.com/archives/C1/p1>\n\nOwner: Kari\n\n"
            "Kind: detects\n\nPriority: SEV1");
  item.incidents.clear();
  EXPECT_EQ(card_description(nb, item, {}, {}, false), "Skrevet ned av vakt.\n\nType: oppdager\n\nPrioritet: SEV1");
  EXPECT_THAT(card_description(en, item, {}, {}, true), HasSubstr("Owner: UKARI")) << "better than nobody";
}

TEST(ActionCardText, ATitleCannotBreakOutOfACard) {
  const auto item = loki(false);
  EXPECT_EQ(
      card_description(en, item, "a\n# b\n- [x](http://evil.no) <b>*c* `d` \\ _e_ ~f~ &lt;", "javascript:x", false),
      "From incident #3: a # b - \\[x\\](http://evil.no) \\<b\\>\\*c\\* \\`d\\` \\\\ \\_e\\_ \\~f\\~ \\&lt;");
  EXPECT_THAT(card_description(en, item, "x", "https://a.no/>\n# y", false), Not(HasSubstr("#y")));
}

TEST(ActionCardText, ATitleThatTrelloCutsStandsInTheDescription) {
  auto item = loki(false);
  item.title = std::string(16'384, 'a');
  EXPECT_THAT(card_description(en, item, "x", {}, false), Not(HasSubstr("In full")));
  std::string faces;
  for (int i = 0; i < 9'000; ++i) faces += "😀";  // two of Trello's units each
  item.title = faces;
  const auto text = card_description(en, item, std::string(5'000, '*'), {}, true, std::string(5'000, '_'));
  EXPECT_THAT(text, StartsWith("In full: 😀"));
  EXPECT_THAT(text, AllOf(HasSubstr("From incident"), HasSubstr("Owner: ")));
}

}  // namespace
}  // namespace vakt::view
