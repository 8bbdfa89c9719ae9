#include "bot/actions/item_life.hpp"

#include <algorithm>

#include "bot/actions/card_reading.hpp"
#include "bot/actions/card_state.hpp"
#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

std::unexpected<Refusal> refused(Refusal why) { return std::unexpected(why); }

std::string written(const std::optional<Date>& day) { return day ? iso_date(*day) : std::string{}; }

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\n") == std::string_view::npos; }

// A new decision here: what Trello refused before may be tried again.
Outcome changed(Item item, std::vector<Happened> happened, const Settings& settings) {
  item.refused = false;
  Changed out{.item = std::move(item), .happened = std::move(happened)};
  out.order = follow_up(out.item, settings);
  return out;
}
Outcome changed(Item item, Happened what, const Settings& settings) {
  return changed(std::move(item), std::vector{std::move(what)}, settings);
}

Outcome unchanged(Item item) { return Changed{.item = std::move(item)}; }

std::optional<Date> deadline(Severity priority, Instant from, const Settings& settings, const std::string& zone) {
  if (priority == Severity::unset) return std::nullopt;
  const auto days = settings.deadlines.at(static_cast<std::size_t>(priority) - 1);
  if (!days) return std::nullopt;
  return Date{std::chrono::sys_days{local_date(from, zone)} + std::chrono::days{*days}};
}

Item made_from(const NewItem& wanted, const Act& act, const Settings& settings) {
  Item item{.id = wanted.id,
            .title = wanted.title,
            .owner = wanted.owner,
            .due = wanted.due,
            .kind = wanted.kind,
            .priority = wanted.priority,
            .team = team_named(settings, wanted.team).name,
            .created_at = act.at,
            .created_by = act.by,
            .channel = wanted.channel,
            .ts = wanted.ts};
  if (wanted.incident) item.incidents = {wanted.incident};
  return item;
}

std::optional<Refusal> wrong_title(std::string_view title) {
  if (is_blank(title)) return Refusal::needs_title;
  if (characters(title) > longest_title) return Refusal::title_too_long;
  return std::nullopt;
}

void has_owner_from(Item& item, Instant at) {
  item.unowned_since = item.owner.empty() ? std::optional{item.unowned_since.value_or(at)} : std::nullopt;
}

}  // namespace

Outcome add(const NewItem& wanted, const Act& act, const Settings& settings) {
  if (const auto wrong = wrong_title(wanted.title)) return refused(*wrong);
  if (wanted.due && !wanted.due->ok()) return refused(Refusal::no_such_day);
  auto item = made_from(wanted, act, settings);
  has_owner_from(item, act.at);
  if (!item.due) item.due = deadline(item.priority, act.at, settings, zone_of(item, settings));
  Changed out{.item = std::move(item), .happened = {{What::added, act.by, {}, wanted.title}}};
  out.order = create_card(out.item, settings, wanted.marker, act.at);
  return out;
}

Outcome adopt(const NewItem& wanted, const CardSeen& card, Instant began_at, const Act& act, const Settings& settings) {
  if (wanted.due && !wanted.due->ok()) return refused(Refusal::no_such_day);
  auto item = made_from(wanted, act, settings);
  take_card(item, card, began_at, settings);
  item.title = card.title.empty() ? item.label : card.title;
  item.synced.title = item.title;
  has_owner_from(item, act.at);
  const auto& zone = zone_of(item, settings);
  if (!item.due) item.due = due_date(card.due, zone);
  if (is_done(card)) {
    close(item, State::done, {}, began_at);
  } else {
    item.state = undone_state(card);
    if (!item.due) item.due = deadline(item.priority, act.at, settings, zone);
  }
  Happened what{What::adopted, act.by, {}, item.label};
  return changed(std::move(item), std::move(what), settings);
}

Outcome order_card(Item item, const std::string& marker, const Act& act, const Settings& settings) {
  const bool gone = item.state == State::deleted || item.state == State::broken_link;
  if (item.stage == CardStage::linked && item.refused && !gone)
    return changed(std::move(item), std::vector<Happened>{}, settings);  // what was refused, once more
  if (item.stage != CardStage::none && !gone) return refused(Refusal::has_card);
  if (is_closed(item.state)) return refused(Refusal::closed_already);
  const auto order = create_card(item, settings, marker, act.at);
  if (!order) return refused(Refusal::no_board);
  Changed out{.order = order};
  if (gone) {
    out.happened.push_back({What::restored, act.by, std::string{name(item.state)}, std::string{name(State::open)}});
    open_again(item, State::open);
    item.card.reset();
    item.synced = {};
    item.under_way = {};
    item.suspect_since.reset();
  }
  item.refused = false;
  out.item = std::move(item);
  return out;
}

Outcome mark_done(Item item, const Act& act, const Settings& settings) {
  if (item.state == State::done) return unchanged(std::move(item));
  if (is_closed(item.state)) return refused(Refusal::closed_already);
  const std::string before{name(item.state)};
  close(item, State::done, act.by, act.at);
  return changed(std::move(item), {What::done, act.by, before, std::string{name(State::done)}}, settings);
}

Outcome wont_do(Item item, const std::string& reason, const Act& act, const Settings& settings) {
  if (is_closed(item.state)) return refused(Refusal::closed_already);
  if (is_blank(reason)) return refused(Refusal::needs_reason);
  const std::string before{name(item.state)};
  close(item, State::wont_do, act.by, act.at);
  item.reason = reason;
  return changed(std::move(item), {What::wont_do, act.by, before, reason}, settings);
}

Outcome reopen(Item item, const Act& act, const Settings& settings) {
  if (!is_closed(item.state) && item.state != State::archived_undone) return refused(Refusal::open_already);
  const std::string before{name(item.state)};
  open_again(item, State::open);
  return changed(std::move(item), {What::reopened, act.by, before, std::string{name(State::open)}}, settings);
}

Outcome set_owner(Item item, const UserId& owner, const Act& act, const Settings& settings) {
  if (item.owner == owner) return unchanged(std::move(item));
  Happened what{What::owner, act.by, item.owner, owner};
  item.owner = owner;
  item.synced.left_out.clear();
  has_owner_from(item, act.at);
  return changed(std::move(item), std::move(what), settings);
}

Outcome set_due(Item item, const std::optional<Date>& due, const Act& act, const Settings& settings) {
  if (due && !due->ok()) return refused(Refusal::no_such_day);
  if (item.due == due) return unchanged(std::move(item));
  Happened what{What::due, act.by, written(item.due), written(due)};
  item.due = due;
  return changed(std::move(item), std::move(what), settings);
}

Outcome snooze(Item item, const Date& until, const std::string& reason, const Act& act, const Settings& settings) {
  if (is_closed(item.state)) return refused(Refusal::closed_already);
  if (item.owner.empty() || item.owner != act.by) return refused(Refusal::not_the_owner);
  if (!until.ok()) return refused(Refusal::no_such_day);
  const std::chrono::sys_days today{local_date(act.at, zone_of(item, settings))};
  if (std::chrono::sys_days{until} <= today) return refused(Refusal::snooze_not_ahead);
  if (std::chrono::sys_days{until} - today > longest_snooze) return refused(Refusal::snooze_too_long);
  if (is_blank(reason)) return refused(Refusal::needs_reason);
  Happened what{What::snoozed, act.by, item.snoozed ? iso_date(item.snoozed->until) : std::string{}, iso_date(until)};
  item.snoozed = Snooze{.until = until, .reason = reason, .by = act.by};
  return Changed{.item = std::move(item), .happened = {std::move(what)}};
}

Outcome set_title(Item item, const std::string& title, const Act& act, const Settings& settings) {
  if (const auto wrong = wrong_title(title)) return refused(*wrong);
  if (item.title == title) return unchanged(std::move(item));
  Happened what{What::title, act.by, item.title, title};
  item.title = title;
  return changed(std::move(item), std::move(what), settings);
}

Outcome set_priority(Item item, Severity priority, const Act& act, const Settings& settings) {
  if (item.priority == priority) return unchanged(std::move(item));
  std::vector<Happened> happened{
      {What::priority, act.by, std::string{priority_name(item.priority)}, std::string{priority_name(priority)}}};
  item.priority = priority;
  if (!item.due && !is_closed(item.state)) {
    item.due = deadline(priority, item.created_at, settings, zone_of(item, settings));
    if (item.due) happened.push_back({What::due, {}, {}, written(item.due)});
  }
  return changed(std::move(item), std::move(happened), settings);
}

Outcome set_kind(Item item, Kind kind, const Act& act, const Settings& settings) {
  if (item.kind == kind) return unchanged(std::move(item));
  Happened what{What::kind, act.by, std::string{name(item.kind)}, std::string{name(kind)}};
  item.kind = kind;
  return changed(std::move(item), std::move(what), settings);
}

Outcome set_team(Item item, const std::string& team, const Act& act, const Settings& settings) {
  const auto& known = team_named(settings, team).name;
  if (item.team == known) return unchanged(std::move(item));
  Happened what{What::team, act.by, item.team, known};
  item.team = known;
  return changed(std::move(item), std::move(what), settings);
}

Outcome join_incident(Item item, IncidentNumber incident, const Act& act, const Settings& settings) {
  if (std::ranges::find(item.incidents, incident) != item.incidents.end()) return unchanged(std::move(item));
  item.incidents.push_back(incident);
  return changed(std::move(item), {What::joined, act.by, {}, std::to_string(incident)}, settings);
}

}  // namespace vakt::action
