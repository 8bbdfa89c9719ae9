#include "bot/postmortem/exposures.hpp"

#include <algorithm>
#include <cmath>

#include "bot/texts/document_texts.hpp"
#include "bot/texts/flag_texts.hpp"
#include "bot/texts/markdown_text.hpp"
#include "bot/texts/texts.hpp"

namespace vakt::postmortem {

namespace {

std::string percent(double share) { return std::to_string(std::lround(share * 100)) + " %"; }

// What let people in, in words; empty where only what kept them out is known.
std::string opening(const FlagTexts& t, const flag::Reason& reason) {
  const auto pattern = [&]() -> std::string_view {
    switch (reason.why) {
      case flag::Why::joined_by_or:
        return t.why_joined_by_or;
      case flag::Why::strategy_everybody:
        return t.why_everybody;
      case flag::Why::no_strategies:
        return t.why_no_strategies;
      case flag::Why::strategy_share:
        return t.why_share;
      case flag::Why::strategy_targets:
        return t.why_targets;
      default:
        return {};
    }
  }();
  return fill(pattern, {markdown_code(reason.strategy), markdown_code(reason.detail), percent(reason.share)});
}

std::string opened_by(const flag::Change& change, const Settings& settings, Language language) {
  if (!change.state_before.enabled) return {};
  const auto& environment = change.wanted.environment;
  const flag::Flag flag{.name = change.wanted.name, .states = {{environment, change.state_before}}};
  const auto widest = flag::worst(flag::exposures(flag, environment, {}, settings.flags.rules));
  auto reasons = widest.reasons;
  std::ranges::stable_partition(reasons, [](const flag::Reason& r) { return r.why == flag::Why::joined_by_or; });
  std::string words;
  for (const auto& reason : reasons)
    if (const auto one = opening(flag_texts(language), reason); !one.empty())
      words += (words.empty() ? "" : "; ") + one;
  return words;
}

}  // namespace

std::vector<std::string> exposures(const Record& record, const std::vector<flag::Change>& changes,
                                   const Settings& settings, const Quoting& quoting, Language language) {
  const auto& t = document_texts(language);
  std::vector<std::string> all;
  for (const auto& change : changes) {
    const bool was_open = change.before && change.before->sees != flag::Sees::nobody;
    const bool turned_off = change.wanted.action == flag::Action::off &&
                            change.progress.standing == flag::Standing::proven && !change.progress.was_so_already;
    if (!turned_off || !was_open || change.undone_by != 0) continue;  // what was put back was the wrong flag
    const auto name = markdown_code(change.wanted.name), environment = markdown_words(change.wanted.environment);
    std::string words;
    if (!flag::exposed_seconds(change)) {
      words = fill(t.exposed_unknown, {name, environment});
    } else {
      const auto from = *change.exposed_since;
      const auto to = change.progress.served_at.value_or(change.progress.verified_at.value_or(from));
      const auto seconds = [](Instant at) { return std::chrono::floor<std::chrono::seconds>(at); };
      words = fill(t.exposed, {name, environment, span_words({seconds(to) - seconds(from), false}, language),
                               quoted_time(quoting, from, false, true), quoted_time(quoting, to, false, true)});
      if (const auto noticed = marker_shown(record, Marker::event_start)) {
        const Span unseen{std::max(seconds(std::min(noticed->at, to)) - seconds(from), std::chrono::seconds{0}),
                          noticed->approximate};
        words += "; " + (noticed->at <= from ? std::string{t.not_before_detection}
                                             : fill(t.before_detection, {span_words(unseen, language)}));
      }
    }
    words += ".";
    if (const auto why = opened_by(change, settings, language); !why.empty())
      words += " " + fill(t.opened_by, {name, environment, why}) + ".";
    all.push_back(std::move(words));
  }
  return all;
}

}  // namespace vakt::postmortem
