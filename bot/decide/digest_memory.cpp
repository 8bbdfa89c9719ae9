#include "bot/decide/digest_memory.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "bot/time/zones.hpp"

namespace vakt {

namespace {

constexpr std::string_view digest_prefix = "digest:", owner_prefix = "owner_digest:", told_prefix = "told:";
constexpr std::size_t date_size = 10;

// "NAME:2026-11-23", NAME perhaps with colons of its own.
struct Dated {
  std::string_view name;
  action::Date date{};
};
std::optional<Dated> dated(std::string_view text) {
  if (text.size() <= date_size || text[text.size() - date_size - 1] != ':') return std::nullopt;
  const auto date = from_iso_date(text.substr(text.size() - date_size));
  if (!date) return std::nullopt;
  return Dated{text.substr(0, text.size() - date_size - 1), *date};
}

std::optional<action::Told> told_of(std::string_view text) {
  const auto parts = dated(text);
  const auto colon = parts ? parts->name.find(':') : std::string_view::npos;
  if (colon == std::string_view::npos) return std::nullopt;
  action::Told told{.date = parts->date};
  const auto id = parts->name.substr(0, colon);
  if (std::from_chars(id.data(), id.data() + id.size(), told.item).ptr != id.data() + id.size()) return std::nullopt;
  for (const auto step :
       {action::Step::due_soon, action::Step::overdue, action::Step::overdue_long, action::Step::unowned})
    if (action::name(step) == parts->name.substr(colon + 1)) {
      told.step = step;
      return told;
    }
  return std::nullopt;
}

}  // namespace

std::string digest_cursor(const std::string& team, action::Date week) {
  return std::string{digest_prefix} + team + ":" + iso_date(week);
}
std::string owner_digest_cursor(const UserId& user, action::Date monday) {
  return std::string{owner_prefix} + user + ":" + iso_date(monday);
}
std::string told_cursor(const action::Told& told) { return std::string{told_prefix} + action::key(told); }

DigestMemory digest_memory(const std::map<std::string, std::string>& kept, const std::string& team,
                           action::Date monday) {
  DigestMemory memory;
  for (const auto& [cursor, value] : kept) {
    const std::string_view name{cursor};
    if (name.starts_with(told_prefix)) {
      if (const auto told = told_of(name.substr(told_prefix.size()))) memory.told.insert(*told);
    } else if (name.starts_with(owner_prefix)) {
      const auto one = dated(name.substr(owner_prefix.size()));
      if (one && one->date == monday) memory.written_to.emplace(one->name);
    } else if (name.starts_with(digest_prefix)) {
      const auto one = dated(name.substr(digest_prefix.size()));
      const auto at = from_iso_utc(value);
      if (one && at && one->name == team) memory.composed.emplace(one->date, *at);
    }
  }
  return memory;
}

}  // namespace vakt
