// Buttons and the confirmation of flags.

#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;
namespace button = view::action;

constexpr auto agreed_within = 10min;

// Agreed to: what a person waited for counts from now. What stands against it; empty: it is on its way.
std::string agree(Turn& turn, flag::Change change) {
  if (auto refused = order_stage(turn, change); !refused.empty()) return refused;
  if (change.restore_at) change.restore_at = turn.at + (*change.restore_at - change.requested_at);
  change.requested_at = turn.at;
  change.before.reset();  // what was shown; what an undo puts back is read before the order goes out
  change.after.reset();
  start_change(turn, std::move(change));
  return {};
}

bool still_waits(const Turn& turn) {
  return turn.facts.change && turn.facts.change->progress.standing == flag::Standing::asked &&
         turn.at - turn.facts.change->requested_at < agreed_within;
}

void approve(Turn& turn, const Request& request) {
  const auto& text = flag_texts(turn.settings.language);
  if (!still_waits(turn)) return refuse(turn, request, std::string{text.not_waiting});
  auto change = *turn.facts.change;
  if (change.by == request.reply.user) return refuse(turn, request, std::string{text.second_same});
  if (!may_turn_on(turn, request.reply.user))
    return refuse(turn, request, fill(text.refused_on, {view::operators_words(turn.settings)}));
  change.confirmed_by = request.reply.user;
  if (const auto refused = agree(turn, std::move(change)); !refused.empty()) refuse(turn, request, refused);
}

void add_to_record(Turn& turn, const Request& request) {
  if (!turn.facts.change || !turn.incident()) return;
  auto change = *turn.facts.change;
  const bool stands_there = change.incident == turn.incident()->number;
  change.incident = turn.incident()->number;
  if (!stands_there && change.is_over()) record_change(turn, change);
  answer(turn, request,
         view::sentence(fill(flag_texts(turn.settings.language).added_to_record, {std::to_string(change.incident)})));
  if (!stands_there) turn.out.changes.push_back(std::move(change));
}

void declare_with(Turn& turn, const Request& request) {
  if (!turn.facts.change) return;
  auto change = *turn.facts.change;
  if (change.incident)
    return answer(
        turn, request,
        view::sentence(fill(flag_texts(turn.settings.language).added_to_record, {std::to_string(change.incident)})));
  declare(
      turn, request,
      {.title = fill(flag_texts(turn.settings.language).declare_title, {escaped(change.wanted.name)}), .sure = true});
  if (!turn.incident() || turn.out.events.empty()) return;
  change.incident = turn.incident()->number;
  if (change.is_over()) record_change(turn, change);
  turn.out.changes.push_back(std::move(change));
}

}  // namespace

bool decide_flag_press(Turn& turn, const inbound::Press& press) {
  const Request request{press.reply, Request::Way::press};
  const auto& text = flag_texts(turn.settings.language);
  const auto& what = press.action;
  if (what == button::flag_off || what == button::flag_off_sure) {
    ask_off(turn, request, view::read_target(press.value), what == button::flag_off_sure);
  } else if (what == button::flag_status) {
    const auto target = view::read_target(press.value);
    turn.effect(effect::ReadFlags{.purpose = "status",
                                  .provider = target.provider,
                                  .name = target.name,
                                  .environment = target.environment,
                                  .response_url = press.reply.response_url,
                                  .user = press.reply.user,
                                  .channel = press.reply.channel,
                                  .until = turn.at + 60s});
  } else if (what == button::flag_undo) {
    if (turn.facts.change) undo(turn, request, *turn.facts.change);
  } else if (what == button::flag_stop) {
    if (!turn.facts.change || turn.facts.change->is_over()) {
      refuse(turn, request, std::string{text.nothing_to_stop});
    } else {
      turn.effect(effect::StopFlag{turn.facts.change->wanted.key});
      answer(turn, request, view::sentence(fill(text.stopping, {code(turn.facts.change->wanted.name)})));
    }
  } else if (what == button::flag_add) {
    add_to_record(turn, request);
  } else if (what == button::flag_declare) {
    declare_with(turn, request);
  } else if (what == button::flag_approve) {
    approve(turn, request);
  } else {
    return false;
  }
  return true;
}

void decide_flag_form(Turn& turn, const inbound::Submission& form) {
  const auto& text = flag_texts(turn.settings.language);
  const auto needs = form.context.substr(std::min(form.context.find(':'), form.context.size()));
  const bool by_name = needs.contains('t'), with_reason = needs.contains('r'), by_two = needs.contains('s');
  const char* block = by_name ? "name" : with_reason ? "reason" : "ok";
  if (!still_waits(turn)) return form_error(turn, block, text.confirm_expired);
  auto change = *turn.facts.change;
  if (by_name && value_of(form, "name") != change.wanted.name)
    return form_error(turn, "name", fill(text.name_differs, {change.wanted.name}));
  change.reason = escaped(value_of(form, "reason"));
  if (with_reason && change.reason.empty()) return form_error(turn, "reason", text.reason_needed);
  if (!by_two) {
    if (const auto refused = agree(turn, std::move(change)); !refused.empty())
      form_error(turn, block, readable(refused, turn.facts.known_names));
    return;
  }

  const Request request{form.reply, Request::Way::form};
  ask_others(turn, {.response_url = change.response_url, .user = change.by, .channel = change.asked_in},
             view::flag_approval(turn.settings, change), "flag_approval");
  answer(turn, request, view::sentence(std::string{text.second_asked}));
  turn.out.changes.push_back(std::move(change));
}

}  // namespace vakt
