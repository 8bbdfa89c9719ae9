#include <algorithm>
#include <utility>

#include "bot/flags/flag_run.hpp"

namespace vakt::flag {

namespace {

constexpr std::size_t most = 5;
constexpr std::size_t longest_compared = 64;

std::string folded(std::string_view name) {
  std::string out;
  for (const char c : name.substr(0, longest_compared)) {
    if (c == '-' || c == '_' || c == '.' || c == ' ' || c == '/') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::vector<std::string> similar_names(const std::string& name, const Catalog& catalog) {
  const auto wanted = folded(name);
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const auto& [other, flag] : catalog.flags) {
    const auto candidate = folded(other);
    auto far = distance(wanted, candidate);
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
