#include "bot/record/markdown.hpp"

#include <gmock/gmock.h>

namespace vakt {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

const Settings settings{.timezone = "Europe/Oslo"};
const Instant noon{1'700'000'000s};  // 2023-11-14 23:13:20 in Oslo

Record with(std::vector<Entry> entries) {
  return {.incident = {.number = 4,
                       .title = "Kassa # &lt;nede&gt;",
                       .severity = Severity::sev2,
                       .declared_at = noon,
                       .roles = {{"lead", "U1"}}},
          .entries = std::move(entries),
          .names = {{"U1", "Kari"}}};
}

TEST(Markdown, HasHeaderTimelineAndEverything) {
  const auto text = record_markdown(with({{.at = noon, .kind = EntryKind::message, .actor = "U1", .text = "chatter"},
                                          {.at = noon,
                                           .approximate = true,
                                           .kind = EntryKind::note,
                                           .actor = "U1",
                                           .text = "found",
                                           .on_timeline = true}}),
                                    settings);
  EXPECT_TRUE(text.starts_with("# 4 Kassa \\# &lt;nede&gt;\n")) << text;
  EXPECT_THAT(text,
              AllOf(HasSubstr("SEV2"), HasSubstr("Kari"), HasSubstr("~2023-11-14 23:13:20"), HasSubstr("Europe/Oslo")));
  const auto timeline = text.substr(0, text.rfind("\n## "));
  EXPECT_THAT(timeline, AllOf(HasSubstr("found"), Not(HasSubstr("chatter"))));
  EXPECT_THAT(text, HasSubstr("chatter"));
}

TEST(Markdown, ADeletedMessageShowsNoWordOfItsTextFilesOrVersions) {
  Entry entry{.at = noon, .kind = EntryKind::message, .actor = "U1", .text = "password", .on_timeline = true};
  entry.deleted_at = noon + 1min;
  entry.versions = {{noon, "hunter2"}};
  entry.files = {{"F1", "keys.txt", "https://f"}};
  EXPECT_THAT(record_markdown(with({entry}), settings), AllOf(Not(HasSubstr("password")), Not(HasSubstr("hunter2")),
                                                              Not(HasSubstr("keys.txt")), HasSubstr("(deleted)")));
}

TEST(Markdown, PeoplesWordsStayWordsOnOneLine) {
  const auto text = record_markdown(
      with(
          {{.at = noon, .kind = EntryKind::message, .actor = "U1", .text = "&lt;script&gt;x\n# Heading | [a](b) `c`"}}),
      settings);
  EXPECT_THAT(text, AllOf(Not(HasSubstr("<script>")), Not(HasSubstr("\n# Heading")), HasSubstr("\\[a\\](b)"),
                          HasSubstr("\\`c\\`")));
}

TEST(Markdown, AnEmptyRecordSaysSo) { EXPECT_THAT(record_markdown(with({}), settings), HasSubstr("(none)")); }

}  // namespace
}  // namespace vakt
