// Which flag services can be told a percentage. Pure.
#pragma once

#include <algorithm>

#include "bot/flags/flag_settings.hpp"

namespace vakt::flag {

// One of kind http is told on and off alone.
inline bool sets_percentages(const Settings& settings, const std::string& provider) {
  return std::ranges::none_of(settings.providers, [&](const ProviderSettings& one) {
    return one.name == provider && one.kind == ProviderKind::http;
  });
}

}  // namespace vakt::flag
