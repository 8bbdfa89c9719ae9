#include "bot/view/postmortem_view.hpp"

#include <gmock/gmock.h>

#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {
namespace {

using testing::AllOf;
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
  EXPECT_THAT(fields_asked(settings, "oslo"),
              ElementsAre("summary", "impact", "cause", "solution", "well", "wrong", "mitigation"));
  EXPECT_THAT(fields_asked(settings, "nav"), Contains("detection"));
  EXPECT_EQ(fields_asked(settings, "a file of somebody's").size(), 10U);
  EXPECT_THAT(fields_missing(settings, "oslo",
                             {field("summary", "a"), field("impact", ""), field("cause", "b"), field("solution", "c"),
                              field("well", "d"), field("wrong", "e")}),
              ElementsAre("impact", "mitigation"));
}

TEST(PostmortemView, AFieldIsShownThatNobodyIsAskedFor) {
  auto own = settings;
  own.postmortem.fields["oslo"] = {.asked = {"learned"}, .optional = {"affected"}};
  EXPECT_THAT(fields_asked(own, "oslo"), ElementsAre("learned"));
  EXPECT_TRUE(shows_field(own, "oslo", "learned"));
  EXPECT_TRUE(shows_field(own, "oslo", "affected"));
  EXPECT_FALSE(shows_field(own, "oslo", "impact"));
  EXPECT_TRUE(shows_field(settings, "a file of somebody's", "impact"));
  for (const auto* document : {"oslo", "nav"})
    for (const auto field : field_names)
      EXPECT_TRUE(shows_field(settings, document, field)) << document << " " << field;
}

TEST(PostmortemView, TheFormHasAQuestionForEveryFieldThatAnOwnTemplateNames) {
  auto own = settings;
  own.postmortem.fields["oslo"].asked = fields_asked(settings, "one that names all");
  EXPECT_THAT(fields_asked(own, "oslo"), AllOf(Contains("affected"), Contains("learned"), Not(Contains("link"))));
  std::size_t asked = 0;
  for (const auto& block : postmortem_form(own, some(), "oslo", {}, "c").blocks)
    if (const auto* input = std::get_if<Input>(&block)) {
      ++asked;
      EXPECT_NE(input->label, "") << input->block;
    }
  EXPECT_EQ(asked, 10U);
}

TEST(PostmortemView, OutstandingOnesAreNamedWithTheirAgesTheOldestFirst) {
  const auto now = *from_iso_utc("2026-11-22T11:00:00Z");
  std::vector<Incident> all(6, some());
  const auto make = [&](std::size_t i, const char* over, const UserId& owner) -> Incident& {
    all[i].number = static_cast<IncidentNumber>(i + 1);
    all[i].resolved_at = from_iso_utc(over);
    all[i].postmortem = Postmortem{.owner = owner};
    return all[i];
  };
  make(0, "2026-11-21T23:30:00Z", "U1");  // in Oslo it is the 22nd
  make(1, "2026-11-10T11:00:00Z", "U1").postmortem->due = from_iso_date("2026-11-17");
  make(2, "2026-11-21T11:00:00Z", "U2");
  make(3, "2026-11-01T11:00:00Z", "U1").postmortem->url = "https://wiki.example/1";
  make(4, "2026-11-01T11:00:00Z", "U1").test = true;
  EXPECT_EQ(outstanding_line(settings, postmortems_outstanding(all), now),
            "Post-mortems not published: 3 (incident 2 for 12 days, incident 3 for 1 day, incident 1 for 0 days)");
  EXPECT_EQ(outstanding_line(settings, {}, now), "");
  const auto mine = home_postmortems(settings, all, "U1", now);
  ASSERT_EQ(mine.size(), 3U);
  const auto& first = std::get<Section>(mine[1]).text;
  EXPECT_THAT(first, HasSubstr("*2 "));
  EXPECT_THAT(first, HasSubstr("12 days after it was over; due 2026-11-17"));
  EXPECT_THAT(first, HasSubstr("/incident 2 postmortem publish"));
  EXPECT_THAT(first, Not(HasSubstr("<!")));
  EXPECT_THAT(home_postmortems(settings, all, "U3", now), IsEmpty());
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
  EXPECT_THAT(document_comment(settings, some(), "oslo", full, false), HasSubstr("No section is empty"));
  const postmortem::Document lacking{.markdown = "x", .file_name = "x.md", .sections = 11, .empty = {"Impact", "<b>"}};
  auto incident = some();
  incident.status = Status::open;
  incident.test = true;
  EXPECT_THAT(document_comment(settings, incident, "oslo", lacking, false), HasSubstr("`/action add TITLE`"));
  const auto comment = document_comment(settings, incident, "oslo", lacking, true);
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
