#include "bot/view/incident_view.hpp"

#include <gmock/gmock.h>

#include "bot/time/zones.hpp"

namespace vakt::view {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const Settings settings{.timezone = "Europe/Oslo"};

Incident some() {
  return {.number = 12,
          .title = "Kassa <!channel> &amp; nett",
          .severity = Severity::sev1,
          .channel = {"C12", "inc-12"},
          .declared_at = Instant{1'700'000'000s},
          .declared_by = "U1",
          .roles = {{"lead", "U2"}}};
}

std::vector<std::string> actions_of(const Message& message) {
  std::vector<std::string> out;
  for (const auto& block : message.blocks)
    if (const auto* actions = std::get_if<Actions>(&block))
      for (const auto& element : actions->elements)
        std::visit([&](const auto& e) { out.push_back(e.action); }, element);
  return out;
}

std::string everything(const Message& message) { return message.text + fingerprint(message); }

TEST(IncidentView, TheHeadlineSaysWhatHowBadAndWhoLeads) {
  const auto message = headline(settings, some());
  EXPECT_THAT(everything(message), AllOf(HasSubstr("12"), HasSubstr("SEV1"), HasSubstr("<@U2>"), HasSubstr("<@U1>"),
                                         HasSubstr("2023-11-14 23:13")));
  EXPECT_THAT(actions_of(message),
              AllOf(Contains("update"), Contains("take_lead"), Contains("resolve"), Contains("tray")));
  ASSERT_TRUE(std::holds_alternative<Header>(message.blocks[0]));
  EXPECT_THAT(std::get<Header>(message.blocks[0]).text, HasSubstr("Kassa @channel & nett"));
}

TEST(IncidentView, NothingOfItPingsAChannel) {
  auto incident = some();
  incident.roles["<!here>"] = "U3";
  const Entry entry{.at = incident.declared_at, .text = "<!everyone> look", .on_timeline = true};
  for (const auto& message : {announcement(settings, incident), tray(settings, incident), who(settings, incident),
                              timeline(settings, {entry}), open_incidents(settings, {incident}),
                              recent_offer(settings, incident, incident.declared_at, "v")})
    EXPECT_THAT(everything(message), Not(HasSubstr("<!")));
  EXPECT_THAT(headline(settings, incident).text, Not(HasSubstr("<!")));
}

TEST(IncidentView, WhatIsOverOffersToReopen) {
  auto incident = some();
  incident.status = Status::resolved;
  incident.resolved_at = incident.declared_at + 1h;
  EXPECT_THAT(actions_of(headline(settings, incident)),
              AllOf(Contains("reopen"), Contains("postmortem"), Not(Contains("resolve"))));
  EXPECT_THAT(actions_of(tray(settings, incident)), Contains("reopen"));
  EXPECT_THAT(actions_of(announcement(settings, incident)), Not(Contains("join")));
}

TEST(IncidentView, TheTrayHasEverything) {
  EXPECT_THAT(actions_of(tray(settings, some())),
              testing::UnorderedElementsAre("update", "note", "take_lead", "role", "field", "timeline", "severity",
                                            "phase", "mark", "resolve", "cancel", "postmortem"));
}

TEST(IncidentView, ADrillSaysSo) {
  auto incident = some();
  incident.test = true;
  EXPECT_THAT(headline(settings, incident).text, HasSubstr("DRILL"));
  EXPECT_THAT(topic(settings, incident), HasSubstr("DRILL"));
}

TEST(IncidentView, TheTimelineLeavesOutWhatWasDeleted) {
  const Entry kept{.at = Instant{1'700'000'000s}, .approximate = true, .text = "kept"},
      gone{.text = "gone", .deleted_at = Instant{1s}};
  EXPECT_THAT(timeline(settings, {kept, gone}).text, AllOf(HasSubstr("~23:13  kept"), Not(HasSubstr("gone"))));
  EXPECT_THAT(timeline(settings, {}).text, HasSubstr("pushpin"));
  const Entry alert{.at = Instant{1'700'000'000s},
                    .kind = EntryKind::message,
                    .actor = "B1",
                    .actor_name = "<!here>",
                    .text = "Disk full\non db-1"};
  const Entry note{.at = Instant{1'700'000'000s}, .kind = EntryKind::note, .actor = "U1", .text = "swapped"};
  EXPECT_EQ(timeline(settings, {alert, note}).text, "23:13  &lt;!here&gt;: Disk full on db-1\n23:13  <@U1>: swapped");
}

TEST(IncidentView, HomeStaysWithinSlacksHundredBlocks) {
  EXPECT_LE(home(settings, std::vector<Incident>(300, some())).size(), 100U);
  EXPECT_FALSE(home(settings, {}).empty());
}

TEST(IncidentView, FingerprintsTellWhatLooksDifferent) {
  auto other = some();
  EXPECT_EQ(fingerprint(headline(settings, some())), fingerprint(headline(settings, other)));
  other.severity = Severity::sev2;
  EXPECT_NE(fingerprint(headline(settings, some())), fingerprint(headline(settings, other)));
}

TEST(IncidentView, Durations) {
  EXPECT_EQ(duration_shown(0min), "0 s");
  EXPECT_EQ(duration_shown(59999ms), "59 s");
  EXPECT_EQ(duration_shown(1min), "1 min");
  EXPECT_EQ(duration_shown(59min + 59s), "59 min");
  EXPECT_EQ(duration_shown(61min), "1 h 1 min");
}

TEST(IncidentView, FormsComeBackWithTheirIncident) {
  for (const auto* what :
       {action::update, action::note, action::field, action::role, action::resolve, action::cancel}) {
    const auto modal = text_form(settings, some(), what);
    EXPECT_EQ(modal.callback, what);
    EXPECT_EQ(modal.context, "12");
    EXPECT_LE(modal.title.size(), 24U) << "Slack's limit for a modal's title";
  }
}

TEST(IncidentView, AMarkersAnswerLeadsToTheFormOfItsTime) {
  const auto message =
      marker_set(settings, some(), Marker::downtime_end, {some().declared_at, true}, some().declared_at);
  EXPECT_THAT(message.text, HasSubstr("~23:13"));
  EXPECT_THAT(actions_of(message), testing::ElementsAre("marker_time"));
  const auto modal = text_form(settings, some(), action::marker_time, "downtime_end");
  EXPECT_EQ(modal.context, "12:downtime_end");
  EXPECT_EQ(std::get<Input>(modal.blocks[0]).label, "DOWNTIME END");
}

TEST(IncidentView, TheHeadlineGivesAMarkerOfAnotherDayItsDay) {
  auto incident = some();
  incident.markers[static_cast<std::size_t>(Marker::event_start)] = {incident.declared_at - 24h, true};
  const auto yesterday = date_and_time(incident.declared_at - 24h, settings.timezone);
  std::string small;
  for (const auto& block : headline(settings, incident).blocks)
    if (const auto* context = std::get_if<Context>(&block)) small += context->text;
  EXPECT_THAT(small, HasSubstr("EVENT START ~" + yesterday));
}

TEST(IncidentView, MarkersThatCannotBothBeRightAreNamed) {
  auto incident = some();
  const auto at = [&](int minutes) { return MarkerTime{incident.declared_at + std::chrono::minutes{minutes}, false}; };
  const auto set = [&](Marker marker, int minutes) {
    incident.markers[static_cast<std::size_t>(marker)] = at(minutes);
  };
  set(Marker::downtime_start, 60);
  set(Marker::downtime_end, 0);
  EXPECT_THAT(marker_set(settings, incident, Marker::downtime_end, at(0), incident.declared_at).text,
              HasSubstr("DOWNTIME END 23:13 is before DOWNTIME START 2023-11-15 00:13"));
  EXPECT_THAT(marker_set(settings, incident, Marker::event_start, at(90), incident.declared_at).text,
              Not(HasSubstr("before")));
  set(Marker::downtime_end, 61);
  EXPECT_THAT(marker_set(settings, incident, Marker::downtime_end, at(61), incident.declared_at).text,
              Not(HasSubstr("before")));
}

TEST(IncidentView, NoLeadIsSaidInWords) {
  auto incident = some();
  incident.roles.clear();
  EXPECT_THAT(topic(settings, incident), testing::EndsWith("no lead yet"));
  EXPECT_THAT(announcement(settings, incident).text, HasSubstr("· no lead yet"));
}

// Slack shows a placeholder of its own, in another language, where we give none.
TEST(IncidentView, EverySelectThatStandsEmptySaysWhatItIsFor) {
  for (const auto language : {Language::en, Language::nb}) {
    Settings spoken{.language = language};
    for (const auto& modal : {declare_form(spoken, "t", "c", true), text_form(spoken, some(), action::field),
                              text_form(spoken, some(), action::role)})
      for (const auto& block : modal.blocks) {
        const auto* input = std::get_if<Input>(&block);
        const bool empty = input && input->kind == Input::Kind::select && input->initial.empty();
        EXPECT_FALSE(empty && input->placeholder.empty()) << input->label;
      }
  }
}

}  // namespace
}  // namespace vakt::view
