#include "bot/texts/markdown_text.hpp"

#include <gmock/gmock.h>

namespace vakt {
namespace {

const Names names{{"U1", "kari_n"}, {"C1", "drift"}};

TEST(MarkdownText, WordsStayWords) {
  EXPECT_EQ(markdown_words("a | b * c [d](e) <script> & &amp; #5 `x` \\ {{y}} {% z %}"),
            "a \\| b \\* c \\[d\\](e) &lt;script> & &amp;amp; #5 \\`x\\` \\\\ \\{\\{y}} \\{% z %}");
  EXPECT_EQ(markdown_words("two\nlines\t\x01"), "two / lines  ");
  EXPECT_EQ(markdown_words("snake_case is kept, _this_ is no emphasis, ~nor~ that"),
            "snake_case is kept, \\_this\\_ is no emphasis, ~nor\\~ that");
}

TEST(MarkdownText, NoLineBeginsABlock) {
  EXPECT_EQ(markdown_words("# heading"), "\\# heading");
  EXPECT_EQ(markdown_words("#\theading"), "\\# heading");
  EXPECT_EQ(markdown_words("-\x01item"), "\\- item");
  EXPECT_EQ(markdown_words("#citykey"), "#citykey");
  EXPECT_EQ(markdown_words("> quote"), "\\> quote");
  EXPECT_EQ(markdown_words(" \x01\n> quote"), "\\> quote");
  EXPECT_EQ(markdown_words("- item"), "\\- item");
  EXPECT_EQ(markdown_words("---"), "\\---");
  EXPECT_EQ(markdown_words("-> next"), "-> next");
  EXPECT_EQ(markdown_words("==="), "\\===");
  EXPECT_EQ(markdown_words("~~~"), "\\~\\~\\~");
  EXPECT_EQ(markdown_words("12. item"), "12\\. item");
  EXPECT_EQ(markdown_words("12.30 it fell over"), "12.30 it fell over");
}

TEST(MarkdownText, LinksMentionsAndCodeOfSlackAreKept) {
  EXPECT_EQ(markdown_line("see <https://x.example/a_b?c=1&amp;d=2|the *graph*|> by <@U1> in <#C1>", names),
            "see [the \\*graph\\*\\|](https://x.example/a_b?c=1&d=2) by @kari_n in #drift");
  EXPECT_EQ(markdown_line("<https://x.example/a_b>", names), "https://x.example/a_b");
  EXPECT_EQ(markdown_line("look at https://x.example/a|b, (http://y.example).", names),
            "look at https://x.example/a\\|b, (http://y.example).");
  EXPECT_EQ(markdown_line("`a &lt; b_c` and `x|y` and ``", names), "`a < b_c` and \\`x\\|y\\` and \\`\\`");
  EXPECT_EQ(markdown_line("<mailto:a@b.example|write> <javascript:alert(1)|x>", names),
            "write (a@b.example) x (javascript:alert(1))");
}

TEST(MarkdownText, ALinkMayBeTypedAsMarkdown) {
  EXPECT_EQ(markdown_line("we [reached out](<https://t.example/p1>) to them", names),
            "we [reached out](https://t.example/p1) to them");
  EXPECT_EQ(markdown_line("[a] [b *c*](https://t.example), [](https://t.example) (https://t.example)", names),
            "\\[a\\] [b \\*c\\*](https://t.example), \\[\\](https://t.example) (https://t.example)");
}

TEST(MarkdownText, NoLinkBecomesAPicture) {
  EXPECT_EQ(markdown_line("![x](https://t.example/a.png)", names), "\\![x](https://t.example/a.png)");
  EXPECT_EQ(markdown_line("look!<https://t.example/a.png|x>", names), "look\\![x](https://t.example/a.png)");
}

TEST(MarkdownText, AnAddressEndsNoLinkAndNoCell) {
  EXPECT_EQ(markdown_link("t", "https://x.example/a(b)|c\"<d> e"), "[t](https://x.example/a%28b%29%7Cc%22%3Cd%3E%20e)");
  EXPECT_EQ(markdown_link("", "https://x.example"), "https://x.example");
  EXPECT_EQ(markdown_link("x](y", "javascript:alert(1)"), "x\\](y");
}

TEST(MarkdownText, ListsAndLinesOfABlockAreKept) {
  EXPECT_EQ(markdown_block("First:\n• one\n  - *two*\n    goes on\nlast\n\n", names),
            "First:\n- one\n  - \\*two\\*\n    goes on\nlast");
  EXPECT_EQ(markdown_block("    no code\n# no heading\n1. number", names), "no code\n\\# no heading\n1. number");
  EXPECT_EQ(markdown_block("a\n- \nb", names), "a\n\\- \nb");
  EXPECT_EQ(markdown_block("", names), "");
}

TEST(MarkdownText, ACodeBlockStaysOneWithWhatStandsInIt) {
  EXPECT_EQ(
      markdown_block("It said:\n```\n## x\n| a | b |\n  &lt;!-- *at* <https://x.example/a|x.example/a>\n```\n# after",
                     names),
      "It said:\n```\n## x\n| a | b |\n  <!-- *at* x.example/a\n```\n\\# after");
  EXPECT_EQ(markdown_block("```one\n\n\ttwo```", names), "```\none\n\n\ttwo\n```");
  EXPECT_EQ(markdown_block("- a\n```\n- b\n```  \n- c", names), "- a\n```\n- b\n```\n- c");
  EXPECT_EQ(markdown_block("look ```a\nb``` there", names), "look\n```\na\nb\n```\nthere");
  EXPECT_EQ(markdown_block("```kubectl get pods```", names), "```\nkubectl get pods\n```");
  EXPECT_EQ(markdown_block("run ```undo``` now", names), "run `undo` now");
}

TEST(MarkdownText, AFenceIsLongerThanAnyRunInside) {
  EXPECT_EQ(markdown_block("````\n```\nx\n```\n````\nafter", names), "````\n```\nx\n```\n````\nafter");
  EXPECT_EQ(markdown_block("```a ` and `` b\nc```", names), "```\na ` and `` b\nc\n```");
  EXPECT_EQ(markdown_line("```a `b```", names), "``a `b``");
  EXPECT_EQ(markdown_line("```\n`b\n```", names), "`` `b ``");
}

TEST(MarkdownText, AFenceThatIsNeverClosedEndsWithItsText) {
  EXPECT_EQ(markdown_block("trace:\n```\nat a\n  at b\n", names), "trace:\n```\nat a\n  at b\n```");
  EXPECT_EQ(markdown_block("use ``` for code\nand more", names), "use \\`\\`\\` for code\nand more");
  EXPECT_EQ(markdown_block("``` ```\nx", names), "\\`\\`\\` \\`\\`\\`\nx");
  EXPECT_EQ(markdown_line("a\n```\nb", names), "a `b`");
}

TEST(MarkdownText, ACodeBlockInALineIsCodeLineByLine) {
  const std::string typed = "down:\n```\njava.lang.NPE\n\tat A.b(A.java:1)\n\tat C\n\tat D\n```\nrolled back";
  EXPECT_EQ(markdown_line(typed, names), "down: `java.lang.NPE` / `at A.b(A.java:1)` / `at C` / `at D` / rolled back");
  EXPECT_EQ(markdown_line(typed, names, 2), "down: `java.lang.NPE` / `at A.b(A.java:1)` … / rolled back");
  EXPECT_EQ(markdown_line("run ```a``` and ```b```.", names), "run `a` and `b`.");
  EXPECT_EQ(markdown_line("```a | b\n[main] {{x}}\n[main] x\n[FILL_IN]\n&lt;b&gt; &amp;amp;```", names),
            "a \\| b / \\[main\\] \\{\\{x}} / `[main] x` / \\[FILL_IN\\] / `<b> &amp;`");
}

}  // namespace
}  // namespace vakt
