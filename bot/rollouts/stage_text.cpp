#include "bot/rollouts/stage_text.hpp"

#include <algorithm>
#include <charconv>

namespace vakt::rollout {

namespace {

constexpr int hour = 60, day = 24 * hour, week = 7 * day, longest = 366 * day;
constexpr std::string_view blanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(blanks) - begin + 1);
}

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::optional<int> take_number(std::string_view& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || text.starts_with('-')) return {};
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

int minutes_in(std::string_view unit) {
  const auto is = [&](std::initializer_list<std::string_view> words) { return std::ranges::count(words, unit) > 0; };
  if (is({"m", "min", "minute", "minutes", "minutt", "minutter"})) return 1;
  if (is({"h", "hour", "hours", "t", "time", "timer"})) return hour;
  if (is({"d", "day", "days", "dag", "dager"})) return day;
  if (is({"w", "week", "weeks", "u", "uke", "uker"})) return week;
  return 0;
}

std::optional<int> length(std::string_view text) {
  const auto amount = take_number(text);
  const int unit = minutes_in(lower(trimmed(text)));
  if (!amount || *amount < 1 || unit == 0 || *amount > longest / unit) return {};
  return *amount * unit;
}

std::expected<Stage, StageFault> stage(std::string_view text) {
  Stage out;
  const auto percent = take_number(text);
  if (!percent || *percent < 1 || *percent > 100) return std::unexpected(StageFault::bad_percent);
  out.percent = *percent;
  auto rest = trimmed(text);
  const bool marked = rest.starts_with('%');
  if (marked) rest = trimmed(rest.substr(1));
  if (rest.empty()) return out;
  if (!marked && rest.data() == text.data()) return std::unexpected(StageFault::bad_percent);  // "10x", "2.5 %"
  const auto word = lower(rest.substr(0, rest.find_first_of(blanks)));
  if (word == "for" || word == "i") rest = trimmed(rest.substr(word.size()));
  const auto minutes = length(rest);
  if (!minutes) return std::unexpected(StageFault::bad_time);
  out.minutes = *minutes;
  return out;
}

// At most 40 bytes of it, and no half character at the end.
std::string cut(std::string_view text) {
  auto size = std::min<std::size_t>(text.size(), 40);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
  return std::string{text.substr(0, size)};
}

}  // namespace

std::expected<std::vector<Stage>, StageError> parse_stages(std::string_view text) {
  std::vector<Stage> stages;
  const auto refused = [](StageFault fault, std::string_view part) {
    return std::unexpected(StageError{fault, cut(part)});
  };
  std::string_view before;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(",;\n"), text.size());
    const auto part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (part.empty()) continue;
    const auto next = stage(part);
    if (!next) return refused(next.error(), part);
    if (stages.size() == most_stages) return refused(StageFault::too_many, part);
    if (!stages.empty() && stages.back().minutes == 0) return refused(StageFault::needs_time, before);
    if (!stages.empty() && next->percent <= stages.back().percent) return refused(StageFault::not_growing, part);
    stages.push_back(*next);
    before = part;
  }
  if (stages.empty()) return refused(StageFault::none, {});
  return stages;
}

std::string length_text(int minutes) {
  for (const auto& [size, unit] : {std::pair{day, "d"}, std::pair{hour, "h"}})
    if (minutes % size == 0) return std::to_string(minutes / size) + unit;
  return std::to_string(minutes) + "m";
}

std::string stages_text(const std::vector<Stage>& stages) {
  std::string text;
  for (const auto& one : stages) {
    if (!text.empty()) text += ", ";
    text += std::to_string(one.percent) + " %";
    if (one.minutes) text += " for " + length_text(one.minutes);
  }
  return text;
}

std::optional<Users> parse_users(std::string_view text) {
  Users out;
  text = trimmed(text);
  for (const std::string_view sign : {"≈", "~", "ca.", "ca"})
    if (!out.about && text.starts_with(sign)) {
      out.about = true;
      text = trimmed(text.substr(sign.size()));
    }
  if (text.empty() || text.size() > 15) return {};
  for (const char c : text) {
    if (c == ',' || c == ' ') continue;
    if (c < '0' || c > '9') return {};
    out.count = out.count * 10 + (c - '0');
  }
  return out;
}

}  // namespace vakt::rollout
