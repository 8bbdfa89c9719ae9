#include "integrations/flags/flagd_document.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "integrations/flags/flagd_targeting.hpp"
#include "integrations/flags/json_span.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::flagd {
namespace {

using nlohmann::json;

ProviderError unsupported(std::string text) { return {Fault::unsupported, std::move(text), {}}; }

// Tells where parsing stopped; needs no copy of the text.
struct FaultFinder : nlohmann::json_sax<json> {
  std::size_t position = 0;
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return true; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return true; }
  bool start_array(std::size_t) override { return true; }
  bool end_array() override { return true; }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception&) override {
    position = at;
    return false;
  }
};

std::string line_of_fault(const std::string& text) {
  FaultFinder finder;
  json::sax_parse(text, &finder);
  const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(finder.position, text.size()));
  return std::to_string(1 + std::count(text.begin(), end, '\n'));
}

Span flag_span(const std::string& text, const std::string& name) {
  const auto flags = member_span(text, whole_value(text), "flags");
  const auto flag = flags ? member_span(text, *flags, name) : std::nullopt;
  return flag.value_or(Span{});
}

std::string with_state(const std::string& text, Span flag, const std::string& state) {
  const std::string written = "\"" + state + "\"";
  if (const auto old = member_span(text, flag, "state")) return replaced(text, *old, written);
  const std::size_t first = text.find_first_not_of(" \t\r\n", flag.begin + 1);
  const std::string space = text.substr(flag.begin + 1, first - flag.begin - 1);
  const std::string comma = text[first] == '}' ? "" : ",";
  return replaced(text, {flag.begin + 1, flag.begin + 1}, space + "\"state\": " + written + comma);
}

// The two buckets of a percentage: one that shows the feature, one that does not.
struct Pair {
  std::size_t on = 0, off = 1;
};
std::optional<Pair> pair_of(const json& flag) {
  const auto fractional = fractional_of(flag);
  if (!fractional || fractional->buckets.size() != 2) return {};
  const json& variants = json_read::at(flag, "variants");
  const auto shown = [&](std::size_t i) { return shows(json_read::at(variants, fractional->buckets[i].variant)); };
  if (shown(0) == Shows::on && shown(1) == Shows::off) return Pair{0, 1};
  if (shown(0) == Shows::off && shown(1) == Shows::on) return Pair{1, 0};
  return {};
}

std::string bucket(const std::string& text, Span entry, int weight) {
  const auto parts = element_spans(text, entry);
  return "[" + std::string(parts.front().in(text)) + ", " + std::to_string(weight) + "]";
}

Answer<std::string> with_percent(const std::string& text, const std::string& name, const json& now, int percent,
                                 const std::string& file) {
  const auto pair = pair_of(now);
  if (!pair || state_of(now).strategies.front().name != "flexibleRollout")
    return std::unexpected(unsupported(
        "A percentage can be set where the flag's targeting is a \"fractional\" of one variant that is on and one that "
        "is off, as in {\"fractional\": [[\"on\", 10], [\"off\", 90]]}, and nothing else. This one's is not: edit " +
        file + " by hand, or turn the flag off."));
  const auto list = member_span(text, *member_span(text, flag_span(text, name), "targeting"), "fractional");
  auto entries = element_spans(text, *list);
  entries.erase(entries.begin(), entries.end() - 2);
  const auto weight = [&](std::size_t i) { return i == pair->on ? percent : 100 - percent; };
  // The later one first: what stands before it stays where it is.
  std::string changed = replaced(text, entries[1], bucket(text, entries[1], weight(1)));
  changed = replaced(changed, entries[0], bucket(text, entries[0], weight(0)));
  if (percent == 0) return changed;
  return with_state(changed, flag_span(changed, name), "ENABLED");
}

// What the file must hold afterwards, told by a parser and not by positions.
json expected_after(json flags, const Order& order, const std::string& before) {
  json& flag = flags[order.name];
  switch (order.action) {
    case Action::off:
      flag["state"] = "DISABLED";
      break;
    case Action::on:
      flag["state"] = "ENABLED";
      break;
    case Action::percent: {
      const auto pair = pair_of(flag);
      json& list = flag["targeting"]["fractional"];
      for (std::size_t i = 0; i < 2; ++i) {
        json& entry = list[list.size() - 2 + i];
        entry = {entry[0], i == pair->on ? order.percent : 100 - order.percent};
      }
      if (order.percent > 0) flag["state"] = "ENABLED";
      break;
    }
    case Action::restore:
      flag = json_read::parse(before);
      break;
  }
  return flags;
}

}  // namespace

Answer<json> flags_of(const std::string& text, const std::string& file) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded())
    return std::unexpected(unsupported(file + " is not valid JSON (line " + line_of_fault(text) +
                                       "): vakt leaves it as it is. Mend it, then try again."));
  const json& flags = json_read::at(document, "flags");
  if (!flags.is_object())
    return std::unexpected(unsupported(
        file + " has no object \"flags\", so it is no flag definition of flagd: check the provider's file."));
  return flags;
}

std::string definition_in(const std::string& text, const std::string& name) {
  return std::string(flag_span(text, name).in(text));
}

Answer<std::string> carried_out(const std::string& text, const Order& order, const std::string& file) {
  const auto flags = flags_of(text, file);
  if (!flags) return std::unexpected(flags.error());
  const auto found = flags->find(order.name);
  if (found == flags->end() || !found->is_object()) return std::unexpected(no_such_flag(order.name, file));
  const Span flag = flag_span(text, order.name);

  std::string changed, before;
  switch (order.action) {
    case Action::off:
      changed = with_state(text, flag, "DISABLED");
      break;
    case Action::on:
      changed = with_state(text, flag, "ENABLED");
      break;
    case Action::percent: {
      if (order.percent < 0 || order.percent > 100)
        return std::unexpected(unsupported("A percentage is a whole number from 0 to 100."));
      auto answer = with_percent(text, order.name, *found, order.percent, file);
      if (!answer) return answer;
      changed = std::move(*answer);
      break;
    }
    case Action::restore:
      before = json_read::text(json_read::parse(order.snapshot), order.environment);
      if (!json_read::parse(before).is_object())
        return std::unexpected(unsupported("What the flag was before is not known: edit " + file + " by hand."));
      changed = replaced(text, flag, before);
      break;
  }
  const auto after = flags_of(changed, file);
  if (!after || *after != expected_after(*flags, order, before))
    return std::unexpected(unsupported("vakt could not find its place in " + file +
                                       " and left it as it is: edit \"state\" of the flag by hand."));
  return changed;
}

}  // namespace vakt::flag::flagd
