// A stage with a flag service: kills are carried out against it by the real FlagRun, as the flag runner would.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "bot/view/flag_view.hpp"
#include "tests/bot/brain/stage.hpp"
#include "tests/bot/flags/flag_service.hpp"

namespace vakt::test {

struct FlagStage : Stage {
  FlagService service;

  explicit FlagStage(Settings given = {}, FlagService its = FlagService::with("checkout"))
      : Stage(with_operators(std::move(given))), service(std::move(its)) {
    know_operators("U1,U2,U3");
  }
  static Settings with_operators(Settings given) {
    if (given.flags.providers.empty()) given.flags.providers = {{.name = "unleash"}};
    return given;
  }
  // The group's members as last looked up; "!": there is no such group.
  void know_operators(const std::string& members) { ledger.kept.cursors["group:oncall"] = members; }

  // What the command's ack said. What it sends to the flag service waits until serve().
  std::string flag(const std::string& text, const ChannelId& in = "C1", const UserId& by = "U1") {
    auto command = typed(text, in, by);
    command.command = "/flag";
    give(std::move(command));
    const auto& answer = outlet.acks.back().answer;
    return answer ? answer->message.text : std::string{};
  }
  // The same, and the service does it.
  std::string flag_done(const std::string& text, const ChannelId& in = "C1", const UserId& by = "U1") {
    auto said = flag(text, in, by);
    serve();
    return said;
  }

  // Orders, stops and reads reach the service; each change gets at most so many steps.
  void serve(int steps = 200) {
    for (bool more = true; more;) {
      more = false;
      for (const auto& row : std::exchange(for_flag_services, {})) {
        more = true;
        if (const auto* change = std::get_if<effect::ChangeFlag>(&row.effect.body))
          runs_.push_back(
              {row.id, change->change, flag::FlagRun{change->wanted, "unleash", service.tells_served, now}});
        else if (const auto* stop = std::get_if<effect::StopFlag>(&row.effect.body))
          stop_run(*stop, row);
        else
          answer_reading(row.id, std::get<effect::ReadFlags>(row.effect.body));
      }
      for (std::size_t i = 0; i < runs_.size(); ++i) advance(i, steps);
      std::erase_if(runs_, [](const Run& run) { return run.told; });
      if (steps < 200) return;
    }
  }
  // The service tells of what was changed there.
  void observe(std::vector<flag::Observation> changes, const std::string& cursor = "1") {
    give(inbound::FlagsObserved{"unleash", {std::move(changes), cursor}});
  }
  flag::Observation seen(bool enabled, Micros ago = {}, const std::string& name = "checkout") const {
    return {.at = now - ago,
            .name = name,
            .project = "default",
            .environment = "production",
            .what = enabled ? "feature-environment-enabled" : "feature-environment-disabled",
            .by = "ola",
            .enabled = enabled};
  }
  const flag::Change& change(std::int64_t number = 1) const { return ledger.kept.changes.at(number); }
  flag::Standing standing(std::int64_t number = 1) const { return change(number).progress.standing; }

  // What somebody sees at a place: the post there with its last edit.
  view::Message as_seen(const std::string& purpose) const {
    view::Message shown;
    for (const auto& post : effects<effect::Post>())
      if (post.purpose == purpose) shown = post.message;
    const auto number = purpose.find(':') == std::string::npos ? 0 : std::stoll(purpose.substr(purpose.find(':') + 1));
    if (const auto found = ledger.kept.changes.find(number); found != ledger.kept.changes.end()) {
      const auto& ts = purpose.starts_with("flag:") ? found->second.post_ts : found->second.announced_ts;
      for (const auto& update : effects<effect::Update>())
        if (!ts.empty() && update.ts == ts) shown = update.message;
    }
    return shown;
  }
  // The button of that action in a message; its value, "-" if there is none.
  static std::string button(const view::Message& message, const std::string& action) {
    for (const auto& block : message.blocks)
      if (const auto* row = std::get_if<view::Actions>(&block))
        for (const auto& element : row->elements)
          if (const auto* one = std::get_if<view::Button>(&element); one && one->action == action) return one->value;
    return "-";
  }

 private:
  struct Run {
    std::int64_t outbox_id, change;
    flag::FlagRun machine;
    flag::Progress shown = {};
    bool told = false;
  };

  void advance(std::size_t index, int steps) {
    for (bool more = true; more && steps-- > 0;) {
      auto& run = runs_[index];
      more = service.answer(run.machine, now);
      const auto& progress = run.machine.progress();
      run.told = flag::is_over(progress.standing);
      if (progress == run.shown) continue;
      run.shown = progress;
      brain.run_batch({{.at = now,
                        .outbox_id = run.told ? run.outbox_id : 0,
                        .body = inbound::FlagProgress{
                            .change = run.change, .wanted = run.machine.wanted(), .progress = progress}}});
      carry_out();
      if (runs_[index].told) return;
    }
  }
  void stop_run(const effect::StopFlag& stop, const OutboxRow& row) {
    for (auto& run : runs_)
      if (run.machine.wanted().key == stop.key) run.machine.stop(now);
    brain.run_batch({{.at = now, .outbox_id = row.id, .body = inbound::EffectDone{.effect = row.effect, .ok = true}}});
    carry_out();
  }
  void answer_reading(std::int64_t id, const effect::ReadFlags& asked) {
    inbound::FlagsOfProvider answer{.provider = "unleash"};
    auto reading = asked.name.empty() ? flag::Answer<flag::Reading>{std::unexpected(flag::ProviderError{})}
                                      : service.read(asked.name);
    if (reading)
      answer.reading = std::move(*reading);
    else
      answer.catalog = service.catalog();
    answer.environments = {"production"};
    brain.run_batch({{.at = now, .outbox_id = id, .body = inbound::FlagsRead{asked, {std::move(answer)}}}});
    carry_out();
  }

  std::vector<Run> runs_;
};

// An incident declared from C1 by U1 (its channel is CINC1), with a flag service.
struct FlagIncident : FlagStage {
  explicit FlagIncident(Settings given = {}) : FlagStage(std::move(given)) { command("declare sev1 Backend down"); }
};

}  // namespace vakt::test
