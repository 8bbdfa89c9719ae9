#include "bot/postmortem/document.hpp"

#include <chrono>

#include "bot/postmortem/release_plan.hpp"
#include "bot/postmortem/rendering.hpp"
#include "bot/postmortem/template_reading.hpp"
#include "bot/postmortem/values.hpp"
#include "tests/bot/postmortem/make.hpp"
#include "tests/bot/rollouts/make.hpp"

namespace vakt::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Document, ATemplateErrorNamesFileLineAndTheNearestName) {
  const Written w;
  EXPECT_EQ(w.error("one\n\n{{sumary}}\n"),
            "own.mustache, line 3: documents know no {{sumary}}. The nearest name is {{summary}}.");
  EXPECT_EQ(w.error("{{#timline}}x{{/timline}}"),
            "own.mustache, line 1: documents know no {{timline}}. The nearest name is {{timeline}}.");
  EXPECT_EQ(w.error("a\n{{#timeline}}\nb\n"),
            "own.mustache, line 2: the section {{#timeline}} is never closed. Close it with {{/timeline}}.");
  EXPECT_EQ(w.error("\n{{/timeline}}"),
            "own.mustache, line 2: {{/timeline}} closes a section that is not open. Begin it with {{#timeline}}.");
  EXPECT_EQ(w.error("{{#drill}}\n{{#summary}}\n{{/drill}}\n{{/summary}}"),
            "own.mustache, line 3: {{/drill}} stands where {{/summary}} should: the section of line 2 is still open.");
  EXPECT_EQ(w.error("x\n{{title"), "own.mustache, line 2: a tag is opened with {{ and never closed with }}.");
  EXPECT_EQ(w.error("{{{title}}"), "own.mustache, line 1: a tag is opened with {{ and never closed with }}.");
  EXPECT_EQ(w.error("{{event}}"),
            "own.mustache, line 1: {{event}} has a value only between {{#timeline}} and {{/timeline}}.");
  EXPECT_EQ(w.error("{{timeline}}"),
            "own.mustache, line 1: {{timeline}} is a list: write {{#timeline}}…{{/timeline}} around its items.");
  EXPECT_THAT(w.error("{{}}"), HasSubstr("documents know no {{}}"));
  EXPECT_THAT(w.error("{{.}}"), HasSubstr("documents know no {{.}}"));
  EXPECT_THAT(w.error(std::string(300'000, 'x')), HasSubstr("longer than 256 KiB"));
}

TEST(Document, ATemplateThatWouldLoopIsRefused) {
  const Written w;
  EXPECT_EQ(w.error("x\n{{! language: de }}\n"),
            "own.mustache, line 2: vakt has no words in the language \"de\". It is en or nb.");
  EXPECT_THAT(w.error("{{> own}}"), HasSubstr("line 1: {{> }} (a partial) is not available"));
  EXPECT_THAT(w.error("{{=<% %>=}}"), HasSubstr("line 1: {{= =}} (other delimiters) is not available"));
  EXPECT_THAT(w.error("{{#timeline}}{{#timeline}}x{{/timeline}}{{/timeline}}"), HasSubstr("inside another list"));
  EXPECT_THAT(w.error("{{#days}}{{#links}}x{{/links}}{{/days}}"), HasSubstr("inside another list"));
  EXPECT_EQ(w.error("{{#days}}{{#rows}}x{{/rows}}{{/days}}"), "");
}

TEST(Document, WhatGrowsPastAllBoundsIsCutShortWithAnError) {
  Written w;
  for (int i = 0; i < 2'000; ++i) w.note("2022-04-20 11:00", "x");
  EXPECT_EQ(w.error("{{#timeline}}" + std::string(200'000, 'y') + "{{/timeline}}"),
            "own.mustache: the document would be longer than 32 MiB. Let the template repeat less.");
  w.field("summary", std::string(100'000, 'z'));
  std::string many;
  for (int i = 0; i < 400; ++i) many += "{{summary}}{{&summary}}";
  EXPECT_THAT(w.error("{{#summary}}" + many + "{{/summary}}"), HasSubstr("longer than 32 MiB"));
}

TEST(Document, EveryKnownNameHasAValueAndEveryValueAName) {
  Written w;
  w.note("2022-04-20 11:00", "x https://example.org");
  w.killed("f", oslo("2022-04-20 09:00:00"), oslo("2022-04-20 09:10:30"));
  w.record.items = {{.id = 1, .title = "x"}};
  std::string through;
  for (const auto& known : postmortem::known_names()) {
    const std::string name{known.name}, list{known.list};
    if (known.is_list || !list.empty()) continue;
    through += "{{" + name + "}}{{#" + name + "}}{{/" + name + "}}";
  }
  EXPECT_EQ(w.error(through), "");
  auto all = postmortem::values(w.record, w.changes, w.settings, Language::en);
  auto of_rollout = rolled_back(at_stage(1), rollout_act());
  all.merge(postmortem::release_plan_values(of_rollout, {}, "UTC", Language::en));
  const std::function<void(const postmortem::Values&, std::string_view)> check = [&](const auto& values, auto list) {
    std::set<std::string_view> expected, found;
    for (const auto& known : postmortem::known_names())
      if (known.list == list) expected.insert(known.name);
    for (const auto& [name, value] : values) {
      found.insert(name);
      if (const auto* items = std::get_if<std::vector<postmortem::Values>>(&value)) {
        ASSERT_FALSE(items->empty()) << name;
        check(items->front(), name);
      }
    }
    EXPECT_EQ(found, expected) << list;
  };
  check(all, "");
}

TEST(Document, ATemplateSaysWhatItAsksPeopleFor) {
  const postmortem::Template own{
      .file = "own.mustache",
      .text = "{{title}}{{#learned_list}}{{learned_list}}{{/learned_list}}{{affected}}{{^learned}}x{{/learned}}"};
  EXPECT_THAT(postmortem::read_template(own, Language::en)->fields, ElementsAre("learned", "affected"));
}

TEST(Document, ATemplateShowsAFieldThatItAsksNobodyFor) {
  const postmortem::Template own{
      .file = "own.mustache", .text = "{{! optional: affected wrong }}\n{{learned}}{{affected}}{{#links}}x{{/links}}"};
  const auto reading = postmortem::read_template(own, Language::en);
  EXPECT_THAT(reading->fields, ElementsAre("learned"));
  EXPECT_THAT(reading->optional, ElementsAre("affected", "link"));
  EXPECT_EQ(Written{}.error("x\n{{! optional: afected }}\n"),
            "own.mustache, line 2: there is no field afected. The nearest name is affected.");
}

// Whoever recorded something finds it again.
TEST(Document, ABuiltInTemplateShowsEveryField) {
  for (const auto* name : {"oslo", "nav"}) {
    const auto nothing = Written{}.through(name);
    for (const auto field : field_names) {
      Written w;
      w.field(std::string{field}, field == "link" ? "https://x.example/7319" : "the 7319 of them");
      const auto document = w.through(name);
      EXPECT_THAT(document->markdown, HasSubstr("7319")) << name << " " << field;
      EXPECT_EQ(document->sections, nothing->sections) << name << " " << field;
    }
  }
}

// What is shown besides does not stand for what a section asks for.
TEST(Document, ASectionIsEmptyUntilItsOwnFieldIsThere) {
  Written w;
  w.field("affected", "300 customers");
  w.field("learned", "a lot");
  w.field("mitigation", "less of it");
  EXPECT_THAT(w.markdown("oslo"), AllOf(HasSubstr("[FILL_IN]\n\nWho was affected:\n\n- 300 customers\n\n## Cause(s)"),
                                        HasSubstr("[FILL_IN]\n\nWhat we learned:\n\n- a lot\n\n## Mitigations")));
  EXPECT_THAT(w.through("oslo")->empty, testing::IsSupersetOf({"Impact", "What went wrong"}));
  EXPECT_THAT(w.through("nav")->empty, testing::IsSupersetOf({"Konsekvens", "Løsning"}));
}

TEST(Document, NobodyNeedsAnActionItemIsAnAnswer) {
  Written w;
  const auto asks = [&] { return testing::Value(w.through("oslo")->empty, testing::Contains("Action items")); };
  EXPECT_TRUE(asks());
  w.add(oslo("2022-04-20 12:00"), EntryKind::action, "No action item is needed", "none");
  EXPECT_FALSE(asks());
  EXPECT_THAT(w.markdown("oslo"),
              HasSubstr("## Action items\n<!-- What is to be done, each with its card. -->\n\nNone is needed.\n"));
  w.record.items = {{.id = 1, .title = "one after all"}};
  EXPECT_THAT(w.markdown("oslo"), AllOf(HasSubstr("one after all"), Not(HasSubstr("None is needed"))));
  w.record.items.clear();
  w.record.entries.back().deleted_at = oslo("2022-04-20 12:01");
  EXPECT_TRUE(asks());
}

TEST(Document, ATemplateOfOnesOwnNamesItsLanguageAndItsFile) {
  Written w;
  w.mark(Marker::downtime_start, "2022-04-20 11:00");
  const auto document =
      w.through("{{! language: nb }}\n{{! file: pm-NNN-SLUG.md }}\n{{#timeline}}{{event}}{{/timeline}}\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->markdown, "NEDETID START\n");
  EXPECT_EQ(document->file_name, "pm-005-loki-pvc-full.md");
  EXPECT_EQ(w.through("x")->file_name, "incident-5.md");
  EXPECT_EQ(w.through("{{! file: ../../etc/x }}")->file_name, "incident-5.md");
  EXPECT_EQ(w.markdown("a\n{{! a remark }}\nb {{! another }}c\n"), "a\nb c\n");
}

TEST(Document, EmptySectionsAreMarkedAndListed) {
  const Written w;
  const auto document =
      w.through("# Title\n\n## A\n<!--\n## no heading\n-->\n\n## B\ntext\n\n## C\n### D\n\n**E:** x\n\n**F:**\n");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->markdown,
            "# Title\n\n## A\n<!--\n## no heading\n-->\n[FILL_IN]\n\n## B\ntext\n\n## C\n### D\n\n[FILL_IN]\n\n**E:** "
            "x\n\n**F:**\n\n[FILL_IN]\n");
  EXPECT_EQ(document->sections, 5U);
  EXPECT_THAT(document->empty, ElementsAre("A", "D", "F"));
}

TEST(Document, AHeadingWithoutWordsIsOne) {
  const auto document = Written{}.through("# \n##  \n### x\n");
  ASSERT_TRUE(document);
  EXPECT_THAT(document->empty, ElementsAre("x"));
}

TEST(Document, PeoplesOwnBracketsAreNoPlaceholder) {
  Written w;
  for (const auto* field : {"summary", "impact", "cause", "solution", "well", "wrong", "mitigation"})
    w.field(field, "[FILL_IN] `[FILL_IN]`");
  w.note("2022-04-20 11:00", "[FILL_IN]");
  w.record.items = {{.id = 1, .title = "[FILL_IN]"}};
  EXPECT_THAT(w.through("oslo")->empty, IsEmpty());
}

TEST(Document, EveryBuiltInTemplateIsWrittenForAnEmptyRecord) {
  const Written w;
  for (const auto* name : {"oslo", "nav", "va-release-plan"}) {
    const auto document = w.through(name);
    ASSERT_TRUE(document) << document.error().text;
    EXPECT_GE(document->empty.size(), 8U) << name;
    EXPECT_THAT(document->markdown, Not(HasSubstr("{{"))) << name;
    EXPECT_THAT(document->markdown, Not(HasSubstr("\n\n\n"))) << document->markdown;
  }
  EXPECT_EQ(w.through("va-release-plan")->file_name, "release-plan-loki-pvc-full.md");
  EXPECT_FALSE(postmortem::built_in("osl"));
}

TEST(Document, NothingThatPeopleWriteBreaksATableOrRunsAsHtml) {
  Written w;
  const std::string nasty =
      "&lt;script&gt;alert(1)&lt;/script&gt; | a | b |\n| --- | --- |\n# Heading\n&lt;!-- <@U1> :tada: <!channel> "
      "[x](javascript:alert(1)) <javascript:alert(1)|y> ![z](https://e.example/t.png) `&lt;img src=x "
      "onerror=alert(1)&gt;` "
      "\\| {{title}} &amp;lt;b&amp;gt; <https://e.example/\"onclick=alert(1)|\"&gt;&lt;b&gt;>";
  w.record.incident.title = nasty;
  w.record.names["U1"] = "<b>|kari|</b>";
  w.note("2022-04-20 11:00", nasty);
  w.note("2022-04-20 11:01", "after");
  for (const auto* field : {"summary", "impact", "cause", "link", "solution", "learned"}) w.field(field, nasty);
  w.record.items = {{.id = 1, .title = nasty}};
  for (const auto* name : {"oslo", "nav", "va-release-plan"}) {
    const auto document = w.through(name);
    ASSERT_TRUE(document);
    const auto page = postmortem::html(*document, "</title><script>");
    for (const auto* bad : {"<script", "<img", "<b>", "href=\"javascript", "\"onclick", "<h1>Heading", "<h2>Heading"})
      EXPECT_THAT(page, Not(HasSubstr(bad))) << name;
  }
  const auto page = postmortem::html(*w.through("oslo"), "x");
  const auto rows = page.substr(page.find("<tbody>"), page.find("</tbody>") - page.find("<tbody>"));
  std::size_t cells = 0;
  for (auto at = rows.find("<td>"); at != std::string::npos; at = rows.find("<td>", at + 1)) ++cells;
  EXPECT_EQ(cells, 4U) << rows;
  EXPECT_THAT(rows, AllOf(HasSubstr("<td>after</td>"), HasSubstr("&lt;script&gt;")));
}

TEST(Document, APageNeedsNothingElseAndShowsWhatIsMissing) {
  Written w;
  w.note("2022-04-20 11:00", "see https://example.org/a");
  const auto page = postmortem::html(*w.through("nav"), "5 <Loki>");
  EXPECT_TRUE(page.starts_with("<!doctype html>"));
  EXPECT_THAT(page, AllOf(HasSubstr("<title>5 &lt;Loki></title>"), HasSubstr("<mark>[FILL_IN]</mark>"),
                          HasSubstr("@media print"), HasSubstr("<a href=\"https://example.org/a\">"),
                          Not(HasSubstr("nav_order")), Not(HasSubstr("src="))));
  EXPECT_THAT(postmortem::html(*w.through("oslo"), ""),
              AllOf(Not(HasSubstr("What played a part")), Not(HasSubstr("--&gt;"))));
}

TEST(Document, AHundredThousandMessagesAreWrittenInSeconds) {
  Written w;
  for (int i = 0; i < 100'000; ++i) {
    w.add(oslo("2022-04-20 11:00") + i * 1s, EntryKind::message,
          "message " + std::to_string(i) + " <https://e.example|x>");
    w.record.entries.back().on_timeline = i % 2 == 0;
  }
  const auto began = std::chrono::steady_clock::now();
  const auto document = w.through("oslo");
  const auto took = std::chrono::steady_clock::now() - began;
  ASSERT_TRUE(document) << document.error().text;
  EXPECT_THAT(document->markdown, HasSubstr("message 99998 [x](https://e.example)"));
  EXPECT_LT(took, 60s);  // with a sanitizer on a busy machine; half a second without
  EXPECT_LT(document->markdown.size(), 8U << 20U);
}

}  // namespace
}  // namespace vakt::test
