// A typed /rollout command, and what it asks for.
#include <algorithm>

#include "bot/command/rollout_command.hpp"
#include "bot/command/typed_words.hpp"
#include "bot/decide/rollout_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;
using rollout::Rollout;

struct Meant {
  const Rollout* rollout = nullptr;
  std::string reason;  // plain
};

struct Run {
  Turn& turn;
  const Request& request;
  const RolloutTexts& text = rollout_texts(turn.settings.language);

  std::string command() const { return escaped(turn.settings.rollout_command); }

  // Named by number or by flag; else the only one under way here, or at all. Null where that was refused.
  Meant meant(const std::string& typed) const {
    const auto [word, rest] = first_word(typed);
    const auto& all = turn.facts.rollouts;
    if (const auto id = typed_number(word)) {
      const auto found = std::ranges::find(all, *id, &Rollout::id);
      if (found != all.end()) return {&*found, readable(rest, {})};
      refuse(turn, request, fill(text.unknown, {command(), escaped(word)}));
      return {};
    }
    const auto by_flag = std::ranges::find(all, word, &Rollout::flag);  // the newest
    if (!word.empty() && by_flag != all.end()) return {&*by_flag, readable(rest, {})};

    std::vector<const Rollout*> here, anywhere;
    for (const auto& one : all) {
      const bool follows = one.is_live() || rollout::next_check_in(one) ||
                           (one.state == rollout::State::complete && one.month && one.month->records.empty());
      if (!follows) continue;
      anywhere.push_back(&one);
      if (one.channel == request.reply.channel) here.push_back(&one);
    }
    // Nothing is under way: what was last rolled back or finished here is meant.
    if (anywhere.empty() && !all.empty()) anywhere.push_back(&all.front());
    const auto& candidates = here.empty() ? anywhere : here;
    if (candidates.size() == 1) return {candidates.front(), readable(typed, {})};
    if (candidates.empty()) {
      refuse(turn, request, fill(text.none_here, {command()}));
      return {};
    }
    std::vector<Rollout> several;
    several.reserve(candidates.size());
    for (const auto* one : candidates) several.push_back(*one);
    auto message = view::rollout_list(turn.settings, several, turn.at);
    message.text = text.which_one;
    message.blocks.insert(message.blocks.begin(), view::Section{std::string{text.which_one}});
    refuse(turn, request, std::move(message));
    return {};
  }

  void operator()(const rollout_command::List&) const {
    answer(turn, request, view::rollout_list(turn.settings, turn.facts.rollouts, turn.at));
  }
  void operator()(const rollout_command::Help&) const {
    answer(turn, request, view::sentence(fill(text.help, {command()})));
  }
  void operator()(const rollout_command::Start& c) const {
    turn.effect(
        effect::ReadFlags{.purpose = "rollout",
                          .provider = c.provider,
                          .name = c.flag,
                          .environment = c.environment.empty() ? turn.settings.flags.environment : c.environment,
                          .response_url = request.reply.response_url,
                          .trigger_id = request.reply.trigger_id,
                          .user = request.reply.user,
                          .channel = request.reply.channel,
                          .until = turn.at + 2900ms});
  }
  void operator()(const rollout_command::Status& c) const {
    if (const auto found = meant(c.text); found.rollout)
      answer(turn, request, view::rollout_status(turn.settings, *found.rollout, turn.at));
  }
  void operator()(const rollout_command::Record& c) const {
    const auto found = meant(c.text);
    if (!found.rollout) return;
    if (found.rollout->stage < 0) return refuse_rollout(turn, request, *found.rollout, rollout::Refusal::not_begun);
    open_modal(turn, request,
               view::rollout_record_form(turn.settings, *found.rollout, turn.at, std::to_string(found.rollout->id)));
  }
  void operator()(const rollout_command::Advance& c) const {
    if (const auto [found, reason] = meant(c.text); found)
      ask_stage(turn, request, *found, rollout::advance_step(*found, turn.at), reason);
  }
  void operator()(const rollout_command::Resume& c) const {
    if (const auto [found, reason] = meant(c.text); found)
      ask_stage(turn, request, *found, rollout::resume_step(*found, turn.at), reason);
  }
  void operator()(const rollout_command::Hold& c) const {
    if (const auto [found, reason] = meant(c.text); found)
      take_asked(turn, &request, rollout::asked::Hold{found->id, reason}, request.reply.user);
  }
  void operator()(const rollout_command::Rollback& c) const {
    if (const auto [found, reason] = meant(c.text); found) ask_rollback(turn, request, *found, reason);
  }
};

}  // namespace

void decide_rollout_command(Turn& turn, const inbound::Command& typed) {
  const auto request = begin_command(turn, typed);
  const auto parsed = parse_rollout_command(typed.text);
  if (!parsed) return refuse(turn, request, explained(turn, parsed.error(), turn.settings.rollout_command));
  std::visit(Run{turn, request}, *parsed);
}

}  // namespace vakt
