// A template and its values become text. Pure.
#pragma once

#include <string>

#include "bot/postmortem/template_reading.hpp"
#include "bot/postmortem/values.hpp"
#include "bot/result.hpp"

namespace vakt::postmortem {

inline constexpr std::size_t longest_document = std::size_t{32} * 1024 * 1024;  // bytes; far more than anybody reads

// Error: what went wrong, without the template's name.
Result<std::string> rendered(const Reading&, const Values&);

}  // namespace vakt::postmortem
