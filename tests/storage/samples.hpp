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
                                         event::Cancelled{},
                                         event::PostmortemWanted{"U0ADA", std::chrono::year{2026} / 12 / 1},
                                         event::PostmortemOwned{"U0BOB"},
                                         event::PostmortemDueSet{std::chrono::year{2026} / 12 / 4},
                                         event::PostmortemReminded{},
                                         event::PostmortemPublished{"https://wiki.example/pm/7"}};
  static_assert(std::variant_size_v<EventBody> == 26, "a new event needs a sample and a golden line");
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

inline flag::State flag_state(bool enabled) {
  flag::Constraint cluster{.field = "cluster", .op = "IN", .values = {"prod-gcp", "ø"}, .value = "1"};
  cluster.inverted = cluster.case_insensitive = true;
  cluster.readable = false;
  flag::Strategy strategy{.name = "flexibleRollout", .shown = "Gradual", .parameters = {{"rollout", "25"}}};
  strategy.constraints = {cluster};
  strategy.segments = {3, 5};
  strategy.disabled = true;
  strategy.readable = false;
  return {enabled, {strategy, {.name = "default"}}};
}

inline flag::Reading flag_reading() {
  flag::Flag flag{.name = "checkout", .project = "shop", .archived = true};
  flag.parents = {{"parent", false, {"blue"}}};
  flag.children = {"child"};
  flag.states = {{"development", flag_state(false)}, {"production", flag_state(true)}};
  return {flag, {{{"parent", {.name = "parent"}}}, {{3, {"vip", {{.field = "userId", .op = "IN"}}}}}}, "{\"a\":[1]}"};
}

inline flag::Wanted wanted() {
  return {.key = "envelope-1",
          .provider = "unleash",
          .name = "checkout",
          .environment = "production",
          .action = flag::Action::percent,
          .percent = 25,
          .snapshot = "{\"a\":[1]}",
          .shown = flag_state(true),
          .restored = flag_state(false),
          .resumed = true,
          .stored_at = at(noon + 1),
          .asked_at = at(noon + 2)};
}

inline flag::Progress flag_progress() {
  return {.standing = flag::Standing::proven,
          .provider = "unleash",
          .project = "shop",
          .stored_at = at(noon + 6'000),
          .verified_at = at(noon + 14'000),
          .served_at = at(noon + 640'000),
          .was_so_already = true,
          .sent_again = true,
          .before = flag_reading(),
          .after = flag_state(false),
          .problem = "the service answered 500",
          .link = "https://unleash.example/cr/1",
          .not_found = true,
          .candidates = {"checkout2"},
          .also_at = {"flipper"},
          .by_hand = "curl -X POST \"…\""};
}

inline flag::Change flag_change(std::int64_t number = 3, const std::string& key = "envelope-1") {
  flag::Change change{
      .number = number, .wanted = wanted(), .progress = flag_progress(), .by = "U1", .confirmed_by = "U2"};
  change.wanted.key = key;
  change.progress.before.reset();  // never kept with the change
  change.reason = "a &lt; b";
  change.incident = 7;
  change.asked_in = "C1";
  change.response_url = "https://hooks.example/5";
  change.requested_at = at(noon);
  change.before = flag::Seen{flag::Sees::everybody, 1, 1};
  change.after = flag::Seen{flag::Sees::cannot_tell, 0.25, 0.5};
  change.elsewhere = {{"development", {flag::Sees::some, 0, 0.125}}};
  change.state_before = flag_state(true);
  change.state_after = flag_state(false);
  change.snapshot = "{\"a\":[1]}";
  change.exposed_since = at(noon - 467'000'000);
  change.restore_at = at(noon + 1'800'000'000);
  change.undoes = 1;
  change.undone_by = 4;
  change.post_channel = "C1";
  change.announced_in = "C2";
  change.post_ts = "1.2";
  change.announced_ts = "1.3";
  return change;
}

inline inbound::FlagProgress told_progress(const std::string& key = "envelope-1") {
  inbound::FlagProgress told{.change = 3, .wanted = wanted(), .progress = flag_progress(), .by = "terminal:kari"};
  told.wanted.key = key;
  told.requested_at = at(noon);
  told.restore_at = at(noon + 1'800'000'000);
  return told;
}

inline action::Date day(int year, unsigned month, unsigned of_month) {
  return std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{of_month};
}

// Every field set to something else than its default.
inline action::Item action_item(action::ItemId id = 12, std::vector<IncidentNumber> incidents = {7, 3}) {
  action::Item item{.id = id, .title = "Keep Loki's logs [30 d] <!channel> 🪵", .owner = "U1"};
  item.due = day(2026, 12, 4);
  item.kind = action::Kind::detect;
  item.priority = Severity::sev2;
  item.team = "Payments";
  item.incidents = std::move(incidents);
  item.state = action::State::in_progress;
  item.reason = "not worth it";
  item.created_at = at(noon);
  item.created_by = "U2";
  item.closed_at = at(noon + 1);
  item.closed_by = "U3";
  item.snoozed = action::Snooze{day(2026, 12, 24), "waits for the vendor", "U1"};
  item.unowned_since = at(noon + 2);
  item.channel = "C1";
  item.ts = "1700000000.000100";
  item.stage = action::CardStage::linked;
  item.marker = "01HZX3";
  item.card = action::CardRef{"5f0c00000000000000000001", "QIgNLSh1", "https://trello.com/c/QIgNLSh1", "5f0b"};
  item.label = "KM676";
  item.board_known = false;
  item.synced = {.title = "Keep logs", .due = at(noon + 3), .complete = true, .in_done_list = true, .closed = true};
  item.synced.list_closed = item.synced.board_closed = true;
  item.synced.members = {"kari", "ola"};
  item.synced.owner = "kari";
  item.synced.left_out = "per";
  item.synced.written_at = at(noon + 4);
  item.under_way = {.title = true, .due = true, .owner = true, .state = true};
  item.refused = true;
  item.suspect_since = at(noon + 5);
  item.verified_at = at(noon + 6);
  return item;
}

inline action::BoardRef board() {
  return {"Ops", "5f0b", {{"To do", action::ListRole::todo, "l1"}, {"Shipped", action::ListRole::done, ""}}};
}

inline action::CreateCard create_card() {
  return {.item = 12,
          .marker = "01HZX3",
          .board = board(),
          .title = "Keep logs",
          .description = "From incident #7",
          .source_url = "https://team.slack.com/archives/C1/p1",
          .due = at(noon),
          .members = {"kari"},
          .labels = {"incident"},
          .intended_at = at(noon + 1)};
}

inline action::ChangeCard change_card(std::optional<std::optional<Instant>> due) {
  return {.item = 12,
          .card = *action_item().card,
          .title = "Keep logs",
          .due = due,
          .complete = true,
          .closed = false,
          .list = "l1",
          .members = std::vector<std::string>{"kari"},
          .members_off = {"ola"},
          .comment = "Done in vakt"};
}

// One of each type, in the order of EffectBody.
inline std::vector<Effect> every_effect() {
  const view::Modal modal{"Declare", "Send", "Cancel", "declare", "C1", every_block()};
  const std::vector<EffectBody> bodies = {
      effect::CreateChannel{"inc-1", 2, "https://hooks.example/2", "U1", "C2"},
      effect::Invite{"C1", {"U1", "U2"}, "oncall"},
      effect::JoinChannel{"C1"},
      effect::SetTopic{"C1", "topic"},
      effect::Post{"general", "1.2", message(), "headline", true, "because", "U1", "C1", "https://hooks"},
      effect::Update{"C1", "1.2", message()},
      effect::Ephemeral{"C1", "U1", message()},
      effect::Respond{"https://hooks.example/1", "C1", "U1", message(), true, at(noon)},
      effect::OpenModal{"1.2.abc", modal, at(noon), "C1", "U1"},
      effect::PublishHome{"U1", every_block()},
      effect::AddPin{"C1", "1.2"},
      effect::AddBookmark{"C1", "Card", "https://example.org", "https://example.com"},
      effect::React{"C1", "1.2", "eyes", true},
      effect::LookUpUser{"U1"},
      effect::LookUpGroup{"oncall", "U1", "C1", "https://hooks.example/4", "unleash\tproduction\tcheckout", at(noon)},
      effect::LookUpChannel{"C1"},
      effect::FetchPage{"C1", "1.2", "0.5", "next", "0.7"},
      effect::ChangeFlag{3, wanted()},
      effect::StopFlag{"envelope-1"},
      effect::ReadFlags{"confirm", "unleash", "checkout", "production", "on 0 30 7", "https://hooks.example/3",
                        "1.2.abc", "U1", "C1", at(noon)},
      effect::WriteCard{create_card(), "https://hooks.example/6", "U1", "C1"},
      effect::ReadCards{
          {"link", {board()}, {{12, "QIgNLSh1", "5f0b"}}}, "draft-1", "https://hooks.example/7", "U1", "C1", at(noon)},
      effect::UploadDocument{"C1", "oslo", "U1", "C2", "https://hooks.example/8"},
      effect::ShareFile{"C1", "F1", "Post-mortem 7", "written", "oslo", "U1", "C2", "https://hooks.example/9"}};
  static_assert(std::variant_size_v<EffectBody> == 24, "a new effect needs a sample");
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
  i.postmortem = Postmortem{.owner = "U0ADA", .due = std::chrono::year{2026} / 12 / 1, .due_set_at = at(noon + 10)};
  i.postmortem->reminded_at = at(noon + 11);
  i.postmortem->url = "https://wiki.example/pm/7";
  i.postmortem->published_at = at(noon + 12);
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
  d.incident = 7;
  d.item = action::NewItem{.id = 12, .title = "Keep logs", .owner = "U1", .due = day(2026, 12, 4)};
  d.item->kind = action::Kind::detect;
  d.item->priority = Severity::sev2;
  d.item->team = "Payments";
  d.item->incident = 7;
  d.item->channel = "C1";
  d.item->ts = "1.2";
  d.item->marker = "01HZX3";
  return d;
}

// Every field set to something else than its default.
inline Curation curation() {
  return {.text = "Backend fell over <https://grafana.example/d/1|5xx>",
          .at = at(noon - 60'000'000),
          .approximate = true,
          .left_out = true,
          .by = "U0BOB",
          .made = at(noon + 9)};
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
