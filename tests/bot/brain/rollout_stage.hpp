// A stage with a rollout of `checkout` on a flag service: people plan, advance, record; the service proves.
#pragma once

#include <chrono>

#include "bot/view/rollout_view.hpp"
#include "tests/bot/brain/flag_stage.hpp"

namespace vakt::test {

struct RolloutStage : FlagStage {
  explicit RolloutStage(Settings given = {}) : FlagStage(std::move(given), with_share()) {}

  // On, for nobody: a share that can be set.
  static FlagService with_share() {
    auto its = FlagService::with("checkout");
    its.state("checkout").strategies = {
        {.name = "flexibleRollout", .parameters = {{"rollout", "0"}, {"stickiness", "default"}, {"groupId", "c"}}}};
    return its;
  }
  std::string share() { return service.state("checkout").strategies.front().parameters.at("rollout"); }

  std::string rollout(const std::string& text, const ChannelId& in = "C1", const UserId& by = "U1") {
    auto command = typed(text, in, by);
    command.command = "/rollout";
    give(std::move(command));
    const auto& answer = outlet.acks.back().answer;
    return answer ? answer->message.text : std::string{};
  }
  view::Modal modal() const {
    const auto all = effects<effect::OpenModal>();
    return all.empty() ? view::Modal{} : all.back().modal;
  }
  std::string form_error(const std::string& block) const {
    const auto& answer = outlet.acks.back().answer;
    if (!answer || !answer->form_errors.contains(block)) return {};
    return answer->form_errors.at(block);
  }
  // Planned in C1 with the stages of VA.gov's plan.
  void plan(std::map<std::string, std::string> values = {}) {
    rollout("start checkout");
    serve();
    values.try_emplace("stages", "10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %");
    submit(view::action::rollout_start, modal().context, std::move(values));
  }
  // The confirmation's context, of a command or a button; empty: there is none.
  std::string ask(const std::string& text, const UserId& by = "U1", const ChannelId& in = "C1") {
    const auto before = effects<effect::OpenModal>().size();
    rollout(text, in, by);
    serve();
    return effects<effect::OpenModal>().size() == before ? std::string{} : modal().context;
  }
  void agree(const std::string& context, const std::string& reason = {}, const UserId& by = "U1") {
    submit(view::action::flag_confirm, context, {{"name", "checkout"}, {"reason", reason}}, by);
  }
  void advance(const std::string& reason = {}) {
    agree(ask("advance 1"), reason);
    serve();
  }
  void record(const std::string& users, const std::string& errors = "None") {
    rollout("record 1");
    submit(view::action::rollout_record, modal().context, {{"users", users}, {"errors", errors}});
  }
  const rollout::Rollout& now_at(rollout::Id id = 1) { return ledger.kept.rollouts.at(id); }

  // What was said of rollouts, each with how it stood then.
  std::vector<view::Message> told(const std::string& channel = "C1") const {
    std::vector<view::Message> out;
    for (const auto& post : effects<effect::Post>())
      if (post.purpose == "rollout" && post.channel == channel) out.push_back(post.message);
    return out;
  }
  std::string last_told() const { return told().empty() ? std::string{} : words(told().back()); }
  static std::string words(const view::Message& message) {
    std::string out = message.text;
    for (const auto& block : message.blocks) {
      if (const auto* section = std::get_if<view::Section>(&block)) out += "\n" + section->text;
      if (const auto* context = std::get_if<view::Context>(&block)) out += "\n" + context->text;
    }
    return out;
  }
};

}  // namespace vakt::test
