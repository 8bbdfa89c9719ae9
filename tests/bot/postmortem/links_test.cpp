#include "bot/postmortem/links.hpp"

#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using testing::ElementsAre;

TEST(Links, AreNamedByWhatTheyLeadTo) {
  const auto title = [](const std::string& url) {
    return postmortem::title_of(url, {{"C1", "drift"}}, "Europe/Oslo", Language::en);
  };
  EXPECT_EQ(title("https://github.com/kari/shop/pull/298"), "Pull request kari/shop#298");
  EXPECT_EQ(title("https://gitlab.com/a/b/shop/-/merge_requests/7#note_1"), "Pull request a/b/shop#7");
  EXPECT_EQ(title("https://trello.com/c/QIgNLSh1/12-keep-logs"), "Card QIgNLSh1");
  EXPECT_EQ(title("https://t.slack.com/archives/C1/p1650447510612329"), "Slack message in #drift of 2022-04-20 11:38");
  EXPECT_EQ(title("https://t.slack.com/archives/C9/p1650447510612329?thread_ts=1.2"),
            "Slack message of 2022-04-20 11:38");
  EXPECT_EQ(title("https://grafana.example.org/d/abc?from=1"), "Dashboard at grafana.example.org");
  EXPECT_EQ(title("https://app.datadoghq.eu/dashboard/x"), "Dashboard at app.datadoghq.eu");
  EXPECT_EQ(title("https://example.org/a/b?q=1"), "example.org/a/b");
  for (const auto* odd : {"", "x", "https://", "http:///", "https://?", "https://x/pull/", "https://x/archives/C/p1"})
    title(odd);
}

TEST(Links, WordsWithoutAnAddressStandThereToo) {
  Written w;
  w.field("link", "runbook, page 3");
  w.field("link", "runbook, page 3");
  const auto all = postmortem::links(w.record, w.settings, Language::en);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].title, "runbook, page 3");
  EXPECT_EQ(all[0].url, "");
}

TEST(Links, StandThereOnceUnderTheTitleThatWasGiven) {
  Written w;
  w.field("link", "<https://example.org/runbook|Runbook>");
  w.field("link", "https://example.org/log the log");
  w.field("cause", "see <https://github.com/kari/shop/pull/1>");
  w.note("2022-04-20 11:00", "<https://example.org/runbook> and <https://github.com/kari/shop/pull/1|fix>");
  w.add(oslo("2022-04-20 11:01"), EntryKind::message, "graph").files = {{"F1", "5xx.png", "https://files.example/5xx"}};
  w.add(oslo("2022-04-20 11:02"), EntryKind::message, "https://example.org/chatter").on_timeline = false;
  w.note("2022-04-20 11:03", "https://trello.com/c/QIgNLSh1/slug https://trello.com/c/AAAAAAAA");
  action::Item item{.id = 1, .title = "x"};
  item.card = action::CardRef{.short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
  w.record.items = {item};
  std::vector<std::string> shown;
  for (const auto& link : postmortem::links(w.record, w.settings, Language::en))
    shown.push_back(link.title + " " + link.url);
  EXPECT_THAT(shown, ElementsAre("Runbook https://example.org/runbook", "the log https://example.org/log",
                                 "Pull request kari/shop#1 https://github.com/kari/shop/pull/1",
                                 "5xx.png https://files.example/5xx", "Card AAAAAAAA https://trello.com/c/AAAAAAAA"));
}

}  // namespace
}  // namespace vakt::test
