#include "bot/flags/constraint.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "bot/flags/comparisons.hpp"
#include "bot/flags/ip_range.hpp"
#include "bot/flags/regex.hpp"
#include "bot/flags/words.hpp"
#include "bot/spelling.hpp"

namespace vakt::flag {

namespace {

// SDKs trim a constraint's values, but not all in the same way: where it matters, the answer is unknown.
template <typename Matches>
Truth any_value(const Constraint& constraint, Matches&& matches) {
  Truth any = Truth::no;
  for (const auto& value : constraint.values) {
    if (value.empty()) continue;
    const Truth raw = matches(std::string_view(value)), cut = matches(trimmed(value));
    any = any_of(any, raw == cut ? raw : Truth::unknown);
  }
  return any;
}

Truth text_matches(const Constraint& constraint, std::string_view text, std::string_view value) {
  const auto holds = [&](std::string_view a, std::string_view b) {
    if (constraint.op == "STR_STARTS_WITH") return a.starts_with(b);
    if (constraint.op == "STR_ENDS_WITH") return a.ends_with(b);
    return a.find(b) != std::string_view::npos;
  };
  if (!constraint.case_insensitive || holds(text, value)) return truth_of(holds(text, value));
  if (!ascii(text) || !ascii(value)) return Truth::unknown;  // lower case is a matter of language there
  return truth_of(holds(lower(text), lower(value)));
}

using Evaluate = Truth (*)(const Constraint&, const std::string& fixed);

Truth evaluate_in(const Constraint& constraint, const std::string& fixed) {
  return any_value(constraint, [&](std::string_view value) { return truth_of(value == fixed); });
}
Truth evaluate_text(const Constraint& constraint, const std::string& fixed) {
  return any_value(constraint, [&](std::string_view value) { return text_matches(constraint, fixed, value); });
}
Truth evaluate_cidr(const Constraint& constraint, const std::string& fixed) {
  return any_value(constraint, [&](std::string_view value) { return in_ip_range(fixed, value); });
}
Truth evaluate_regex(const Constraint& constraint, const std::string& fixed) {
  return regex_finds(constraint.value, fixed, constraint.case_insensitive);
}

struct Operator {
  std::string_view name;
  bool of_values;  // reads `values`: without any it is false for everybody
  Evaluate evaluate;
};
constexpr std::array<Operator, 19> operators{{
    {"IN", true, evaluate_in},
    {"NOT_IN", true, evaluate_in},
    {"STR_STARTS_WITH", true, evaluate_text},
    {"STR_ENDS_WITH", true, evaluate_text},
    {"STR_CONTAINS", true, evaluate_text},
    {"IN_CIDR", true, evaluate_cidr},
    {"REGEX", false, evaluate_regex},
    {"NUM_EQ", false, compares_numbers},
    {"NUM_GT", false, compares_numbers},
    {"NUM_GTE", false, compares_numbers},
    {"NUM_LT", false, compares_numbers},
    {"NUM_LTE", false, compares_numbers},
    {"DATE_AFTER", false, compares_dates},
    {"DATE_BEFORE", false, compares_dates},
    {"SEMVER_EQ", false, compares_versions},
    {"SEMVER_GT", false, compares_versions},
    {"SEMVER_GTE", false, compares_versions},
    {"SEMVER_LT", false, compares_versions},
    {"SEMVER_LTE", false, compares_versions},
}};

}  // namespace

const std::string* fixed_value(const Context* context, const std::string& field) {
  if (context == nullptr) return nullptr;
  const auto found = context->find(field);
  return found == context->end() ? nullptr : &found->second;
}

Truth in_list(const std::string& list, const std::string& value) {
  const auto names = items(list);
  const bool raw = std::ranges::find(names, std::string_view(value)) != names.end();
  const bool cut = std::ranges::any_of(names, [&](std::string_view name) { return trimmed(name) == value; });
  if (value.empty()) return Truth::no;
  return raw == cut ? truth_of(raw) : Truth::unknown;
}

Truth passes(const Constraint& constraint, const Context* context) {
  const auto known = std::ranges::find(operators, std::string_view(constraint.op), &Operator::name);
  if (!constraint.readable || known == operators.end()) return Truth::unknown;
  const bool dates = known->evaluate == compares_dates;
  if (dates && constraint.field != "currentTime") return Truth::unknown;  // SDKs differ on whose time is meant

  Truth truth = Truth::depends;
  if (known->of_values && std::ranges::all_of(constraint.values, &std::string::empty))
    truth = Truth::no;
  else if (const auto* fixed = fixed_value(context, constraint.field); fixed != nullptr && !(dates && fixed->empty()))
    truth = known->evaluate(constraint, *fixed);
  if (constraint.op == "NOT_IN") truth = inverted(truth);
  return constraint.inverted ? inverted(truth) : truth;
}

}  // namespace vakt::flag
