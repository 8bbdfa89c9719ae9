// A post-mortem has an owner and a due date, and its owner is reminded until it is published.
#include "bot/actions/calendar.hpp"
#include "bot/actions/due_date.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr int remind_again_days = 7;
constexpr auto working_hours = 8h;  // a reminder that is late comes within these after the team's time, or the next day

const PostmortemTexts& words(const Turn& turn) { return postmortem_texts(turn.settings.language); }

action::Calendar calendar_of(const Incident& incident, const Settings& settings) {
  return {action::team_named(settings.actions, incident.team), settings.actions.holidays};
}

UserId owner_for(const Incident& incident, const UserId& otherwise) {
  const auto lead = incident.roles.find("lead");
  return lead == incident.roles.end() ? otherwise : lead->second;
}

void want(Turn& turn, const UserId& by) {
  const auto& incident = *turn.incident();
  std::optional<action::Date> due;
  if (const auto days = turn.settings.postmortem.due_days)
    due = action::plus_days(calendar_of(incident, turn.settings).date_of(turn.at), *days);
  turn.emit(event::PostmortemWanted{owner_for(incident, by), due}, by);
}

bool is_decent(const action::Calendar& calendar, Instant at) {
  const auto today = calendar.date_of(at);
  const auto opens = calendar.time_of(today);
  return calendar.is_working_day(today) && at >= opens && at < opens + working_hours;
}

}  // namespace

std::optional<Instant> next_postmortem_reminder(const Incident& incident, const Settings& settings) {
  const auto& duty = incident.postmortem;
  if (!duty || !duty->due || duty->owner.empty() || duty->published_at || incident.test ||
      incident.status != Status::resolved)
    return {};
  const auto calendar = calendar_of(incident, settings);
  const auto at_on = [&](action::Date day) { return calendar.time_of(calendar.working_day_from(day)); };
  if (duty->reminded_at) return at_on(action::plus_days(calendar.date_of(*duty->reminded_at), remind_again_days));
  // A day that had passed when it was set is for the next morning.
  const auto due = at_on(*duty->due);
  return due > duty->due_set_at ? due : calendar.next_working_time(duty->due_set_at);
}

void want_postmortem(Turn& turn, const UserId& by) {
  if (!turn.incident()->test && !turn.incident()->postmortem) want(turn, by);
}

std::string want_postmortem_on_resolve(Turn& turn, const UserId& by) {
  const auto& settings = turn.settings.postmortem;
  const auto severity = turn.incident()->severity;
  const bool wanted = severity != Severity::unset && settings.due_days &&
                      settings.severities.at(static_cast<std::size_t>(severity) - 1);
  if (wanted) want_postmortem(turn, by);
  const auto& duty = turn.incident()->postmortem;
  if (!duty || duty->published_at || turn.incident()->test) return {};
  return duty->due ? fill(words(turn).wanted, {person(duty->owner), iso_date(*duty->due)})
                   : fill(words(turn).wanted_undated, {person(duty->owner)});
}

void publish_postmortem(Turn& turn, const Request& request, const std::string& url) {
  const auto& incident = *turn.incident();
  const auto earlier = incident.postmortem ? incident.postmortem->url : std::string{};
  const auto said = view::sentence(fill(words(turn).published, {person(request.reply.user), "<" + url + ">"}));
  if (earlier != url) {
    turn.emit(event::PostmortemPublished{url}, request.reply.user);
    turn.record(EntryKind::system, "postmortem_published", request.reply.user,
                fill(words(turn).entry_published, {"<" + url + ">"}), false);
    if (!incident.channel.id.empty())
      turn.effect(effect::AddBookmark{incident.channel.id, std::string{words(turn).bookmark}, url, earlier});
    turn.post(said, "postmortem_published");
    if (request.reply.channel == turn.incident()->channel.id) return;  // whoever typed it sees the post
  }
  answer(turn, request, said);
}

void own_postmortem(Turn& turn, const Request& request, const UserId& wanted) {
  const auto number = std::to_string(turn.incident()->number);
  if (turn.incident()->test) return refuse(turn, request, fill(words(turn).nothing_to_remind, {number}));
  const auto owner = wanted.empty() ? request.reply.user : wanted;
  want_postmortem(turn, request.reply.user);
  if (turn.incident()->postmortem->owner != owner) turn.emit(event::PostmortemOwned{owner}, request.reply.user);
  turn.want_names(owner, {});
  const auto said = view::sentence(fill(words(turn).owner_set, {number, person(owner)}));
  // Whoever is to write it hears of it.
  if (owner != request.reply.user && !turn.incident()->channel.id.empty())
    say(turn, request, said, "postmortem_owner");
  else
    answer(turn, request, said);
}

void set_postmortem_due(Turn& turn, const Request& request, const std::string& typed) {
  const auto number = std::to_string(turn.incident()->number);
  if (turn.incident()->test) return refuse(turn, request, fill(words(turn).nothing_to_remind, {number}));
  const auto& zone = action::team_named(turn.settings.actions, turn.incident()->team).timezone;
  const auto due = action::parse_due(typed, turn.at, zone);
  if (!due)
    return refuse(turn, request,
                  fill(turn.text.bad_value, {escaped(shortened(typed, 40)), turn.settings.incident_command,
                                             "postmortem due " + escaped(due.error().form)}));
  want_postmortem(turn, request.reply.user);
  turn.emit(event::PostmortemDueSet{due->date}, request.reply.user);
  answer(turn, request, view::sentence(fill(words(turn).due_set, {number, iso_date(due->date)})));
}

void decide_postmortem_due(Turn& turn) {
  const auto& incident = *turn.incident();
  const auto when = next_postmortem_reminder(incident, turn.settings);
  if (!when || *when > turn.at) return;
  const auto calendar = calendar_of(incident, turn.settings);
  if (!is_decent(calendar, turn.at)) {  // it fell due while vakt was away
    turn.out.wakes.push_back({"postmortem:" + std::to_string(incident.number), calendar.next_working_time(turn.at)});
    return;
  }
  turn.effect(effect::Post{.channel = incident.postmortem->owner,
                           .message = view::postmortem_reminder(turn.settings, incident),
                           .purpose = "postmortem_reminder"});
  turn.emit(event::PostmortemReminded{}, {});
}

void decide_postmortem_reminder_refused(Turn& turn, effect::Post post, const std::string& error) {
  const auto& channel = turn.incident()->channel.id;
  if (channel.empty() || post.channel == channel) return;
  post.message.blocks.emplace_back(
      view::Context{fill(turn.text.announced_here, {person(post.channel), why_shown(turn.text, error)})});
  post.channel = channel;
  turn.effect(std::move(post));
}

}  // namespace vakt
