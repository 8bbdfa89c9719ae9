// The forms of rollouts.
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/incident_view.hpp"
#include "bot/view/rollout_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t criteria_asked = 10, label_most = 150, initial_most = 2'900;

Modal form(const RolloutTexts& t, std::string_view title, const char* callback, const std::string& context) {
  return {.title = std::string{title},
          .submit = std::string{t.save},
          .close = std::string{t.close},
          .callback = callback,
          .context = context};
}

Input input(const std::string& block, std::string_view label, std::string_view hint, bool optional,
            Input::Kind kind = Input::Kind::paragraph) {
  return {.block = block,
          .label = shortened(label, label_most),
          .kind = kind,
          .optional = optional,
          .placeholder = std::string{hint}};
}

}  // namespace

Modal rollout_start_form(const Settings& settings, const FlagTarget& target, const std::string& context) {
  const auto& t = rollout_texts(settings.language);
  auto modal = form(t, t.form_start, action::rollout_start, context);
  modal.blocks.emplace_back(
      Section{code(target.name) + " · " + escaped(target.environment) + " · " + escaped(target.provider)});
  auto stages = input("stages", t.label_stages, {}, false, Input::Kind::line);
  stages.initial = "10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %";
  modal.blocks.emplace_back(stages);
  modal.blocks.emplace_back(input("least", t.label_least, t.hint_least, true, Input::Kind::line));
  modal.blocks.emplace_back(input("criteria", t.label_criteria, t.hint_criteria, true));
  modal.blocks.emplace_back(input("dashboards", t.label_dashboards, t.hint_dashboards, true));
  modal.blocks.emplace_back(input("watchers", t.label_watchers, t.hint_watchers, true));
  modal.blocks.emplace_back(input("go", t.label_go, t.hint_go, true));
  return modal;
}

Modal rollout_record_form(const Settings& settings, const rollout::Rollout& rollout, Instant now,
                          const std::string& context) {
  const auto& t = rollout_texts(settings.language);
  auto modal = form(t, t.form_record, action::rollout_record, context);
  const auto slot = rollout::slot_of(rollout, now);
  const auto about = slot == rollout::Slot::week    ? rollout_said(t.told_week, rollout)
                     : slot == rollout::Slot::month ? rollout_said(t.told_month, rollout)
                     : rollout.current_stage()
                         ? code(rollout.flag) + " · " + std::to_string(rollout.current_stage()->percent) + " %"
                         : code(rollout.flag);
  modal.blocks.emplace_back(Section{about});
  const auto* records = rollout::records_of(rollout, slot);
  const auto* last = records && !records->empty() ? &records->back() : nullptr;
  const auto add = [&](Input one, const std::string& initial) {
    one.initial = shortened(initial, initial_most);
    modal.blocks.emplace_back(std::move(one));
  };
  add(input("users", t.label_users, {}, false, Input::Kind::line),
      last ? (last->about ? "~" : "") + std::to_string(last->users) : "");
  for (std::size_t i = 0; i < rollout.criteria.size() && i < criteria_asked; ++i) {
    std::string before;
    if (last)
      for (const auto& metric : last->metrics)
        if (metric.criterion == rollout.criteria[i]) before = metric.value;
    add(input("metric" + std::to_string(i), fill(t.label_metric, {rollout.criteria[i]}), {}, true, Input::Kind::line),
        before);
  }
  add(input("downstream", t.label_downstream, {}, true, Input::Kind::line), last ? last->downstream : "");
  add(input("errors", t.label_errors, {}, true), last ? last->errors : "");
  add(input("changes", t.label_changes, {}, true), last ? last->changes : "");
  return modal;
}

}  // namespace vakt::view
