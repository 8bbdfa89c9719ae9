// The weekly digest of each team, and the reminders between: composed when their wake-up comes, sent once.
#include <algorithm>

#include "bot/decide/action_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto fresh = 1h;               // a reading of the cards that a digest may rest on
constexpr auto waits_for_cards = 15min;  // if no answer comes at all

std::string kept_value(const Turn& turn, const std::string& name) {
  const auto found = turn.facts.kept.find(name);
  return found == turn.facts.kept.end() ? std::string{} : found->second;
}

action::Date monday_of(action::Date day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return action::plus_days(day, 1 - static_cast<int>(weekday.iso_encoding()));
}

// Nothing: it is no longer configured, and has no digest.
const action::Team* team_called(const Turn& turn, std::string_view name) {
  const auto& teams = turn.settings.actions.teams;
  const auto found = std::ranges::find(teams, name, &action::Team::name);
  return found == teams.end() ? nullptr : &*found;
}

// Everything that is known of one team now. Lives as long as what `situation` borrows.
struct TeamNow {
  const Turn& turn;
  const action::Team& team;
  action::Calendar calendar;
  DigestMemory memory;
  std::vector<action::Item> items, elsewhere;
  std::map<IncidentNumber, UserId> leads;
  Instant at;

  TeamNow(const Turn& of, const action::Team& its)
      : turn(of),
        team(its),
        calendar(its, of.settings.actions.holidays),
        memory(digest_memory(of.facts.kept, its.name, monday_of(calendar.date_of(of.at)))),
        at(of.at) {
    for (const auto& item : of.facts.items) (&team_of(of, item) == &its ? items : elsewhere).push_back(item);
    for (const auto& incident : of.facts.incidents)
      if (const auto lead = incident.roles.find("lead"); lead != incident.roles.end())
        leads[incident.number] = lead->second;
  }

  // As it was when that week's digest was composed. False: it never was.
  bool go_back_to(action::Date week) {
    const auto composed = memory.composed.find(week);
    if (composed == memory.composed.end()) return false;
    at = composed->second;
    memory.composed.erase(composed);
    std::erase_if(memory.told,
                  [&](const action::Told& one) { return kept_value(turn, told_cursor(one)) == iso_utc(at); });
    return true;
  }

  std::set<action::Date> claimed() const {
    std::set<action::Date> weeks;
    for (const auto& [week, composed] : memory.composed) weeks.insert(week);
    return weeks;
  }
  std::optional<Instant> last_digest() const {
    std::optional<Instant> last;
    for (const auto& [week, composed] : memory.composed) last = std::max(last.value_or(composed), composed);
    return last;
  }

  action::Situation situation() const {
    return {.team = team,
            .calendar = calendar,
            .items = items,
            .leads = leads,
            .told = memory.told,
            .elsewhere = elsewhere,
            .written_to = memory.written_to,
            .last_digest = last_digest(),
            .now = at};
  }
  view::DigestReader reader() const { return {turn.settings, turn.facts.known_names, team.timezone}; }

  bool has_cards() const {
    return std::ranges::any_of(items, [](const action::Item& item) { return item.card.has_value(); });
  }
  // Nothing: the team has no cards.
  std::optional<action::Verified> verified() const {
    if (!turn.settings.actions.trello || !has_cards()) return std::nullopt;
    const auto read = from_iso_utc(kept_value(turn, cards_verified_cursor));
    return action::Verified{.now = read && at - *read <= fresh, .at = read};
  }
};

void keep_told(Turn& turn, const std::vector<action::Told>& told) {
  for (const auto& one : told) turn.out.cursors[told_cursor(one)] = iso_utc(turn.at);
}

void send_digest(Turn& turn, const TeamNow& now, const action::DigestPlan& plan) {
  const auto digest = action::digest(now.situation(), plan, now.verified());
  const auto claim = digest_cursor(now.team.name, plan.week.key);
  turn.out.cursors[claim] = iso_utc(turn.at);
  keep_told(turn, digest.told);
  if (digest.for_channel)
    turn.effect(effect::Post{.channel = channel_of(turn, now.team),
                             .message = view::channel_digest(now.reader(), digest),
                             .purpose = claim,
                             .join = true});
  for (const auto& owner : digest.owners) {
    turn.out.cursors[owner_digest_cursor(owner.owner, monday_of(digest.today))] = iso_utc(turn.at);
    turn.effect(effect::Post{
        .channel = owner.owner, .message = view::owner_digest(now.reader(), digest, owner), .purpose = "owner_digest"});
  }
}

void send_reminders(Turn& turn, const TeamNow& now) {
  for (const auto& reminder : action::reminders(now.situation())) {
    keep_told(turn, reminder.told);
    turn.effect(effect::Post{.channel = reminder.to.empty() ? channel_of(turn, now.team) : reminder.to,
                             .message = view::item_reminder(now.reader(), reminder, now.calendar.date_of(turn.at)),
                             .purpose = "item_reminder",
                             .join = reminder.to.empty()});
  }
}

// Whoever owns something may have left the workspace since: asked once a working day.
void look_up_owners(Turn& turn, const TeamNow& now) {
  std::set<UserId> owners;
  for (const auto& item : now.items)
    if (!action::is_closed(item.state) && !item.owner.empty()) owners.insert(item.owner);
  for (const auto& owner : owners) turn.effect(effect::LookUpUser{owner});
}

void look_at_team(Turn& turn, const action::Team& team) {
  const TeamNow now{turn, team};
  const auto since = from_iso_utc(kept_value(turn, kept::since + team.name));
  if (!since) turn.out.cursors[kept::since + team.name] = iso_utc(turn.at);
  const auto plan = action::digest_plan(now.calendar, now.claimed(), since.value_or(turn.at), turn.at);
  const auto wake = [&](Instant at) { turn.out.wakes.push_back({"actions_team:" + team.name, at}); };
  const bool goes = plan.sending == action::Sending::send || plan.sending == action::Sending::late;
  const auto reread = kept::reread + team.name;
  if (goes && now.has_cards() && !now.verified().value_or(action::Verified{}).now &&
      kept_value(turn, reread) != iso_date(plan.week.key)) {
    turn.out.cursors[reread] = iso_date(plan.week.key);
    turn.effect(read_of(turn, kept::digest + team.name, turn.facts.items));
    return wake(turn.at + waits_for_cards);
  }
  if (goes) send_digest(turn, now, plan);
  if (!goes) send_reminders(turn, now);
  if (now.calendar.is_working_day(now.calendar.date_of(turn.at)) &&
      turn.at >= now.calendar.time_of(now.calendar.date_of(turn.at)))
    look_up_owners(turn, now);
  auto next = now.calendar.next_working_time(turn.at);
  if (plan.look_again && *plan.look_again > turn.at) next = std::min(next, *plan.look_again);
  wake(next);
}

}  // namespace

bool decide_action_due(Turn& turn, const inbound::Due& due) {
  constexpr std::string_view of_team = "actions_team:";
  if (due.key == "actions_poll") {
    auto read = read_of(turn, "poll", turn.facts.items);
    if (read.what.cards.empty())
      turn.out.wakes.push_back({"actions_poll", turn.at + turn.settings.actions.poll_every});
    else
      turn.effect(std::move(read));
    return true;
  }
  if (!due.key.starts_with(of_team)) return false;
  if (const auto* team = team_called(turn, std::string_view{due.key}.substr(of_team.size()))) look_at_team(turn, *team);
  return true;
}

// What did not fit goes under it.
void decide_digest_posted(Turn& turn, const effect::Post& post, const Ts& ts) {
  const auto colon = post.purpose.rfind(':');
  const auto key = from_iso_date(std::string_view{post.purpose}.substr(colon + 1));
  const auto begins = std::string_view{kept::digest}.size();
  if (!key || colon < begins) return;
  const auto* team = team_called(turn, std::string_view{post.purpose}.substr(begins, colon - begins));
  if (!team) return;
  TeamNow now{turn, *team};
  const auto week = now.calendar.digest_of(*key);
  if (!week || !now.go_back_to(*key)) return;
  const auto digest =
      action::digest(now.situation(), {.sending = action::Sending::send, .week = *week}, now.verified());
  for (auto& message : view::thread_digest(now.reader(), digest))
    turn.effect(effect::Post{.channel = post.channel,
                             .thread_ts = ts,
                             .message = std::move(message),
                             .purpose = "digest_thread",
                             .join = true});
}

// Their items are nobody's from now on, and each team's lead hears of theirs.
void decide_owner_left(Turn& turn, const UserId& user) {
  for (const auto& team : turn.settings.actions.teams) {
    const TeamNow now{turn, team};
    const auto left = action::owner_left(now.situation(), user);
    for (const auto& item : left.items) {
      const auto before = std::ranges::find(now.items, item.id, &action::Item::id);
      if (before == now.items.end()) continue;
      if (auto unowned = action::set_owner(*before, {}, act_of(turn, {}), turn.settings.actions))
        keep_item(turn, *std::move(unowned));
    }
    if (!left.lines.empty())
      turn.effect(
          effect::Post{.channel = left.to.empty() ? channel_of(turn, team) : left.to,
                       .message = view::owner_left_message(now.reader(), left, user, now.calendar.date_of(turn.at)),
                       .purpose = "owner_left",
                       .join = left.to.empty()});
  }
}

}  // namespace vakt
