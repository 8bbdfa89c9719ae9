// Who sees a flag, in words.
#include <algorithm>
#include <cmath>

#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/flag_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t reasons_told = 3;

// "10 %", "0.5 %": never rounded to 0 or 100 where it is neither.
std::string percent(double share) {
  auto tenths = std::lround(share * 1000);
  if (share > 0 && tenths == 0) tenths = 1;
  if (share < 1 && tenths == 1000) tenths = 999;
  const auto whole = std::to_string(tenths / 10);
  return tenths % 10 == 0 ? whole + " %" : whole + "." + std::to_string(tenths % 10) + " %";
}

std::string_view pattern_of(const FlagTexts& t, flag::Why why) {
  using enum flag::Why;
  switch (why) {
    case archived:
      return t.why_archived;
    case environment_off:
      return t.why_environment_off;
    case no_strategies:
      return t.why_no_strategies;
    case strategy_everybody:
      return t.why_everybody;
    case strategy_share:
      return t.why_share;
    case strategy_targets:
      return t.why_targets;
    case strategy_nobody:
      return t.why_nobody;
    case strategy_unknown:
      return t.why_unknown_strategy;
    case parameter_unreadable:
      return t.why_unreadable;
    case constraint_false:
      return t.why_constraint_false;
    case constraint_depends:
      return t.why_constraint_depends;
    case constraint_unknown:
      return t.why_constraint_unknown;
    case segment_missing:
      return t.why_segment_missing;
    case segment_depends:
      return t.why_segment_depends;
    case joined_by_or:
      return t.why_joined_by_or;
    case parent_missing:
      return t.why_parent_missing;
    case parent_is_child:
      return t.why_parent_is_child;
    case parent_closed:
      return t.why_parent_closed;
    case parent_depends:
      break;
  }
  return t.why_parent_depends;
}

std::string words(const FlagTexts& t, flag::Sees sees, double lo, double hi) {
  switch (sees) {
    case flag::Sees::nobody:
      return std::string{t.nobody};
    case flag::Sees::everybody:
      return std::string{t.everybody};
    case flag::Sees::cannot_tell:
      return fill(t.cannot_tell, {percent(lo), percent(hi)});
    case flag::Sees::some:
      break;
  }
  if (lo == hi) return fill(t.some, {percent(lo)});
  if (lo <= 0) return fill(t.up_to, {percent(hi)});
  return fill(t.between, {percent(lo), percent(hi)});
}

}  // namespace

std::string audience_words(const Settings& settings, const flag::Exposure& exposure) {
  return words(flag_texts(settings.language), exposure.sees, exposure.lo, exposure.hi);
}

std::string audience_words(const Settings& settings, const flag::Seen& seen) {
  return words(flag_texts(settings.language), seen.sees, seen.lo, seen.hi);
}

std::string exposure_words(const Settings& settings, const flag::Exposure& exposure) {
  const auto& t = flag_texts(settings.language);
  auto reasons = exposure.reasons;
  // What opens it for everybody is what a person must read first.
  std::ranges::stable_partition(reasons, [](const flag::Reason& r) { return r.why == flag::Why::joined_by_or; });
  std::string why;
  for (std::size_t i = 0; i < reasons.size() && i < reasons_told; ++i)
    why += (why.empty() ? "" : "; ") +
           fill(pattern_of(t, reasons[i].why),
                {code(reasons[i].strategy), code(reasons[i].detail), percent(reasons[i].share)});
  const auto who = audience_words(settings, exposure);
  return why.empty() ? who : who + ": " + why;
}

}  // namespace vakt::view
