#include "bot/view/postmortem_view.hpp"

#include <gmock/gmock.h>

#include "bot/view/incident_view.hpp"

namespace vakt::view {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Settings settings{.timezone = "Europe/Oslo"};

Incident some() {
  Incident incident{
      .number = 12, .title = "Loki &amp; <!here>", .severity = Severity::sev1, .status = Status::resolved};
  incident.channel = {"C1", "inc-12"};
  return incident;
}

Entry field(const std::string& name, const std::string& text) {
  return {.kind = EntryKind::field, .detail = name, .text = text};
}

TEST(PostmortemView, EachTemplateAsksForItsOwnFields) {
  EXPECT_THAT(fields_asked("oslo"), Not(Contains("learned")));
  EXPECT_THAT(fields_asked("nav"), Contains("detection"));
  EXPECT_EQ(fields_asked("a file of somebody's").size(), 9U);
  EXPECT_THAT(fields_missing("oslo", {field("summary", "a"), field("impact", ""), field("cause", "b"),
                                      field("solution", "c"), field("well", "d"), field("wrong", "e")}),
              ElementsAre("impact", "mitigation"));
}

TEST(PostmortemView, TheFormOffersTheNewestOfWhatIsKnownAndPingsNobody) {
  const auto modal =
      postmortem_form(settings, some(), "oslo", {field("cause", "old"), field("cause", "<!here> new")}, "c");
  EXPECT_EQ(modal.context, "c");
  std::string shown;
  for (const auto& block : modal.blocks) {
    if (const auto* context = std::get_if<Context>(&block)) shown += context->text;
    if (const auto* section = std::get_if<Section>(&block)) shown += section->text;
    if (const auto* input = std::get_if<Input>(&block)) {
      EXPECT_TRUE(input->optional) << input->block;
    }
  }
  EXPECT_THAT(shown, HasSubstr("new"));
  EXPECT_THAT(shown, Not(HasSubstr("old")));
  EXPECT_THAT(shown, Not(HasSubstr("<!")));
}

TEST(PostmortemView, OverTheFileStandsWhatIsStillEmptyAndHowToFillIt) {
  const postmortem::Document full{.markdown = "x", .file_name = "x.md", .sections = 11, .empty = {}};
  EXPECT_THAT(document_comment(settings, some(), "oslo", full), HasSubstr("No section is empty"));
  const postmortem::Document lacking{.markdown = "x", .file_name = "x.md", .sections = 11, .empty = {"Impact", "<b>"}};
  auto incident = some();
  incident.status = Status::open;
  incident.test = true;
  const auto comment = document_comment(settings, incident, "oslo", lacking);
  EXPECT_THAT(comment, HasSubstr("2 of 11 sections are empty: Impact, &lt;b&gt;."));
  EXPECT_THAT(comment, HasSubstr("`/incident postmortem oslo`"));
  EXPECT_THAT(comment, HasSubstr("still open"));
  EXPECT_THAT(comment, HasSubstr("drill"));
  EXPECT_EQ(document_title(settings, some()).substr(0, 15), "Post-mortem 12:");
}

TEST(PostmortemView, WhereItIsPublishedIsSaidOnceItIs) {
  auto incident = some();
  EXPECT_THAT(published_line(settings, incident), IsEmpty());
  incident.postmortem = Postmortem{.owner = "U1", .due = std::chrono::year{2026} / 12 / 1};
  EXPECT_THAT(published_line(settings, incident), IsEmpty());
  const auto reminder = postmortem_reminder(settings, incident);
  EXPECT_THAT(reminder.text, HasSubstr("was due 2026-12-01"));
  EXPECT_THAT(reminder.text, HasSubstr("/incident 12 postmortem publish URL"));
  EXPECT_THAT(reminder.text, Not(HasSubstr("<!")));
  incident.postmortem->url = "https://wiki.example/12";
  EXPECT_THAT(published_line(settings, incident), HasSubstr("<https://wiki.example/12>"));
}

}  // namespace
}  // namespace vakt::view
