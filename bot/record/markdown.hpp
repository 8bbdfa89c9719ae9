// The record as a Markdown document, for people. Pure.
#pragma once

#include <string>

#include "bot/record/record.hpp"
#include "bot/settings.hpp"

namespace vakt {

std::string record_markdown(const Record&, const Settings&);

}  // namespace vakt
