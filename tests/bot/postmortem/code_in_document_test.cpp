// What people paste, log lines and stack traces, in each place of a document.
#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const std::string trace =
    "It said\n```\n## not a heading\n| a | b |\n|---|---|\n[FILL_IN] {{x}} {% y %}\n\tat `A` &lt;!-- &lt;script&gt;\n"
    "```\nand stopped.";

TEST(CodeInDocument, AFieldKeepsItsBlock) {
  Written w;
  w.field("impact", trace);
  const auto text = w.markdown("oslo");
  EXPECT_THAT(text, HasSubstr("-->\nIt said\n```\n## not a heading\n| a | b |\n|---|---|\n[FILL_IN] {{x}} {% y %}\n"
                              "\tat `A` <!-- <script>\n```\nand stopped.\n\n## Cause(s)\n"));
  const auto document = w.through("oslo");
  EXPECT_EQ(document->sections, 10U);
  EXPECT_THAT(document->empty, Not(Contains("Impact")));
  EXPECT_THAT(postmortem::html(*document, ""),
              AllOf(HasSubstr("<pre><code>## not a heading\n| a | b |\n|---|---|\n[FILL_IN] {{x}} {% y %}\n"
                              "    at `A` &lt;!-- &lt;script&gt;\n</code></pre>"),
                    HasSubstr("<mark>[FILL_IN]</mark>"), Not(HasSubstr("<h2>not a heading"))));
}

TEST(CodeInDocument, ARowShowsItsFirstLinesAsCode) {
  Written w;
  w.note("2022-04-20 11:00", "Saw\n```\njava.lang.NPE\n\tat A.b\n\tat C.d\n\tat E.f\n```");
  w.note("2022-04-20 11:01", "```2022 | ERROR | [main] x\n[main] y```");
  const auto document = w.through("oslo");
  EXPECT_THAT(document->markdown, HasSubstr("| Saw `java.lang.NPE` / `at A.b` / `at C.d` … "));
  EXPECT_THAT(document->markdown, HasSubstr("| 2022 \\| ERROR \\| \\[main\\] x / `[main] y` "));
  const auto page = postmortem::html(*document, "");
  EXPECT_THAT(page, AllOf(HasSubstr("<td>Saw <code>java.lang.NPE</code> / <code>at A.b</code>"),
                          HasSubstr("<td>2022 | ERROR | [main] x / <code>[main] y</code></td>")));
  EXPECT_THAT(w.markdown("nav"), HasSubstr("\n- 11:00 Saw `java.lang.NPE` / `at A.b` / `at C.d` …\n"));
}

// Whatever a template has around a field, the fence stands on a line of its own, and so does its end.
TEST(CodeInDocument, NoFenceSwallowsTheRest) {
  Written w;
  w.field("impact", "```\na\nb\n```");
  w.field("cause", "```\nnever closed\n## x");
  for (const std::string name : {"impact", "cause"})
    for (const auto* around : {"{{x}}", "- Said: {{x}} so\n", "> {{x}}", "| a |\n|---|\n| {{x}} |\n", "    {{x}}"}) {
      auto own = std::string{around};
      own.replace(own.find("x}}"), 1, name);
      const auto document = w.through(own + "\n\n## After\n\n[FILL_IN]\n");
      ASSERT_TRUE(document) << own;
      EXPECT_THAT(postmortem::html(*document, ""), HasSubstr("<h2>After</h2>\n<p><mark>[FILL_IN]</mark></p>")) << own;
      EXPECT_THAT(document->empty, testing::ElementsAre("After")) << own;
    }
}

TEST(CodeInDocument, OfAPageThatAGeneratorMakesNothingIsFilledIn) {
  Written w;
  w.field("impact", trace);
  EXPECT_THAT(w.markdown("nav"),
              HasSubstr("\n```\n## not a heading\n| a | b |\n|---|---|\n[FILL_IN] { {x}} { % y %}\n"));
}

}  // namespace
}  // namespace vakt::test
