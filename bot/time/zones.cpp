#include "bot/time/zones.hpp"

#include <date/tz.h>

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>

namespace vakt {

namespace {

using namespace std::chrono_literals;

const date::time_zone* zone_named(const std::string& zone) {
  try {
    return date::locate_zone(zone);
  } catch (const std::runtime_error&) {
    return date::locate_zone("Etc/UTC");
  }
}

template <class... Args>
std::string printed(const char* format, Args... args) {
  std::array<char, 64> buffer{};
  const int length = std::snprintf(buffer.data(), buffer.size(), format, args...);
  return {buffer.data(), static_cast<std::size_t>(length)};
}

struct Parts {
  int year;
  unsigned month, day;
  int hour, minute, second;
};

Parts local_parts(Instant at, const std::string& zone) {
  const auto local = zone_named(zone)->to_local(std::chrono::floor<std::chrono::seconds>(at));
  const auto day = date::floor<date::days>(local);
  const date::year_month_day ymd{day};
  const auto rest = (local - day).count();
  return {int(ymd.year()),
          unsigned(ymd.month()),
          unsigned(ymd.day()),
          static_cast<int>(rest / 3600),
          static_cast<int>(rest / 60 % 60),
          static_cast<int>(rest % 60)};
}

template <class Int>
bool number(std::string_view text, Int& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

bool zone_exists(const std::string& zone) {
  try {
    return date::locate_zone(zone) != nullptr;
  } catch (const std::runtime_error&) {
    return false;
  }
}

std::string host_zone() {
  if (const char* tz = std::getenv("TZ"); tz && *tz && zone_exists(tz)) return tz;
  try {
    return date::current_zone()->name();
  } catch (const std::runtime_error&) {
    return "UTC";
  }
}

std::string iso_utc(Instant at) {
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{at - day};
  return printed("%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                 static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                 static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
}

std::optional<Instant> from_iso_utc(std::string_view text) {
  if (text.size() < 20 || text.back() != 'Z' || text[10] != 'T') return std::nullopt;
  WallTime wall;
  const bool read = number(text.substr(0, 4), wall.year) && text[4] == '-' && number(text.substr(5, 2), wall.month) &&
                    text[7] == '-' && number(text.substr(8, 2), wall.day) && number(text.substr(11, 2), wall.hour) &&
                    text[13] == ':' && number(text.substr(14, 2), wall.minute) && text[16] == ':' &&
                    number(text.substr(17, 2), wall.second);
  const date::year_month_day day{date::year{wall.year}, date::month{static_cast<unsigned>(wall.month)},
                                 date::day{static_cast<unsigned>(wall.day)}};
  if (!read || wall.year < 0 || !day.ok() || wall.hour < 0 || wall.hour > 23 || wall.minute < 0 || wall.minute > 59 ||
      wall.second < 0 || wall.second > 59)
    return std::nullopt;
  auto at = from_wall(wall, "Etc/UTC");
  if (text[19] == '.') {
    std::string fraction{text.substr(20, text.size() - 21)};
    fraction.resize(6, '0');
    int micros = 0;
    if (!number(std::string_view{fraction}, micros) || micros < 0) return std::nullopt;
    at += Micros{micros};
  } else if (text.size() != 20) {
    return std::nullopt;
  }
  return at;
}

std::string clock_time(Instant at, const std::string& zone) {
  const auto p = local_parts(at, zone);
  return printed("%02d:%02d", p.hour, p.minute);
}

std::string clock_or_date(Instant at, Instant beside, const std::string& zone) {
  return local_date(at, zone) == local_date(beside, zone) ? clock_time(at, zone) : date_and_time(at, zone);
}

std::string date_and_time(Instant at, const std::string& zone) {
  const auto p = local_parts(at, zone);
  return printed("%04d-%02u-%02u %02d:%02d", p.year, p.month, p.day, p.hour, p.minute);
}

std::string date_and_seconds(Instant at, const std::string& zone) {
  const auto p = local_parts(at, zone);
  return printed("%04d-%02u-%02u %02d:%02d:%02d", p.year, p.month, p.day, p.hour, p.minute, p.second);
}

Instant from_wall(const WallTime& wall, const std::string& zone) { return from_wall_near(wall, Instant::min(), zone); }

Instant from_wall_near(const WallTime& wall, Instant near, const std::string& zone) {
  const auto day = date::local_days{date::year{wall.year} / date::month{static_cast<unsigned>(wall.month)} /
                                    date::day{static_cast<unsigned>(wall.day)}};
  const auto local =
      day + std::chrono::hours{wall.hour} + std::chrono::minutes{wall.minute} + std::chrono::seconds{wall.second};
  const auto info = zone_named(zone)->get_info(local);
  const auto with = [&](std::chrono::seconds offset) {
    return std::chrono::time_point_cast<Micros>(std::chrono::sys_seconds{local.time_since_epoch()} - offset);
  };
  const auto first = with(info.first.offset);
  if (info.result != date::local_info::ambiguous) return first;
  const auto second = with(info.second.offset);
  return near > first + (second - first) / 2 ? second : first;
}

Instant latest_clock_time(const WallTime& clock, Instant now, const std::string& zone) {
  const auto* there = zone_named(zone);
  // By the calendar, not by 24 hours: a day of DST's change has 23 or 25.
  const auto today = date::floor<date::days>(there->to_local(std::chrono::floor<std::chrono::seconds>(now)));
  for (int days_back = 0; days_back <= 2; ++days_back) {
    const auto local = today - date::days{days_back} + std::chrono::hours{clock.hour} +
                       std::chrono::minutes{clock.minute} + std::chrono::seconds{clock.second};
    const auto info = there->get_info(local);
    const std::chrono::sys_seconds same_offset{local.time_since_epoch()};
    // The hour that DST repeats: its second time, if that has come.
    if (info.result == date::local_info::ambiguous && same_offset - info.second.offset <= now)
      return std::chrono::time_point_cast<Micros>(same_offset - info.second.offset);
    if (same_offset - info.first.offset <= now)
      return std::chrono::time_point_cast<Micros>(same_offset - info.first.offset);
  }
  return now;
}

std::chrono::year_month_day local_date(Instant at, const std::string& zone) {
  const auto p = local_parts(at, zone);
  return std::chrono::year{p.year} / std::chrono::month{p.month} / std::chrono::day{p.day};
}

std::string iso_date(const std::chrono::year_month_day& day) {
  return printed("%04d-%02u-%02u", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::optional<std::chrono::year_month_day> from_iso_date(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !number(text.substr(0, 4), year) ||
      !number(text.substr(5, 2), month) || !number(text.substr(8, 2), day) || year < 1970)
    return std::nullopt;
  const auto date = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<Instant> from_ts(std::string_view ts) {
  const auto dot = ts.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > 11 || ts.size() - dot - 1 != 6) return std::nullopt;
  std::int64_t seconds = 0, micros = 0;
  if (!number(ts.substr(0, dot), seconds) || !number(ts.substr(dot + 1), micros) || seconds < 0 || micros < 0)
    return std::nullopt;
  return Instant{std::chrono::seconds{seconds} + Micros{micros}};
}

Ts to_ts(Instant at) {
  const auto micros = at.time_since_epoch().count();
  return printed("%lld.%06lld", static_cast<long long>(micros / 1'000'000), static_cast<long long>(micros % 1'000'000));
}

}  // namespace vakt
