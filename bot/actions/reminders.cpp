#include "bot/actions/reminders.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "bot/time/zones.hpp"

namespace vakt::action {

namespace {

constexpr int days_before_due = 2, days_to_channel = 7, days_to_lead = 14, days_unowned = 3;
constexpr std::size_t entries_most = 40, title_bytes = 512;

std::string cut(const std::string& text) {
  if (text.size() <= title_bytes) return text;
  auto end = title_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

// The last step of its due date that an item has reached.
std::optional<Step> reached(const Item& item, const Calendar& calendar, Date today) {
  if (today < calendar.plus_working_days(*item.due, -days_before_due)) return std::nullopt;
  // One that was made (or adopted) when its day was past is not held against anybody from before.
  const auto from = std::max(*item.due, calendar.date_of(item.created_at));
  if (today >= calendar.plus_working_days(from, days_to_lead)) return Step::overdue_long;
  return today >= calendar.plus_working_days(from, days_to_channel) ? Step::overdue : Step::due_soon;
}

// A clock set back does not take a told step back: the earlier ones count as told with it.
bool is_told(const std::set<Told>& told, Told step) {
  for (; step.step <= Step::overdue_long; step.step = static_cast<Step>(static_cast<int>(step.step) + 1))
    if (told.contains(step)) return true;
  return false;
}

UserId lead_for(const Item& item, const Situation& in) {
  for (const auto incident : item.incidents)
    if (const auto lead = in.leads.find(incident); lead != in.leads.end() && !lead->second.empty()) return lead->second;
  return in.team.lead;
}

int urgency(Step step) {
  static constexpr std::array order{3, 1, 0, 2};
  return order[static_cast<std::size_t>(step)];
}

bool is_time_to_remind(const Situation& in) {
  const auto today = in.calendar.date_of(in.now);
  const bool had_digest = in.last_digest && in.calendar.date_of(*in.last_digest) == today;
  return in.calendar.is_working_day(today) && in.now >= in.calendar.time_of(today) && !had_digest;
}

}  // namespace

std::string_view name(Step step) {
  static constexpr std::array<std::string_view, 4> names{"due_soon", "overdue", "overdue_long", "unowned"};
  return names[static_cast<std::size_t>(step)];
}

std::string key(const Told& told) {
  return std::to_string(told.item) + ":" + std::string{name(told.step)} + ":" + iso_date(told.date);
}

std::optional<Told> told_from(std::string_view key) {
  const auto first = key.find(':'), second = key.rfind(':');
  if (first == std::string_view::npos || first == second) return std::nullopt;
  Told told;
  const auto id = key.substr(0, first);
  const auto [end, fault] = std::from_chars(id.data(), id.data() + id.size(), told.item);
  const auto date = from_iso_date(key.substr(second + 1));
  if (fault != std::errc{} || end != id.data() + id.size() || !date) return std::nullopt;
  told.date = *date;
  for (const auto step : {Step::due_soon, Step::overdue, Step::overdue_long, Step::unowned}) {
    told.step = step;
    if (name(step) == key.substr(first + 1, second - first - 1)) return told;
  }
  return std::nullopt;
}

Line line_of(const Item& item, const Calendar& calendar) {
  return {.id = item.id,
          .title = cut(item.title),
          .owner = item.owner,
          .due = item.due,
          .priority = item.priority,
          .state = item.state,
          .created = calendar.date_of(item.created_at),
          .label = item.label,
          .url = item.card ? item.card->url : std::string{},
          .closed_by = item.closed_by.empty() ? item.owner : item.closed_by,
          .pings = {}};
}

bool is_snoozed(const Item& item, Date today) { return item.snoozed && today < item.snoozed->until; }

std::vector<DueStep> steps_due(const Item& item, const Situation& in) {
  const auto today = in.calendar.date_of(in.now);
  std::vector<DueStep> due;
  if (is_closed(item.state) || is_snoozed(item, today)) return due;
  if (item.due)
    if (const auto step = reached(item, in.calendar, today); step && !is_told(in.told, {item.id, *step, *item.due})) {
      const auto to = *step == Step::due_soon ? item.owner : *step == Step::overdue_long ? in.team.lead : UserId{};
      // Without an owner there is nobody to tell of a day to come.
      if (*step != Step::due_soon || !item.owner.empty()) due.push_back({{item.id, *step, *item.due}, to});
    }
  if (item.owner.empty()) {
    const Told told{item.id, Step::unowned, in.calendar.date_of(item.unowned_since.value_or(item.created_at))};
    if (today >= in.calendar.plus_working_days(told.date, days_unowned) && !in.told.contains(told))
      due.push_back({told, lead_for(item, in)});
  }
  return due;
}

std::vector<Reminder> reminders(const Situation& in) {
  std::vector<Reminder> out;
  if (!is_time_to_remind(in)) return out;
  struct One {
    const Item* item;
    DueStep step;
  };
  std::map<UserId, std::vector<One>> by_recipient;
  for (const auto& item : in.items)
    for (auto& step : steps_due(item, in)) by_recipient[step.to].push_back({&item, step});
  // An owner who hears of something hears of their items of other teams with it: told then, they bring no second
  // message.
  for (const auto& item : in.elsewhere)
    if (const auto theirs = by_recipient.find(item.owner); !item.owner.empty() && theirs != by_recipient.end())
      for (auto& step : steps_due(item, in))
        if (step.told.step == Step::due_soon) theirs->second.push_back({&item, step});
  for (auto& [to, all] : by_recipient) {
    std::ranges::sort(all, {}, [](const One& one) {
      const auto& told = one.step.told;
      const bool no_priority = one.item->priority == Severity::unset;
      return std::tuple{urgency(told.step), no_priority, one.item->priority, told.date, told.item};
    });
    auto& reminder = out.emplace_back(Reminder{.to = to, .entries = {}, .told = {}});
    std::set<ItemId> listed;
    for (const auto& one : all) {
      // Two steps of one item for the same reader are one line.
      if (!listed.contains(one.item->id)) {
        if (listed.size() == entries_most) continue;
        listed.insert(one.item->id);
        reminder.entries.push_back({line_of(*one.item, in.calendar), one.step.told.step});
      }
      reminder.told.push_back(one.step.told);
    }
  }
  return out;
}

OwnerLeft owner_left(const Situation& in, const UserId& user) {
  OwnerLeft left{.items = {}, .to = in.team.lead == user ? UserId{} : in.team.lead, .lines = {}};
  if (user.empty()) return left;
  for (const auto& item : in.items) {
    if (item.owner != user || is_closed(item.state)) continue;
    auto& changed = left.items.emplace_back(item);
    changed.owner.clear();
    changed.unowned_since = in.now;
    left.lines.push_back(line_of(changed, in.calendar));
  }
  return left;
}

}  // namespace vakt::action
