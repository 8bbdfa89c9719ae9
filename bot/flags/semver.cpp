#include "bot/flags/semver.hpp"

#include <algorithm>
#include <charconv>

namespace vakt::flag {

namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool word(char c) { return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; }
bool number(std::string_view text) { return !text.empty() && std::ranges::all_of(text, digit); }

std::optional<std::uint64_t> strict_number(std::string_view text) {
  if (!number(text) || text.size() > 15 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string_view cut_until(std::string_view& text, char stop) {
  const auto at = text.find(stop);
  const auto front = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return front;
}

// Numbers come before words; numbers by value, words by ASCII.
std::strong_ordering compare_identifiers(const std::string& a, const std::string& b) {
  if (number(a) != number(b)) return number(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  if (number(a) && a.size() != b.size()) return a.size() <=> b.size();
  return a <=> b;
}

}  // namespace

std::optional<Semver> parse_semver(std::string_view text) {
  if (text.size() > 256) return std::nullopt;
  Semver version;
  const auto plus = text.find('+');
  if (plus != std::string_view::npos) {
    for (auto rest = text.substr(plus); !rest.empty();) {
      rest.remove_prefix(1);  // the '+', then each '.'
      const auto end = std::min(rest.find('.'), rest.size());
      if (end == 0 || !std::ranges::all_of(rest.substr(0, end), word)) return std::nullopt;
      rest.remove_prefix(end);
    }
    version.build = true;
    text = text.substr(0, plus);
  }
  const auto dash = text.find('-');
  if (dash != std::string_view::npos) {
    for (auto rest = text.substr(dash); !rest.empty();) {
      rest.remove_prefix(1);
      const auto end = std::min(rest.find('.'), rest.size());
      const auto identifier = rest.substr(0, end);
      if (end == 0 || !std::ranges::all_of(identifier, word)) return std::nullopt;
      if (number(identifier) && !strict_number(identifier)) return std::nullopt;
      version.pre.emplace_back(identifier);
      rest.remove_prefix(end);
    }
    text = text.substr(0, dash);
  }
  if (std::ranges::count(text, '.') != 2) return std::nullopt;
  const auto major = strict_number(cut_until(text, '.')), minor = strict_number(cut_until(text, '.')),
             patch = strict_number(text);
  if (!major || !minor || !patch) return std::nullopt;
  version.major = *major;
  version.minor = *minor;
  version.patch = *patch;
  return version;
}

std::strong_ordering compare(const Semver& a, const Semver& b) {
  if (const auto order = a.major <=> b.major; order != 0) return order;
  if (const auto order = a.minor <=> b.minor; order != 0) return order;
  if (const auto order = a.patch <=> b.patch; order != 0) return order;
  if (a.pre.empty() != b.pre.empty()) return a.pre.empty() ? std::strong_ordering::greater : std::strong_ordering::less;
  for (std::size_t i = 0; i < std::min(a.pre.size(), b.pre.size()); ++i)
    if (const auto order = compare_identifiers(a.pre[i], b.pre[i]); order != 0) return order;
  return a.pre.size() <=> b.pre.size();
}

}  // namespace vakt::flag
