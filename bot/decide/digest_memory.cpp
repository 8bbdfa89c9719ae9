#include "bot/decide/digest_memory.hpp"

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
      if (const auto told = action::told_from(name.substr(told_prefix.size()))) memory.told.insert(*told);
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
