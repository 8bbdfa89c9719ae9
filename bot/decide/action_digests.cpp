// The weekly digest of each team, and the reminders between: composed when their wake-up comes, sent once.
#include <algorithm>

#include "bot/decide/action_turn.hpp"
#include "bot/decide/team_now.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto waits_for_cards = 15min;  // if no answer comes at all

// Nothing: it is no longer configured, and has no digest.
const action::Team* team_called(const Turn& turn, std::string_view name) {
  const auto& teams = turn.settings.actions.teams;
  const auto found = std::ranges::find(teams, name, &action::Team::name);
  return found == teams.end() ? nullptr : &*found;
}

TeamNow team_now(const Turn& turn, const action::Team& team) {
  const auto& facts = turn.facts;
  return {turn.settings.actions, team, facts.items, facts.incidents, facts.kept, turn.at};
}

view::DigestReader digest_reader(const Turn& turn, const action::Team& team) {
  return {turn.settings, turn.facts.known_names, team.timezone};
}

// As it was when that week's digest was composed. False: it never was.
bool go_back_to(action::Date week, const Turn& turn, TeamNow& now) {
  const auto composed = now.memory.composed.find(week);
  if (composed == now.memory.composed.end()) return false;
  now.at = composed->second;
  now.memory.composed.erase(composed);
  std::erase_if(now.memory.told,
                [&](const action::Told& one) { return kept_value(turn, told_cursor(one)) == iso_utc(now.at); });
  return true;
}

void keep_told(Turn& turn, const std::vector<action::Told>& told) {
  for (const auto& one : told) turn.out.cursors[told_cursor(one)] = iso_utc(turn.at);
}

void send_digest(Turn& turn, const TeamNow& now, const action::DigestPlan& plan) {
  const auto digest = action::digest(now.situation(), plan, now.verified(now.at));
  const auto claim = digest_cursor(now.team.name, plan.week.key);
  turn.out.cursors[claim] = iso_utc(turn.at);
  keep_told(turn, digest.told);
  if (digest.for_channel) {
    auto reader = digest_reader(turn, now.team);
    reader.postmortems = view::outstanding_line(turn.settings, now.postmortems, now.at);
    turn.effect(effect::Post{.channel = channel_of(turn, now.team),
                             .message = view::channel_digest(reader, digest),
                             .purpose = claim,
                             .join = true});
  }
  for (const auto& owner : digest.owners) {
    turn.out.cursors[owner_digest_cursor(owner.owner, action::monday_of(digest.today))] = iso_utc(turn.at);
    turn.effect(effect::Post{.channel = owner.owner,
                             .message = view::owner_digest(digest_reader(turn, now.team), digest, owner),
                             .purpose = "owner_digest"});
  }
}

void send_reminders(Turn& turn, const TeamNow& now) {
  for (const auto& reminder : action::reminders(now.situation())) {
    keep_told(turn, reminder.told);
    turn.effect(effect::Post{
        .channel = reminder.to.empty() ? channel_of(turn, now.team) : reminder.to,
        .message = view::item_reminder(digest_reader(turn, now.team), reminder, now.calendar.date_of(turn.at)),
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
  const auto now = team_now(turn, team);
  const auto since = from_iso_utc(kept_value(turn, kept::since + team.name));
  if (!since) turn.out.cursors[kept::since + team.name] = iso_utc(turn.at);
  const auto plan = action::digest_plan(now.calendar, now.claimed(), since.value_or(turn.at), turn.at);
  const auto wake = [&](Instant at) { turn.out.wakes.push_back({"actions_team:" + team.name, at}); };
  const bool goes = plan.sending == action::Sending::send || plan.sending == action::Sending::late;
  const auto reread = kept::reread + team.name;
  if (goes && now.has_cards() && !now.verified(now.at).value_or(action::Verified{}).now &&
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
  auto now = team_now(turn, *team);
  const auto week = now.calendar.digest_of(*key);
  if (!week || !go_back_to(*key, turn, now)) return;
  const auto digest =
      action::digest(now.situation(), {.sending = action::Sending::send, .week = *week}, now.verified(now.at));
  for (auto& message : view::thread_digest(digest_reader(turn, now.team), digest))
    turn.effect(effect::Post{.channel = post.channel,
                             .thread_ts = ts,
                             .message = std::move(message),
                             .purpose = "digest_thread",
                             .join = true});
}

// Their items are nobody's from now on, and each team's lead hears of theirs.
void decide_owner_left(Turn& turn, const UserId& user) {
  for (const auto& team : turn.settings.actions.teams) {
    const auto now = team_now(turn, team);
    const auto left = action::owner_left(now.situation(), user);
    for (const auto& item : left.items) {
      const auto before = std::ranges::find(now.items, item.id, &action::Item::id);
      if (before == now.items.end()) continue;
      if (auto unowned = action::set_owner(*before, {}, act_of(turn, {}), turn.settings.actions))
        keep_item(turn, *std::move(unowned));
    }
    if (!left.lines.empty())
      turn.effect(effect::Post{
          .channel = left.to.empty() ? channel_of(turn, team) : left.to,
          .message = view::owner_left_message(digest_reader(turn, now.team), left, user, now.calendar.date_of(turn.at)),
          .purpose = "owner_left",
          .join = left.to.empty()});
  }
}

}  // namespace vakt
