#include "integrations/runtime/templates.hpp"

#include <array>
#include <fstream>
#include <sstream>

#include "bot/spelling.hpp"

namespace vakt {

namespace {

constexpr std::array built_in_names{"oslo", "nav", "va-release-plan"};
constexpr std::uintmax_t longest = 256 * 1024;  // bytes

Result<postmortem::Template> read_file(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error)
    return std::unexpected(Error{"The template " + path.string() + " cannot be read: " + error.message() +
                                 ". Name a file that is there."});
  if (size > longest)
    return std::unexpected(Error{"The template " + path.string() + " is longer than 256 KiB. Is it a template?"});
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  if (size) text << in.rdbuf();
  if (!in) return std::unexpected(Error{"The template " + path.string() + " cannot be read. May vakt's user read it?"});
  return postmortem::Template{.name = path.stem().string(), .file = path.string(), .text = std::move(text).str()};
}

std::string nearest(const std::string& name) {
  const auto* best = built_in_names.front();
  for (const auto* one : built_in_names)
    if (edit_distance(lower(name), one) < edit_distance(lower(name), best)) best = one;
  return best;
}

}  // namespace

Result<postmortem::Template> find_template(const std::filesystem::path& folder, const std::string& name_or_file) {
  if (name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".mustache"))
    return read_file(name_or_file);
  for (const auto& place : {folder, folder / "templates"}) {
    const auto path = place / (name_or_file + ".mustache");
    std::error_code error;
    if (std::filesystem::is_regular_file(path, error)) return read_file(path);
  }
  if (auto own = postmortem::built_in(name_or_file)) return *std::move(own);
  return std::unexpected(Error{"There is no template \"" + name_or_file + "\": neither " +
                               (folder / (name_or_file + ".mustache")).string() +
                               " nor in templates/ there, and none is built in. " + "The nearest built-in one is " +
                               nearest(name_or_file) + "; all: oslo, nav, va-release-plan."});
}

}  // namespace vakt
