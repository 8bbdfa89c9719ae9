#include "bot/rollouts/release_plan.hpp"

#include <gmock/gmock.h>

#include "tests/bot/rollouts/make.hpp"

namespace vakt::rollout {
namespace {

using test::at_stage;
using test::planned;
using test::rollout_start;
using testing::Contains;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::Not;

ReleasePlan plan_of(const Rollout& rollout) { return release_plan(rollout, {{"U1", "Kari"}}, "UTC"); }

std::vector<std::string> headings(const std::string& markdown) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from < markdown.size();) {
    const auto end = markdown.find('\n', from);
    if (markdown[from] == '#')
      out.push_back(markdown.substr(markdown.find(' ', from) + 1, end - markdown.find(' ', from) - 1));
    from = end + 1;
  }
  return out;
}

// In the order of VA.gov's own document.
TEST(ReleasePlan, HasTheHeadingsOfTheReleasePlanInTheirOrder) {
  const std::vector<std::string> expected{
      "Release plan: checkout",
      "Step 1: Development",
      "Step 2: Validation",
      "Step 3: Production rollout",
      "Phase I: moderated production testing (also known as User Acceptance Testing, or UAT)",
      "Planning",
      "Results",
      "Phase II: Staged Rollout (also known as unmoderated production testing)",
      "Rollout Planning",
      "Stage A: Canary",
      "Planning",
      "Results",
      "Stage B: 25% of users",
      "Planning",
      "Results",
      "Stage C: 50% of users",
      "Planning",
      "Results",
      "Stage D: 100% of users",
      "Planning",
      "Results",
      "Post Launch metrics",
      "1-week results",
      "1-month results",
      "Post-launch Questions"};
  EXPECT_THAT(headings(plan_of(planned()).markdown), ElementsAreArray(expected));
}

TEST(ReleasePlan, HoldsWhatWasRecordedAndListsWhatWasNot) {
  auto now = at_stage(3);
  now.runs[0].reason = "could not be reproduced";
  Record canary = test::seen(10, "No such file or directory @ rb_sysopen");
  canary.about = true;
  canary.metrics.push_back({"Successful submissions", "10 of 10"});
  canary.downstream = "No";
  canary.changes = "None";
  now.runs[0].records.push_back(canary);
  Record week = test::seen(170);
  week.about = true;
  week.changes = "Minor changes to VaNotify";
  now.week->records.push_back(week);
  const auto [text, unfilled] = plan_of(now);
  EXPECT_THAT(text, HasSubstr("- Length of time: 1 week\n"));
  EXPECT_THAT(text, HasSubstr("- Length of time: N/A\n"));
  EXPECT_THAT(text, HasSubstr("- Number of unique users: ≈10\n"));
  EXPECT_THAT(text, HasSubstr("Successful submissions: 10 of 10"));
  EXPECT_THAT(text, HasSubstr("advanced by Kari (could not be reproduced)"));
  EXPECT_THAT(text, HasSubstr("- Types of errors logged: No such file or directory @ rb\\_sysopen\n"));
  EXPECT_THAT(text, HasSubstr("≈170 (no error recorded: the error rate may still be up to 1.8 %, 95 %)"));
  EXPECT_THAT(text, HasSubstr("- If yes, what: Minor changes to VaNotify\n"));
  EXPECT_THAT(unfilled, Contains("Stage B: 25% of users: Number of unique users"));
  EXPECT_THAT(unfilled, Not(Contains("Stage A: Canary: Number of unique users")));
  std::size_t marks = 0;
  for (auto at = text.find("[FILL_IN]"); at != std::string::npos; at = text.find("[FILL_IN]", at + 1)) ++marks;
  EXPECT_EQ(marks, unfilled.size());
}

TEST(ReleasePlan, PeoplesWordsBreakNothing) {
  auto now = at_stage(0);
  now.criteria = {"a | b", "# c", "<script>alert(1)</script>", "[FILL_IN]", "two\nlines"};
  now.runs[0].records.push_back(test::seen(1, "**x** `y`\n- z"));
  const auto text = plan_of(now).markdown;
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("**x**")));
  EXPECT_THAT(text, Not(HasSubstr("\n- z")));
  EXPECT_THAT(text, HasSubstr("a \\| b"));
}

TEST(ReleasePlan, SaysThatItWasRolledBackAndWhy) {
  const auto off =
      rolled_back(rollback_asked(at_stage(1), "spike in errors", test::rollout_act()), test::rollout_act());
  EXPECT_THAT(plan_of(off).markdown, HasSubstr("- Rolled back: 2023-06-20 08:00, Kari: spike in errors\n"));
}

}  // namespace
}  // namespace vakt::rollout
