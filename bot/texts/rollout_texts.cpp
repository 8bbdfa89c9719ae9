#include "bot/texts/rollout_texts.hpp"

#include <array>

namespace vakt {

extern const RolloutTexts rollouts_in_english, rollouts_in_bokmal;

const RolloutTexts& rollout_texts(Language language) {
  return language == Language::nb ? rollouts_in_bokmal : rollouts_in_english;
}

std::string_view what_now_text(const RolloutTexts& t, rollout::WhatNow what) {
  // In the order of WhatNow.
  const std::array all{t.now_begin,       t.now_wait,          t.now_under_way, t.now_record,
                       t.now_too_few,     t.now_errors,        t.now_advance,   t.now_resume,
                       t.now_rolled_back, t.now_wait_check_in, t.now_check_in,  t.now_finished};
  static_assert(std::tuple_size_v<decltype(all)> == static_cast<std::size_t>(rollout::WhatNow::finished) + 1);
  return all[static_cast<std::size_t>(what)];
}

std::string_view refusal_text(const RolloutTexts& t, rollout::Refusal refusal) {
  // In the order of Refusal.
  const std::array all{t.refused_no_stage, t.refused_under_way,   t.refused_moved_on,
                       t.refused_complete, t.refused_rolled_back, t.refused_not_running,
                       t.refused_not_held, t.refused_not_begun,   t.refused_needs_reason};
  static_assert(std::tuple_size_v<decltype(all)> == static_cast<std::size_t>(rollout::Refusal::needs_reason) + 1);
  return all[static_cast<std::size_t>(refusal)];
}

std::string_view fault_text(const RolloutTexts& t, rollout::StageFault fault) {
  // In the order of StageFault.
  const std::array all{t.stages_none, t.stages_percent,    t.stages_growing,
                       t.stages_time, t.stages_needs_time, t.stages_many};
  static_assert(std::tuple_size_v<decltype(all)> == static_cast<std::size_t>(rollout::StageFault::too_many) + 1);
  return all[static_cast<std::size_t>(fault)];
}

}  // namespace vakt
