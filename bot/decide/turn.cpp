#include "bot/decide/turn.hpp"

#include <charconv>

#include "bot/decide/postmortem_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/typed_form.hpp"

namespace vakt {

namespace {

std::string key(const char* what, const Incident& incident) {
  return std::string{what} + ":" + std::to_string(incident.number);
}

}  // namespace

std::optional<Instant> next_reminder(const Incident& incident, const Settings& settings) {
  if (incident.status != Status::open || incident.reminders_stopped || incident.reminders_unanswered >= 3) return {};
  const auto level = incident.severity == Severity::unset ? Severity::sev2 : incident.severity;
  const int quiet = settings.quiet_minutes[static_cast<std::size_t>(level) - 1];
  if (quiet <= 0) return {};
  return incident.last_update_at + std::chrono::minutes{quiet} * (incident.reminders_unanswered + 1);
}

void Turn::emit(EventBody body, const UserId& actor) {
  if (!changed_) changed_ = facts.incident;
  out.events.push_back({.incident = changed_->number, .at = at, .actor = actor, .body = std::move(body)});
  apply(*changed_, out.events.back());
}

void Turn::record(EntryKind kind, std::string detail, const UserId& actor, std::string text_of_entry,
                  bool on_timeline) {
  add({.at = at,
       .kind = kind,
       .detail = std::move(detail),
       .actor = actor,
       .text = std::move(text_of_entry),
       .on_timeline = on_timeline});
}

void Turn::add(Entry entry) {
  entry.incident = incident()->number;
  want_names(entry.actor, entry.text);
  out.added.push_back(std::move(entry));
}

void Turn::effect(EffectBody body) {
  out.effects.push_back({.incident = incident() ? incident()->number : 0, .body = std::move(body)});
}

const Entry* Turn::entry() const {
  for (const auto& entry : facts.entries)
    if (incident() && entry.incident == incident()->number) return &entry;
  return nullptr;
}

std::string Turn::keep(Draft draft, std::string key) {
  if (key.empty()) key = std::to_string(at.time_since_epoch().count()) + "-" + std::to_string(seed);
  if (draft.begun == Instant{}) draft.begun = at;
  out.drafts[key] = std::move(draft);
  return key;
}

void Turn::post(view::Message message, std::string purpose) {
  if (incident()->channel.id.empty()) return;
  effect(effect::Post{.channel = incident()->channel.id, .message = std::move(message), .purpose = std::move(purpose)});
}

void Turn::want_names(const UserId& actor, const std::string& slack_text) {
  if (actor.starts_with('U') || actor.starts_with('W')) out.names_wanted.push_back(actor);
  for (auto from = slack_text.find("<@"); from != std::string::npos; from = slack_text.find("<@", from + 2)) {
    const auto end = slack_text.find('>', from);
    if (end == std::string::npos) break;
    if (auto user = mentioned_user(std::string_view{slack_text}.substr(from, end - from + 1)); !user.empty())
      out.names_wanted.push_back(std::move(user));
  }
}

void Turn::follow_state(const Incident& before, const Incident& after) {
  const auto same = [](const view::Message& a, const view::Message& b) {
    return view::fingerprint(a) == view::fingerprint(b);
  };
  if (!after.headline.ts.empty() && !same(view::headline(settings, before), view::headline(settings, after)))
    effect(effect::Update{after.headline.channel, after.headline.ts, view::headline(settings, after)});
  if (!after.announcement.ts.empty() &&
      !same(view::announcement(settings, before), view::announcement(settings, after)))
    effect(effect::Update{after.announcement.channel, after.announcement.ts, view::announcement(settings, after)});
  if (!after.channel.id.empty() && !after.here &&
      (before.channel.id != after.channel.id || view::topic(settings, before) != view::topic(settings, after)))
    effect(effect::SetTopic{after.channel.id, view::topic(settings, after)});

  if (const auto due = next_reminder(after, settings); due != next_reminder(before, settings))
    out.wakes.push_back({key("reminder", after), due});
  if (const auto due = next_postmortem_reminder(after, settings); due != next_postmortem_reminder(before, settings))
    out.wakes.push_back({key("postmortem", after), due});

  const auto end_due = [&](const Incident& incident) -> std::optional<Instant> {
    const auto& ended = incident.marker(Marker::downtime_end);
    if (!ended || incident.marker(Marker::event_end) || incident.status == Status::cancelled) return {};
    return ended->at + std::chrono::minutes{settings.normal_minutes};
  };
  if (end_due(before) != end_due(after)) out.wakes.push_back({key("event_end", after), end_due(after)});
}

Decision Turn::finish() {
  if (changed_ && !out.events.empty()) {
    const bool known = facts.incident && facts.incident->number == changed_->number;
    follow_state(known ? *facts.incident : Incident{.number = changed_->number}, *changed_);
    out.changed.push_back(*std::move(changed_));
  }
  return std::move(out);
}

void answer(Turn& turn, const Request& request, view::Message message) {
  const auto& to = request.reply;
  switch (request.way) {
    case Request::Way::command:
      turn.out.answer = Answer{.message = std::move(message)};
      return;
    case Request::Way::press:
    case Request::Way::form: {  // from the home tab there is no channel: it is said in the incident's
      auto there = to;
      if (there.channel.empty() && turn.incident()) there.channel = turn.incident()->channel.id;
      tell(turn, there, std::move(message));
    }
  }
}

void answer_follows(Turn& turn, const Request& request, view::Message meanwhile) {
  if (request.way == Request::Way::command)
    turn.out.answer = Answer{.message = std::move(meanwhile), .follows = request.reply.response_url};
}

std::int64_t leading_number(std::string_view text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

bool can_be_told(const inbound::ReplyTo& to) { return !to.response_url.empty() || !to.channel.empty(); }

void tell(Turn& turn, const inbound::ReplyTo& to, view::Message message) {
  if (!to.response_url.empty())
    turn.effect(effect::Respond{.response_url = to.response_url,
                                .channel = to.channel,
                                .user = to.user,
                                .message = std::move(message),
                                .until = turn.at + response_url_lasts});
  else if (!to.channel.empty())
    turn.effect(effect::Ephemeral{to.channel, to.user, std::move(message)});
}

void audit_refused(Turn& turn) {
  if (turn.out.audit) turn.out.audit->outcome = "refused";
}

void refuse(Turn& turn, const Request& request, view::Message why) {
  audit_refused(turn);
  answer(turn, request, std::move(why));
}

void refuse(Turn& turn, const Request& request, const std::string& why) {
  refuse(turn, request, view::sentence(why));
  if (turn.out.audit) turn.out.audit->detail = why;
}

void show_home(Turn& turn, const UserId& user) {
  turn.out.then.push_back({.at = turn.at, .seed = turn.seed, .body = inbound::HomeOpened{user}});
}

void open_modal(Turn& turn, const Request& request, view::Modal modal) {
  turn.effect(effect::OpenModal{.trigger_id = request.reply.trigger_id,
                                .modal = std::move(modal),
                                .until = turn.at + std::chrono::milliseconds{2900},
                                .channel = request.reply.channel,
                                .user = request.reply.user});
}

Request begin_command(Turn& turn, const inbound::Command& typed) {
  turn.out.audit = Audit{.actor = typed.reply.user,
                         .channel = typed.reply.channel,
                         .command = shortened(typed.command + " " + tidy(typed.text), 200),
                         .outcome = "done"};
  turn.want_names(typed.reply.user, {});
  return {typed.reply, Request::Way::command};
}

void say(Turn& turn, const Request& request, view::Message message, const char* purpose) {
  if (request.way != Request::Way::form && request.reply.channel != turn.incident()->channel.id)
    answer(turn, request, message);
  turn.post(std::move(message), purpose);
}

std::string explained(const Turn& turn, const CommandError& error, const std::string& slash) {
  const auto& t = turn.text;
  const auto word = escaped(readable(error.word, {})), form = escaped(typed_form(turn.settings.language, error.form));
  switch (error.fault) {
    case CommandFault::unknown:
      return fill(t.unknown_command, {word, slash, form});
    case CommandFault::needs_text:
      return fill(t.needs_text, {slash, form});
    case CommandFault::bad_value:
    case CommandFault::bad_date:
      break;
  }
  return fill(t.bad_value, {word, slash, form});
}

std::string value_of(const inbound::Submission& form, const char* block) {
  const auto found = form.values.find(block);
  return found == form.values.end() ? std::string{} : tidy(found->second);
}

void form_error(Turn& turn, const char* block, std::string_view sentence) {
  audit_refused(turn);
  if (turn.out.audit) turn.out.audit->detail = sentence;
  turn.out.answer = Answer{.form_errors = {{block, std::string{sentence}}}};
}

}  // namespace vakt
