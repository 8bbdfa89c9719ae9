#include "bot/flags/exposure.hpp"

#include <algorithm>
#include <tuple>

#include "bot/flags/parents.hpp"
#include "bot/flags/strategy.hpp"

namespace vakt::flag {

Exposure exposure(const Flag& flag, const std::string& environment, const Catalog& catalog, const ExposureRules& rules,
                  const Audience* audience) {
  if (flag.archived) return {Sees::nobody, 0, 0, {{Why::archived, {}, {}, 0}}};
  const auto state = flag.states.find(environment);
  if (state == flag.states.end() || !state->second.enabled)
    return {Sees::nobody, 0, 0, {{Why::environment_off, {}, {}, 0}}};
  const Surroundings around{catalog, rules, audience == nullptr ? nullptr : &audience->context};
  return under_parents(exposure(state->second, around), flag, environment, around);
}

std::vector<AudienceExposure> exposures(const Flag& flag, const std::string& environment, const Catalog& catalog,
                                        const ExposureRules& rules) {
  std::vector<AudienceExposure> all;
  for (const auto& audience : rules.audiences)
    if (audience.environment == environment)
      all.push_back({audience.name, audience.production, exposure(flag, environment, catalog, rules, &audience)});
  if (all.empty()) all.push_back({{}, false, exposure(flag, environment, catalog, rules)});
  return all;
}

Exposure worst(const std::vector<AudienceExposure>& all) {
  // Everybody is the widest that there is, and certain of it; then the share that may see it.
  const auto width = [](const AudienceExposure& one) {
    const auto& it = one.exposure;
    return std::tuple(it.sees == Sees::everybody, it.hi, it.sees == Sees::cannot_tell, it.lo, one.production);
  };
  const auto found = std::ranges::max_element(all, {}, width);
  return found == all.end() ? Exposure{} : found->exposure;
}

}  // namespace vakt::flag
