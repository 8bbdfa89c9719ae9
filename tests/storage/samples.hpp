// Values that fill every field, and comparison of those without an operator== (by their stored bytes).
#pragma once

#include <vector>

#include "storage/codec.hpp"

namespace vakt::test {

inline Instant at(std::int64_t micros) { return Instant{Micros{micros}}; }

inline constexpr std::int64_t noon = 1'700'000'000'123'456;

// One of each type, in the order of EventBody.
inline std::vector<Event> every_event() {
  const std::vector<EventBody> bodies = {event::Declared{"Checkout is slow", Severity::sev2, true, false, "C0GENERAL"},
                                         event::ChannelBound{{"C0INC", "inc-1-checkout"}},
                                         event::MovedHere{},
                                         event::ChannelRenamed{"inc-1-payments"},
                                         event::ChannelArchived{true},
                                         event::HeadlinePosted{{"C0INC", "1700000000.000100"}},
                                         event::AnnouncementPosted{{"C0ALL", "1700000000.000200"}},
                                         event::SeverityChanged{Severity::sev1},
                                         event::PhaseChanged{Phase::monitoring},
                                         event::RoleAssigned{"lead", "U0ADA"},
                                         event::MarkerSet{Marker::problem_fixed, {at(noon), true}},
                                         event::MarkerCleared{Marker::event_end},
                                         event::TitleChanged{"Søknad \"går\" ikke 🚨"},
                                         event::TeamChanged{"payments"},
                                         event::Updated{},
                                         event::Reminded{},
                                         event::RemindersAnswered{},
                                         event::RemindersStopped{},
                                         event::Resolved{},
                                         event::Reopened{},
                                         event::Cancelled{}};
  static_assert(std::variant_size_v<EventBody> == 21, "a new event needs a sample and a golden line");
  std::vector<Event> events;
  for (const EventBody& body : bodies)
    events.push_back({7, at(noon + static_cast<std::int64_t>(events.size())), "U0ADA", body});
  return events;
}

inline std::vector<view::Block> every_block() {
  using namespace view;
  return {Header{"Head"},
          Section{"*bold* &amp; <@U1>"},
          Context{"small"},
          Divider{},
          Actions{{Button{"Go", "go", "1", Button::Style::danger, "Sure?", "https://example.org", "Really"},
                   Select{"Pick", "pick", {{"One", "1"}, {"Two", "2"}}, "2"}}},
          Input{"title", "Title", Input::Kind::channel, true, "now", "type here", {{"A", "a"}}}};
}

inline view::Message message() { return {"said aloud", every_block()}; }

// One of each type, in the order of EffectBody.
inline std::vector<Effect> every_effect() {
  const view::Modal modal{"Declare", "Send", "Cancel", "declare", "C1", every_block()};
  const std::vector<EffectBody> bodies = {
      effect::CreateChannel{"inc-1", 2, "https://hooks.example/2", "U1", "C2"},
      effect::Invite{"C1", {"U1", "U2"}, "oncall"},
      effect::JoinChannel{"C1"},
      effect::SetTopic{"C1", "topic"},
      effect::Post{"general", "1.2", message(), "headline", true, "because"},
      effect::Update{"C1", "1.2", message()},
      effect::Ephemeral{"C1", "U1", message()},
      effect::Respond{"https://hooks.example/1", "C1", "U1", message(), true, at(noon)},
      effect::OpenModal{"1.2.abc", modal, at(noon), "C1", "U1"},
      effect::PublishHome{"U1", every_block()},
      effect::AddPin{"C1", "1.2"},
      effect::AddBookmark{"C1", "Card", "https://example.org"},
      effect::React{"C1", "1.2", "eyes", true},
      effect::LookUpUser{"U1"},
      effect::LookUpChannel{"C1"},
      effect::FetchPage{"C1", "1.2", "0.5", "next", "0.7"}};
  static_assert(std::variant_size_v<EffectBody> == 16, "a new effect needs a sample");
  std::vector<Effect> effects;
  for (const EffectBody& body : bodies) effects.push_back({static_cast<IncidentNumber>(effects.size()), body});
  return effects;
}

inline Incident incident(IncidentNumber number = 7, const ChannelId& channel = "C0INC") {
  Incident i;
  i.number = number;
  i.title = "Checkout is slow";
  i.severity = Severity::sev2;
  i.status = Status::open;
  i.phase = Phase::identified;
  i.test = true;
  i.team = "payments";
  i.channel = {channel, "inc-" + std::to_string(number)};
  i.declared_in = "C0GENERAL";
  i.declared_at = at(noon);
  i.declared_by = "U0ADA";
  i.resolved_at = at(noon + 5);
  i.markers[1] = MarkerTime{at(noon - 60), true};
  i.event_end_ours = true;
  i.roles = {{"lead", "U0ADA"}, {"scribe", "U0BOB"}};
  i.headline = {channel, "1700000000.000100"};
  i.announcement = {"C0ALL", "1700000000.000200"};
  i.last_update_at = at(noon + 9);
  i.reminders_unanswered = 3;
  i.reminders_stopped = true;
  return i;
}

inline Draft draft() {
  Draft d{"Checkout is slow",        Severity::sev3, true, true, true, "since noon", inbound::Message{}, "C1",
          "https://hooks.example/1", at(noon)};
  d.message->channel = "CALERTS";
  d.message->ts = "1700000000.000100";
  d.message->bot_name = "Grafana";
  d.message->text = std::string(9'000, 'x');
  d.message->files = {{"F1", "graph.png", "https://example.org"}};
  return d;
}

inline Entry entry(IncidentNumber number, const ChannelId& channel, const Ts& ts, const std::string& text = "hello") {
  Entry e;
  e.incident = number;
  e.at = at(noon);
  e.kind = EntryKind::message;
  e.actor = "U0ADA";
  e.text = text;
  e.slack = SlackRef{channel, ts, "", text, ""};
  return e;
}

}  // namespace vakt::test
