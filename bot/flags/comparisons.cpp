#include "bot/flags/comparisons.hpp"

#include <chrono>
#include <compare>
#include <optional>
#include <string_view>

#include "bot/flags/semver.hpp"
#include "bot/flags/words.hpp"
#include "bot/spelling.hpp"

namespace vakt::flag {

namespace {

using Millis = std::chrono::sys_time<std::chrono::milliseconds>;

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// "not a number", "v1.2": what begins with a letter is neither a number nor a version to any SDK.
bool surely_words(const std::string& text) {
  if (text.empty() || !letter(text[0])) return false;
  const auto small = lower(text);
  return !small.starts_with("inf") && !small.starts_with("nan");
}

Truth ordered(std::string_view op, std::partial_ordering order) {
  if (op.ends_with("_EQ")) return truth_of(order == 0);
  if (op.ends_with("_GTE")) return truth_of(order >= 0);
  if (op.ends_with("_GT")) return truth_of(order > 0);
  if (op.ends_with("_LTE")) return truth_of(order <= 0);
  return truth_of(order < 0);
}

// Exactly `count` digits, cut off the front.
std::optional<int> cut_number(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool cut(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// 2022-01-29T13:00[:00[.000]](Z|+02:00); nothing without a zone, or finer than the milliseconds that all SDKs compare.
std::optional<Millis> parse_date(std::string_view text) {
  const auto year = cut_number(text, 4);
  if (!year || !cut(text, '-')) return std::nullopt;
  const auto month = cut_number(text, 2);
  if (!month || !cut(text, '-')) return std::nullopt;
  const auto day = cut_number(text, 2);
  if (!day || !cut(text, 'T')) return std::nullopt;
  const auto hour = cut_number(text, 2);
  if (!hour || !cut(text, ':')) return std::nullopt;
  const auto minute = cut_number(text, 2);
  std::optional<int> second = 0, milli = 0;
  if (cut(text, ':')) {
    second = cut_number(text, 2);
    if (second && cut(text, '.')) milli = cut_number(text, 3);
  }
  if (!minute || !second || !milli || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;

  std::chrono::minutes east{0};
  if (text.starts_with('+') || text.starts_with('-')) {
    const int sign = text[0] == '+' ? 1 : -1;
    text.remove_prefix(1);
    const auto hours = cut_number(text, 2);
    if (!hours || !cut(text, ':')) return std::nullopt;
    const auto minutes = cut_number(text, 2);
    if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    east = sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes));
  } else if (!cut(text, 'Z')) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!text.empty() || !date.ok()) return std::nullopt;
  return Millis(std::chrono::sys_days(date)) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) - east +
         std::chrono::seconds(*second) + std::chrono::milliseconds(*milli);
}

}  // namespace

Truth compares_numbers(const Constraint& constraint, const std::string& fixed) {
  const auto value = plain_number(constraint.value), mine = plain_number(fixed);
  if (!mine && surely_words(fixed)) return Truth::no;
  if (!value || !mine) return Truth::unknown;
  return ordered(constraint.op, *mine <=> *value);
}

Truth compares_dates(const Constraint& constraint, const std::string& fixed) {
  const auto value = parse_date(constraint.value), mine = parse_date(fixed);
  if (!value || !mine) return Truth::unknown;
  return truth_of(constraint.op == "DATE_AFTER" ? *mine > *value : *mine < *value);
}

Truth compares_versions(const Constraint& constraint, const std::string& fixed) {
  const auto value = parse_semver(constraint.value), mine = parse_semver(fixed);
  if (!mine && surely_words(fixed)) return Truth::no;
  if (!value || !mine) return Truth::unknown;
  const auto order = compare(*mine, *value);
  if (order == 0 && (mine->build || value->build)) return Truth::unknown;  // some SDKs compare the build too
  return ordered(constraint.op, order);
}

}  // namespace vakt::flag
