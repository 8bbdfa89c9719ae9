// How a rollout stands, and what to do now.
#include "bot/view/rollout_view.hpp"

#include <algorithm>

#include "bot/command/typed_words.hpp"
#include "bot/rollouts/what_now.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

using rollout::Rollout;
using rollout::State;

constexpr std::size_t listed_most = 15, words_most = 300;

struct Words {
  const Settings& settings;
  const Rollout& rollout;
  Instant now;
  const RolloutTexts& t = rollout_texts(settings.language);

  std::string time(Instant at) const { return date_and_time(at, settings.timezone); }

  std::string state() const {
    const auto name = rollout.state == State::planned    ? t.planned
                      : rollout.state == State::running  ? t.running
                      : rollout.state == State::held     ? t.held
                      : rollout.state == State::complete ? t.complete
                                                         : t.rolled_back;
    std::string text{name};
    if (rollout.current_stage())
      text += " · " + fill(t.stage_of, {std::to_string(rollout.stage + 1), std::to_string(rollout.stages.size()),
                                        std::to_string(rollout.current_stage()->percent)});
    return text;
  }
  std::string heading() const {
    return fill(t.heading, {std::to_string(rollout.id), code(rollout.flag), escaped(rollout.environment), state()});
  }

  std::string seen(const rollout::Stage& stage, const std::vector<rollout::Record>& records) const {
    const auto* record = rollout::last_record(records);
    auto text = verdict_shown(settings, rollout::verdict(stage, record));
    if (record && !rollout::says_nothing(record->errors)) text += ": " + escaped(shortened(record->errors, words_most));
    return text;
  }
  std::string stage_line(std::size_t index) const {
    const auto& stage = rollout.stages[index];
    const auto& run = rollout.runs[index];
    const bool is_current = static_cast<int>(index) == rollout.stage;
    std::string known;
    if (run.began) known = ": " + fill(t.began, {time(*run.began)});
    if (run.ended) known += ", " + fill(t.ended, {time(*run.ended)});
    if (is_current)
      if (const auto ends = stage_ends(rollout); ends && rollout.state == State::running)
        known += ", " + fill(t.ends, {time(*ends)});
    if (!run.began && stage.least_users) known = ": " + fill(t.goal, {std::to_string(stage.least_users)});
    if (run.began) known += " · " + seen(stage, run.records);
    const auto* mark = is_current ? ":arrow_forward:" : run.began ? ":white_check_mark:" : ":white_circle:";
    return fill(t.stage_line, {mark, rollout::stages_text({stage}), known});
  }
  std::string check_in_line(std::string_view pattern, const rollout::CheckIn& one) const {
    const rollout::Stage stage{.percent = 100, .least_users = rollout.stages.back().least_users};
    return ":calendar: " + fill(pattern, {time(one.due)}) + " · " + seen(stage, one.records);
  }
  std::string stages() const {
    std::string text;
    for (std::size_t i = 0; i < rollout.stages.size(); ++i) text += (i ? "\n" : "") + stage_line(i);
    if (rollout.week) text += "\n" + check_in_line(t.week, *rollout.week);
    if (rollout.month) text += "\n" + check_in_line(t.month, *rollout.month);
    return text;
  }

  // Why it does not go on by itself.
  std::string stop() const {
    if (!rollout.stop) return {};
    const auto& [why, by, detail, at] = *rollout.stop;
    const auto pattern = rollout.state == State::rolled_back          ? t.rolled_back_by
                         : why == rollout::Stop::Why::changed_by_hand ? t.held_by_hand
                         : why == rollout::Stop::Why::rollback        ? t.held_for_rollback
                                                                      : t.held_asked;
    auto text = fill(pattern, {rollout_person(settings, by), time(at)});
    if (!detail.empty()) text += " " + fill(t.because, {escaped(shortened(detail, words_most))});
    return text + "\n";
  }
  // The stage or the time that the sentence of what to do now is about.
  std::string about_now(rollout::WhatNow what) const {
    using enum rollout::WhatNow;
    const auto stage = [&](int index) {
      const auto last = static_cast<int>(rollout.stages.size()) - 1;
      return std::to_string(rollout.stages[static_cast<std::size_t>(std::clamp(index, 0, last))].percent) + " %";
    };
    if (what == begin || what == advance) return stage(rollout.stage + 1);
    if (what == rolled_back) return stage(rollout.stage);
    if (what == wait) return stage_ends(rollout) ? time(*stage_ends(rollout)) : std::string{};
    if (what != wait_for_check_in || !rollout.week || !rollout.month) return {};
    return time(now < rollout.week->due ? rollout.week->due : rollout.month->due);
  }
  std::string what_now() const {
    const auto what = rollout::what_now(rollout, now);
    return stop() + fill(what_now_text(t, what),
                         {escaped(settings.rollout_command), std::to_string(rollout.id), about_now(what)});
  }

  std::string plan() const {
    std::string text;
    const auto add = [&](std::string_view pattern, const std::vector<std::string>& lines) {
      std::string joined;
      for (const auto& line : lines) joined += (joined.empty() ? "" : "; ") + escaped(line);
      if (!joined.empty()) text += (text.empty() ? "" : "\n") + fill(pattern, {shortened(joined, words_most)});
    };
    add(t.criteria, rollout.criteria);
    add(t.dashboards, rollout.dashboards);
    add(t.watchers, rollout.watchers);
    std::vector<std::string> go;
    go.reserve(rollout.go_no_go.size());
    for (const auto& one : rollout.go_no_go) go.push_back(one.discipline + ": " + one.by);
    add(t.go_no_go, go);
    return text;
  }

  Button button(std::string_view label, const char* what, int stage,
                Button::Style style = Button::Style::normal) const {
    return {.label = shortened(label, 75),
            .action = what,
            .value = write_rollout({rollout.id, stage, {rollout.provider, rollout.flag, rollout.environment}}),
            .style = style};
  }
  std::string at_percent(std::string_view pattern, int stage) const {
    return fill(pattern, {std::to_string(rollout.stages[static_cast<std::size_t>(stage)].percent)});
  }
  Actions buttons() const {
    Actions row;
    if (const auto again = rollout::resume_step(rollout, now))
      row.elements.emplace_back(button(at_percent(t.resume, again->stage), action::rollout_resume, again->stage));
    if (const auto next = rollout::advance_step(rollout, now))
      row.elements.emplace_back(button(at_percent(rollout.stage < 0 ? t.begin : t.advance, next->stage),
                                       action::rollout_advance, next->stage, Button::Style::primary));
    if (rollout.stage >= 0) row.elements.emplace_back(button(t.record, action::rollout_record, rollout.stage));
    if (rollout.state == State::running) row.elements.emplace_back(button(t.hold, action::rollout_hold, rollout.stage));
    if (rollout.stage >= 0 || rollout.pending)
      row.elements.emplace_back(button(t.roll_back, action::rollout_rollback, rollout.stage, Button::Style::danger));
    return row;
  }
};

}  // namespace

Message rollout_status(const Settings& settings, const Rollout& rollout, Instant now, const std::string& said) {
  const Words words{settings, rollout, now};
  Message message{.text = said.empty() ? words.heading() : said, .blocks = {}};
  if (!said.empty()) message.blocks.emplace_back(Section{said});
  message.blocks.emplace_back(Section{words.heading()});
  message.blocks.emplace_back(Section{words.stages()});
  message.blocks.emplace_back(Section{words.what_now()});
  if (const auto plan = words.plan(); !plan.empty()) message.blocks.emplace_back(Context{plan});
  if (auto row = words.buttons(); !row.elements.empty()) message.blocks.emplace_back(std::move(row));
  return message;
}

Message rollout_list(const Settings& settings, const std::vector<Rollout>& rollouts, Instant now) {
  const auto& t = rollout_texts(settings.language);
  if (rollouts.empty()) return sentence(fill(t.list_empty, {escaped(settings.rollout_command)}));
  Message message{.text = std::string{t.list_heading}, .blocks = {Header{std::string{t.list_heading}}}};
  for (std::size_t i = 0; i < rollouts.size() && i < listed_most; ++i) {
    const Words words{settings, rollouts[i], now};
    message.blocks.emplace_back(Section{words.heading() + "\n" + words.what_now()});
    if (auto row = words.buttons(); !row.elements.empty()) message.blocks.emplace_back(std::move(row));
  }
  if (rollouts.size() > listed_most) message.blocks.emplace_back(Context{std::string{t.list_more}});
  return message;
}

std::string rollout_line(const Settings& settings, const Rollout& rollout, Instant now, const Names& names) {
  auto terminal = settings;
  terminal.rollout_command = "vakt rollout";
  const Words words{terminal, rollout, now};
  auto text = words.heading() + "\n" + words.stages() + "\n" + words.what_now();
  std::erase(text, '*');
  static constexpr std::pair<std::string_view, std::string_view> marks[]{{":white_check_mark:", "[x]"},
                                                                         {":arrow_forward:", "[>]"},
                                                                         {":white_circle:", "[ ]"},
                                                                         {":calendar:", "[ ]"},
                                                                         {":warning:", "!"}};
  for (const auto& [emoji, plain] : marks) replace_all(text, emoji, plain);
  return readable(text, names);
}

}  // namespace vakt::view
