// Tables of Markdown with their columns aligned, as people lay them out by hand. Pure.
#pragma once

#include <string>

namespace vakt::postmortem {

// Tables of more than 1,000 lines or with a cell of more than 400 characters stay as they are.
std::string with_aligned_tables(const std::string& markdown);

}  // namespace vakt::postmortem
