// What all steps of a rollout share: keeping it, telling of it, reminding of it, and what is asked of it.
#include <algorithm>

#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using rollout::Rollout;

constexpr const char* wake_key = "rollout:";

void post_of_rollout(Turn& turn, const Rollout& rollout, view::Message message) {
  const auto channel = rollout.channel.empty() ? turn.settings.announce_channel : rollout.channel;
  if (channel.empty()) return;
  turn.effect(effect::Post{.channel = channel, .message = std::move(message), .purpose = "rollout", .join = true});
}

struct Take {
  Turn& turn;
  const Request* request;
  const UserId& by;
  const RolloutTexts& text = rollout_texts(turn.settings.language);

  rollout::Act act() const { return {by, turn.at}; }
  std::string who() const { return view::rollout_person(turn.settings, by); }

  // In a form the sentence stands under that block. Nobody waits for what the terminal left: it is told where the
  // rollout is told of.
  void refused(const Rollout& rollout, const std::string& why, const char* block) const {
    if (!request) {
      audit_refused(turn);
      if (turn.out.audit) turn.out.audit->detail = why;
      return post_of_rollout(turn, rollout, view::sentence(fill(text.told_refused, {who(), why})));
    }
    if (request->way == Request::Way::form) return form_error(turn, block, readable(why, {}));
    refuse(turn, *request, why);
  }
  void refused(const Rollout& rollout, rollout::Refusal why, const char* block) const {
    refused(rollout, view::rollout_refused(turn.settings, rollout, why), block);
  }
  const Rollout* meant(rollout::Id id, const char* block) const {
    const auto* found = known_rollout(turn, id);
    if (!found) refused({}, fill(text.unknown, {escaped(turn.settings.rollout_command), std::to_string(id)}), block);
    return found;
  }
  void said(std::string_view pattern, const Rollout& rollout) const {
    if (request && request->way != Request::Way::form)
      answer(turn, *request,
             view::sentence(fill(pattern, {escaped(turn.settings.rollout_command), std::to_string(rollout.id)})));
  }

  void operator()(rollout::asked::Start& start) const {
    auto& plan = start.plan;
    plan.id = turn.facts.next_rollout;
    if (const auto* other = rollout::live_one(turn.facts.rollouts, plan))
      return refused(plan, view::rollout_under_way(turn.settings, *other), "stages");
    auto started = rollout::start(plan, act());
    if (!started) return refused(plan, started.error(), "stages");
    tell_of_rollout(turn, *started, text.told_planned, who());
    keep_rollout(turn, *std::move(started));
  }
  void operator()(rollout::asked::Report& report) const {
    const auto* found = meant(report.id, "users");
    if (!found) return;
    report.record.by = by;
    if (report.record.at == Instant{}) report.record.at = turn.at;
    auto recorded = rollout::record(*found, report.record, report.record.at);
    if (!recorded) return refused(*found, recorded.error(), "users");
    tell_of_rollout(turn, *recorded, text.told_recorded, who());
    said(text.recorded, *recorded);
    keep_rollout(turn, *std::move(recorded));
  }
  void operator()(rollout::asked::Hold& hold) const {
    const auto* found = meant(hold.id, "reason");
    if (!found) return;
    auto held = rollout::hold(*found, hold.reason, act());
    if (!held) return refused(*found, held.error(), "reason");
    tell_of_rollout(turn, *held, text.told_held, who());
    said(text.holding, *held);
    keep_rollout(turn, *std::move(held));
  }
};

}  // namespace

const Rollout* known_rollout(const Turn& turn, rollout::Id id) {
  for (const auto* all : {&turn.out.rollouts, &turn.facts.rollouts})
    if (const auto found = std::ranges::find(*all, id, &Rollout::id); found != all->end()) return &*found;
  return nullptr;
}

void keep_rollout(Turn& turn, Rollout rollout) {
  auto next = rollout::next_reminder(rollout);
  if (const auto check_in = rollout::next_check_in(rollout); check_in && (!next || *check_in < *next)) next = check_in;
  const auto key = wake_key + std::to_string(rollout.id);
  std::erase_if(turn.out.wakes, [&](const Wake& wake) { return wake.key == key; });
  turn.out.wakes.push_back({key, next});
  std::erase_if(turn.out.rollouts, [&](const Rollout& one) { return one.id == rollout.id; });
  turn.out.rollouts.push_back(std::move(rollout));
}

void tell_of_rollout(Turn& turn, const Rollout& rollout, std::string_view pattern, const std::string& who) {
  post_of_rollout(turn, rollout,
                  view::rollout_status(turn.settings, rollout, turn.at, view::rollout_said(pattern, rollout, who)));
}

void refuse_rollout(Turn& turn, const Request& request, const Rollout& rollout, rollout::Refusal why) {
  refuse(turn, request, view::rollout_refused(turn.settings, rollout, why));
}

void take_asked(Turn& turn, const Request* request, rollout::Asked asked, const UserId& by) {
  std::visit(Take{turn, request, by}, asked);
}

void decide_rollout_asked(Turn& turn, const inbound::RolloutAsked& asked) {
  turn.out.audit = Audit{.actor = asked.by, .channel = {}, .command = "vakt rollout", .outcome = "done"};
  take_asked(turn, nullptr, asked.what, asked.by);
}

// Its stage has run its time, or a check-in is due: looked at again, for it may have gone on.
bool decide_rollout_due(Turn& turn, const inbound::Due& due) {
  if (!due.key.starts_with(wake_key)) return false;
  if (turn.facts.rollouts.empty()) return true;
  const auto& text = rollout_texts(turn.settings.language);
  auto rollout = turn.facts.rollouts.front();
  if (const auto when = rollout::next_reminder(rollout); when && *when <= turn.at) {
    // Those that fell due while nobody could post them count as given.
    for (auto next = when; next && *next <= turn.at; next = rollout::next_reminder(rollout))
      ++rollout.runs[static_cast<std::size_t>(rollout.stage)].reminded;
    tell_of_rollout(turn, rollout, text.told_time_out, {});
  }
  for (auto* one : {&rollout.week, &rollout.month}) {
    if (rollout.state != rollout::State::complete || !*one || (*one)->told || (*one)->due > turn.at) continue;
    (*one)->told = true;
    tell_of_rollout(turn, rollout, one == &rollout.week ? text.told_week : text.told_month, {});
  }
  keep_rollout(turn, std::move(rollout));
  return true;
}

// Its channel is gone: the announce channel hears it, and why.
bool decide_rollout_not_posted(Turn& turn, const effect::Post& post, const inbound::EffectDone& done) {
  if (post.purpose != "rollout") return false;
  if (done.ok || !post.because.empty() || post.channel == turn.settings.announce_channel ||
      turn.settings.announce_channel.empty())
    return true;
  auto next = post;
  next.channel = turn.settings.announce_channel;
  next.because = fill(rollout_texts(turn.settings.language).told_not_here,
                      {"<#" + post.channel + ">", why_shown(turn.text, done.error)});
  next.message.blocks.emplace_back(view::Context{next.because});
  turn.effect(std::move(next));
  return true;
}

}  // namespace vakt
