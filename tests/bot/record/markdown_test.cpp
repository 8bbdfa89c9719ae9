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
  EXPECT_TRUE(text.starts_with("# 4 Kassa # &lt;nede>\n")) << text;
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
                          HasSubstr("`c`")));
}

TEST(Markdown, AnAddressKeepsEveryPartOfItsQuery) {
  const auto text = record_markdown(
      with({{.at = noon, .kind = EntryKind::message, .actor = "U1", .text = "see https://g.example/d?a=1&amp;b=2."}}),
      settings);
  EXPECT_THAT(text, HasSubstr("https://g.example/d?a=1&b=2"));
  EXPECT_THAT(text, Not(HasSubstr("&amp;")));
}

TEST(Markdown, ActionItemsAreTasksWithTheirCards) {
  auto record = with({});
  EXPECT_THAT(record_markdown(record, settings), Not(HasSubstr("Action items")));
  record.items = {{.id = 12, .title = "Keep [logs](x)\n# long", .owner = "U1"},
                  {.id = 13, .title = "Alert", .state = action::State::done},
                  {.id = 14, .title = "Rewrite", .state = action::State::wont_do, .reason = "too *late*"}};
  record.items[0].due = std::chrono::year{2026} / std::chrono::December / 4;
  record.items[0].priority = Severity::sev2;
  record.items[0].card = action::CardRef{.short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
  record.items[0].label = "KM676";
  record.items[1].closed_at = noon;
  const auto text = record_markdown(record, settings);
  EXPECT_THAT(text, HasSubstr("\n## Action items\n\n- [ ] 12 [KM676](https://trello.com/c/QIgNLSh1) "
                              "Keep \\[logs\\](x) / # long · SEV2 · Kari · due 2026-12-04\n"));
  EXPECT_THAT(text, HasSubstr("\n- [x] 13 Alert · no owner · 2023-11-14 23:13\n"));
  EXPECT_THAT(text, HasSubstr("\n- [x] 14 Rewrite · no owner · won't be done: too \\*late\\*\n"));
}

TEST(Markdown, AnEmptyRecordSaysSo) { EXPECT_THAT(record_markdown(with({}), settings), HasSubstr("(none)")); }

}  // namespace
}  // namespace vakt
