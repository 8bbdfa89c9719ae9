#include <algorithm>
#include <charconv>

#include "bot/command/command.hpp"

namespace vakt {

namespace {

std::optional<int> digits(std::string_view text, int lowest, int highest) {
  int value = 0;
  if (text.empty() || text.size() > 6 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::from_chars(text.data(), text.data() + text.size(), value);
  if (value < lowest || value > highest) return std::nullopt;
  return value;
}

// 09:20, 9:20, 09.20, 09:20:15, 0920
std::optional<WallTime> clock(std::string_view text) {
  WallTime wall;
  const auto set = [&](std::string_view h, std::string_view m, std::string_view s) -> std::optional<WallTime> {
    const auto hour = digits(h, 0, 23), minute = digits(m, 0, 59), second = digits(s, 0, 59);
    if (!hour || !minute || !second || m.size() != 2 || s.size() != 2 || h.size() > 2) return std::nullopt;
    wall.hour = *hour;
    wall.minute = *minute;
    wall.second = *second;
    return wall;
  };
  const auto first = text.find_first_of(":.");
  if (first == std::string_view::npos)
    return text.size() == 4 ? set(text.substr(0, 2), text.substr(2), "00") : std::nullopt;
  const auto second = text.find_first_of(":.", first + 1);
  if (second == std::string_view::npos) return set(text.substr(0, first), text.substr(first + 1), "00");
  return set(text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1));
}

std::optional<WallTime> with_date(std::string_view text) {
  if (text.size() < 15 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4), 1970, 9999), month = digits(text.substr(5, 2), 1, 12),
             day = digits(text.substr(8, 2), 1, 31);
  auto wall = clock(text.substr(11));
  if (!year || !month || !day || !wall || (text[10] != ' ' && text[10] != 'T')) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  wall->year = *year;
  wall->month = *month;
  wall->day = *day;
  return wall;
}

}  // namespace

std::optional<TypedTime> parse_time(std::string_view word) {
  TypedTime time;
  if (word.starts_with('~')) {
    time.approximate = true;
    word.remove_prefix(1);
  }
  if (word.starts_with('-') && (word.ends_with('m') || word.ends_with('h'))) {
    const auto count = digits(word.substr(1, word.size() - 2), 0, 99'999);
    if (!count) return std::nullopt;
    time.minutes_ago = word.ends_with('h') ? *count * 60 : *count;
    return time;
  }
  const auto wall = word.size() > 8 ? with_date(word) : clock(word);
  if (!wall) return std::nullopt;
  time.wall = *wall;
  return time;
}

Instant moment(const TypedTime& time, Instant now, const std::string& zone) {
  if (time.minutes_ago) return now - std::chrono::minutes{*time.minutes_ago};
  return time.wall.year ? from_wall(time.wall, zone) : latest_clock_time(time.wall, now, zone);
}

}  // namespace vakt
