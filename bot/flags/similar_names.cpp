#include <algorithm>

#include "bot/flags/flag_run.hpp"
#include "bot/spelling.hpp"

namespace vakt::flag {

namespace {

constexpr std::size_t most = 5;

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '-' && c != '_' && c != '.' && c != ' ' && c != '/') out += c;
  return lower(out);
}

}  // namespace

std::vector<std::string> similar_names(const std::string& name, const Catalog& catalog) {
  const auto wanted = folded(name);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const auto& [other, flag] : catalog.flags) {
    const auto candidate = folded(other);
    auto far = edit_distance(wanted, candidate);
    // Part of a name is what people remember.
    if (wanted.size() >= 3 && candidate.find(wanted) != std::string::npos) far = std::min<std::size_t>(far, 1);
    if (far <= std::max<std::size_t>(2, wanted.size() / 3)) found.emplace_back(far, other);
  }
  std::ranges::sort(found);
  std::vector<std::string> names;
  for (auto& [far, other] : found)
    if (names.size() < most) names.push_back(std::move(other));
  return names;
}

}  // namespace vakt::flag
