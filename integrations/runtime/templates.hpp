// Finds the template that a document is written through: the user's own, else the built-in one. Reads files; any
// thread.
#pragma once

#include <filesystem>
#include <string>

#include "bot/postmortem/document.hpp"
#include "bot/result.hpp"

namespace vakt {

// NAME.mustache in `folder` (that of the configuration), in its templates/, else the built-in one of that name. With a
// path or ".mustache" in it, it is a file, read as it is. Error: what was looked for, where, and what there is.
Result<postmortem::Template> find_template(const std::filesystem::path& folder, const std::string& name_or_file);

}  // namespace vakt
