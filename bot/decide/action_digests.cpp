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

std::string monday_of(action::Date day) {
  const std::chrono::weekday weekday{std::chrono::sys_days{day}};
  return iso_date(action::plus_days(day, 1 - static_cast<int>(weekday.iso_encoding())));
}

// Everything that is known of one team now. Lives as long as what `situation` borrows.
struct TeamNow {
  const Turn& turn;
  const action::Team& team;
  action::Calendar calendar;
  std::vector<action::Item> items, elsewhere;
  std::map<IncidentNumber, UserId> leads;
  std::set<action::Told> told;
  std::set<UserId> written_to;
  std::set<action::Date> claimed;
  std::optional<Instant> last_digest;
  Instant since{};

  // but_for: a week whose digest was composed just now, seen as if it had not been yet.
  TeamNow(const Turn& of, const action::Team& its, std::optional<action::Date> but_for = {})
      : turn(of), team(its), calendar(its, of.settings.actions.holidays), since(of.at), but_for_(but_for) {
    for (const auto& item : of.facts.items) (&team_of(of, item) == &its ? items : elsewhere).push_back(item);
    for (const auto& incident : of.facts.incidents)
      if (const auto lead = incident.roles.find("lead"); lead != incident.roles.end())
        leads[incident.number] = lead->second;
    for (const auto& [name, value] : of.facts.kept) read(name, value);
  }

  void read(std::string_view name, const std::string& value) {
    const auto after = [&](std::string_view prefix) -> std::optional<std::string_view> {
      if (!name.starts_with(prefix)) return std::nullopt;
      return name.substr(prefix.size());
    };
    const auto week = monday_of(calendar.date_of(turn.at));
    if (const auto key = after(kept::told)) {
      if (const auto one = action::told_from(*key)) told.insert(*one);
    } else if (const auto owner = after(kept::owner_digest); owner && owner->ends_with(":" + week)) {
      written_to.emplace(owner->substr(0, owner->size() - week.size() - 1));
    } else if (const auto date = after(kept::digest + team.name + ":")) {
      const auto day = from_iso_date(*date);
      if (!day || day == but_for_) return;
      claimed.insert(*day);
      if (const auto at = from_iso_utc(value)) last_digest = std::max(last_digest.value_or(*at), *at);
    } else if (name == kept::since + team.name) {
      since = from_iso_utc(value).value_or(since);
    }
  }

  action::Situation situation() const {
    return {.team = team,
            .calendar = calendar,
            .items = items,
            .leads = leads,
            .told = told,
            .elsewhere = elsewhere,
            .written_to = written_to,
            .last_digest = last_digest,
            .now = turn.at};
  }
  view::DigestReader reader() const { return {turn.settings, turn.facts.known_names, team.timezone}; }

  bool has_cards() const {
    return std::ranges::any_of(items, [](const action::Item& item) { return item.card.has_value(); });
  }
  // Nothing: the team has no cards.
  std::optional<action::Verified> verified() const {
    if (!turn.settings.actions.trello || !has_cards()) return std::nullopt;
    const auto at = from_iso_utc(kept_value(turn, kept::verified));
    return action::Verified{.now = at && turn.at - *at <= fresh, .at = at};
  }

 private:
  std::optional<action::Date> but_for_;
};

void keep_told(Turn& turn, const std::vector<action::Told>& told) {
  for (const auto& one : told) turn.out.cursors[kept::told + action::key(one)] = iso_utc(turn.at);
}

void send_digest(Turn& turn, const TeamNow& now, const action::DigestPlan& plan) {
  const auto digest = action::digest(now.situation(), plan, now.verified());
  const auto claim = kept::digest + now.team.name + ":" + iso_date(plan.week.key);
  turn.out.cursors[claim] = iso_utc(turn.at);
  keep_told(turn, digest.told);
  if (digest.for_channel)
    turn.effect(effect::Post{.channel = channel_of(turn, now.team),
                             .message = view::channel_digest(now.reader(), digest),
                             .purpose = claim,
                             .join = true});
  for (const auto& owner : digest.owners) {
    turn.out.cursors[kept::owner_digest + owner.owner + ":" + monday_of(digest.today)] = iso_utc(turn.at);
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
  if (!turn.facts.kept.contains(kept::since + team.name)) turn.out.cursors[kept::since + team.name] = iso_utc(turn.at);
  const auto plan = action::digest_plan(now.calendar, now.claimed, now.since, turn.at);
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
  const auto name = due.key.substr(of_team.size());
  for (const auto& team : turn.settings.actions.teams)  // one that is no longer configured has no digest
    if (team.name == name) look_at_team(turn, team);
  return true;
}

// What did not fit goes under it.
void decide_digest_posted(Turn& turn, const effect::Post& post, const Ts& ts) {
  const auto colon = post.purpose.rfind(':');
  const auto key = from_iso_date(std::string_view{post.purpose}.substr(colon + 1));
  const auto begins = std::string_view{kept::digest}.size();
  if (!key || colon < begins) return;
  const auto& team =
      action::team_named(turn.settings.actions, std::string_view{post.purpose}.substr(begins, colon - begins));
  const TeamNow now{turn, team, *key};
  const auto week = now.calendar.digest_of(*key);
  if (!week) return;
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
