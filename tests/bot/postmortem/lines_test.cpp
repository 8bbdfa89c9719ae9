#include "bot/postmortem/lines.hpp"

#include <gmock/gmock.h>

#include "bot/postmortem/sections.hpp"
#include "bot/postmortem/table.hpp"

namespace vakt::postmortem {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A letter a line: text, code, comment, front matter.
std::string kinds(std::string_view markdown) {
  std::string out;
  for (const auto& line : lines_of(markdown)) out += "tc-f"[static_cast<std::size_t>(line.kind)];
  return out;
}

TEST(Lines, EachIsWhatItIs) {
  EXPECT_EQ(kinds("---\na: b\n---\n# x\n<!--\n## y\n-->\ntext\n<!-- one -->\ntext"), "ffft---t-t");
  EXPECT_EQ(kinds("a\n```\n## x\n```\nb"), "tccct");
  EXPECT_EQ(kinds("   ```java\nx\n``` \nb"), "ccct");
  EXPECT_EQ(kinds("~~~\n```\n~~~\nb"), "ccct");
  EXPECT_EQ(kinds(""), "");
}

TEST(Lines, AFenceEndsWithOneAsLong) {
  EXPECT_EQ(kinds("````\n```\nx\n```\n`````\nb"), "ccccct");
  EXPECT_EQ(kinds("```\n``` no end\n~~~\n    ```\n```\nb"), "ccccct");
}

TEST(Lines, AFenceThatIsNeverClosedIsText) {
  EXPECT_EQ(kinds("```\n## x\n````x\ny"), "tttt");
  EXPECT_EQ(kinds("````\n```\nx\n```\ny"), "tccct");
  EXPECT_EQ(kinds("```a``` b\n    ```\nx"), "ttt");
}

TEST(Lines, InACommentNothingIsCodeAndInCodeNothingIsAComment) {
  EXPECT_EQ(kinds("<!--\n```\n-->\n## x\n```"), "---tt");
  EXPECT_EQ(kinds("```\n<!--\n```\n## x"), "ccct");
}

TEST(Lines, ManyFencesThatAreNeverClosedTakeNoTime) {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "```x\n";
  EXPECT_EQ(lines_of(many).size(), 100'000U);
}

TEST(Sections, WhatStandsInCodeIsText) {
  const auto sections = with_placeholders("## A\n```\n## B\n\n\n**C:**\n[FILL_IN]\n<!--\n```\n\n## D\n");
  EXPECT_EQ(sections.markdown, "## A\n```\n## B\n\n\n**C:**\n[FILL_IN]\n<!--\n```\n\n## D\n\n[FILL_IN]\n");
  EXPECT_EQ(sections.count, 2U);
  EXPECT_THAT(sections.empty, ElementsAre("D"));
  EXPECT_THAT(unfilled_places("## A\n```\n- x: [FILL_IN]\n```\n"), IsEmpty());
  EXPECT_EQ(without_comments("```\n<!-- a -->\n```\n<!-- b -->\n"), "```\n<!-- a -->\n```\n");
}

TEST(Table, WhatStandsInCodeIsNone) {
  const std::string code = "```\n| a | b |\n|---|---|\n| long | x |\n```\n";
  EXPECT_EQ(with_aligned_tables(code), code);
  EXPECT_EQ(with_aligned_tables("| a | b |\n|---|---|\n" + code), "| a   | b   |\n|-----|-----|\n" + code);
}

}  // namespace
}  // namespace vakt::postmortem
