#include "bot/postmortem/release_plan.hpp"

#include <gmock/gmock.h>

#include "bot/postmortem/sections.hpp"
#include "tests/bot/rollouts/make.hpp"

namespace vakt::test {
namespace {

using rollout::Record;
using rollout::Rollout;
using testing::Contains;
using testing::ElementsAreArray;
using testing::HasSubstr;
using testing::Not;

postmortem::Document plan_of(const Rollout& rollout) {
  return *postmortem::write_release_plan(rollout, {{"U1", "Kari"}}, *postmortem::built_in("va-release-plan"),
                                         {.timezone = "UTC"});
}

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
      "Do I need a staged rollout?",
      "Rollback Process:",
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
  Record canary = seen(10, "No such file or directory @ rb_sysopen");
  canary.about = true;
  canary.metrics.push_back({"Successful submissions", "10 of 10"});
  canary.downstream = "No";
  canary.changes = "None";
  now.runs[0].records.push_back(canary);
  Record week = seen(170);
  week.about = true;
  week.changes = "Minor changes to VaNotify";
  now.week->records.push_back(week);
  const auto text = plan_of(now).markdown;
  const auto unfilled = postmortem::unfilled_places(text);
  EXPECT_THAT(text, HasSubstr("- Length of time: 1 week\n"));
  EXPECT_THAT(text, HasSubstr("- Length of time: N/A\n"));
  EXPECT_THAT(text, HasSubstr("- Number of unique users: ≈10\n"));
  EXPECT_THAT(text, HasSubstr("Successful submissions: 10 of 10"));
  EXPECT_THAT(text, HasSubstr("advanced by Kari (could not be reproduced)"));
  EXPECT_THAT(text, HasSubstr("- Types of errors logged: No such file or directory @ rb_sysopen\n"));
  EXPECT_THAT(text, HasSubstr("≈170 (no error recorded: the error rate may still be up to 1.8 %, 95 %)"));
  EXPECT_THAT(text, HasSubstr("- If yes, what: Minor changes to VaNotify\n"));
  EXPECT_THAT(unfilled, Contains("Stage B: 25% of users: Number of unique users"));
  EXPECT_THAT(unfilled, Not(Contains("Stage A: Canary: Number of unique users")));
  EXPECT_THAT(unfilled,
              Contains("Phase I: moderated production testing (also known as User Acceptance Testing, or UAT): "
                       "Number of bugs identified / fixed"));
  std::size_t marked = 0;  // lines
  for (auto at = text.find("[FILL_IN]"); at != std::string::npos; at = text.find("[FILL_IN]", text.find('\n', at)))
    ++marked;
  EXPECT_EQ(marked, unfilled.size());
}

TEST(ReleasePlan, PeoplesWordsBreakNothing) {
  auto now = at_stage(0);
  now.criteria = {"a | b", "# c", "<script>alert(1)</script>", "[FILL_IN]", "two\nlines"};
  now.runs[0].records.push_back(seen(1, "**x** `y`\n- z"));
  const auto text = plan_of(now).markdown;
  EXPECT_THAT(text, Not(HasSubstr("<script")));
  EXPECT_THAT(text, Not(HasSubstr("**x**")));
  EXPECT_THAT(text, Not(HasSubstr("\n- z")));
  EXPECT_THAT(text, HasSubstr("a \\| b"));
}

TEST(ReleasePlan, SaysThatItWasRolledBackAndWhy) {
  const auto off = rolled_back(rollback_asked(at_stage(1), "spike in errors", rollout_act()), rollout_act());
  EXPECT_THAT(plan_of(off).markdown, HasSubstr("- Rolled back: 2023-06-20 08:00, Kari: spike in errors\n"));
}

TEST(ReleasePlan, AnOwnTemplateMayUseAllThatARolloutKnows) {
  const postmortem::Template own{.name = "va-release-plan",
                                 .file = "own.mustache",
                                 .text =
                                     "{{! language: nb }}\n{{! file: NN-SLUG.md }}\n# {{title}}\n"
                                     "{{#stages}}{{letter}} {{percent}} {{length}}; {{/stages}}\n"};
  const auto written = postmortem::write_release_plan(planned(), {}, own, {.timezone = "UTC"});
  ASSERT_TRUE(written) << written.error().text;
  EXPECT_EQ(written->markdown, "# checkout\nA 10 1 uke; B 25 2 dager; C 50 1 dag; D 100 ; \n");
  EXPECT_EQ(written->file_name, "03-checkout.md");
  const auto wrong = postmortem::write_release_plan(planned(), {}, {.file = "own.mustache", .text = "{{stage}}"}, {});
  EXPECT_EQ(wrong.error().text, "own.mustache, line 1: documents know no {{stage}}. The nearest name is {{staged}}.");
}

TEST(ReleasePlan, TellsOfEachStageWhatHappenedInOrder) {
  auto now = proven(planned(), 0, "because", 1, rollout_act(), "UTC");
  now = *changed_by_hand(now, "ola", "definition changed", rollout_start + 1h);
  now = *changed_by_hand(now, "", "state DISABLED", rollout_start + 2h);
  now = proven(now, 0, "agreed", 2, rollout_act(3h, "U2"), "UTC");
  now = rolled_back(now, rollout_act(4h), "spike");
  EXPECT_THAT(plan_of(now).markdown,
              HasSubstr("- Ran: 2023-06-20 08:00 - 2023-06-20 12:00, advanced by Kari (because)\n"
                        "- 2023-06-20 09:00: changed by hand by ola (definition changed)\n"
                        "- 2023-06-20 10:00: changed by hand (state DISABLED)\n"
                        "- 2023-06-20 11:00: resumed by U2 (agreed)\n"
                        "- 2023-06-20 12:00: rolled back by Kari (spike)\n"
                        "- Number of unique users:"));
}

TEST(ReleasePlan, WhatHappenedBeforeTheFirstStageStandsWithIt) {
  const auto held = hold(planned(), "not today", rollout_act());
  EXPECT_THAT(plan_of(*held).markdown, HasSubstr("- 2023-06-20 08:00: held by Kari (not today)\n"));
}

}  // namespace
}  // namespace vakt::test
