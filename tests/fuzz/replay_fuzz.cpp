// Any sequence of events: the stored bytes give back every event and every state, a state picked up halfway ends where
// a replay from the beginning does, and it does not grow with the number of events. Any bytes as stored ones: read, or
// refused with a StorageError.
#include <algorithm>
#include <chrono>
#include <optional>
#include <variant>
#include <vector>

#include "storage/codec.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using namespace vakt;
using fuzz::Bytes;
using fuzz::require;

constexpr std::size_t text_parts = 8, largest_state = 4096;

std::string id(Bytes& in) {
  static constexpr auto ids = std::to_array<std::string_view>({"", "U1", "U2", "C1", "C2", "1700000000.000100"});
  return std::string{in.of(ids)};
}

Instant instant(Bytes& in) {
  std::int64_t micros = 0;
  for (int i = 0; i < 7; ++i) micros = micros << 8 | in.next();
  return Instant{Micros{micros}};
}

std::chrono::year_month_day day(Bytes& in) {
  const int since_1970 = in.next() << 8 | in.next();
  return std::chrono::sys_days{std::chrono::days{since_1970}};
}

EventBody body(Bytes& in) {
  static_assert(std::variant_size_v<EventBody> == 26, "a new event needs a line here");
  const auto severity = [&] { return in.choice<Severity>(5); };
  const auto marker = [&] { return in.choice<Marker>(marker_count); };
  switch (in.next() % std::variant_size_v<EventBody>) {
    case 0:
      return event::Declared{in.text(text_parts), severity(), in.flag(), in.flag(), id(in)};
    case 1:
      return event::ChannelBound{{id(in), in.text(text_parts)}};
    case 2:
      return event::MovedHere{};
    case 3:
      return event::ChannelRenamed{in.text(text_parts)};
    case 4:
      return event::ChannelArchived{in.flag()};
    case 5:
      return event::HeadlinePosted{{id(in), id(in)}};
    case 6:
      return event::AnnouncementPosted{{id(in), id(in)}};
    case 7:
      return event::SeverityChanged{severity()};
    case 8:
      return event::PhaseChanged{in.choice<Phase>(3)};
    case 9:
      return event::RoleAssigned{id(in), id(in)};
    case 10:
      return event::MarkerSet{marker(), {instant(in), in.flag()}};
    case 11:
      return event::MarkerCleared{marker()};
    case 12:
      return event::TitleChanged{in.text(text_parts)};
    case 13:
      return event::TeamChanged{in.text(text_parts)};
    case 14:
      return event::Updated{};
    case 15:
      return event::Reminded{};
    case 16:
      return event::RemindersAnswered{};
    case 17:
      return event::RemindersStopped{};
    case 18:
      return event::Resolved{};
    case 19:
      return event::Reopened{};
    case 20:
      return event::Cancelled{};
    case 21:
      return event::PostmortemWanted{id(in), in.flag() ? std::optional{day(in)} : std::nullopt};
    case 22:
      return event::PostmortemOwned{id(in)};
    case 23:
      return event::PostmortemDueSet{day(in)};
    case 24:
      return event::PostmortemReminded{};
    default:
      return event::PostmortemPublished{in.text(text_parts)};
  }
}

void check_events(Bytes in) {
  std::vector<Event> read;
  Incident state;
  while (in.size > 0) {
    const Event given{in.next(), instant(in), id(in), body(in)};
    const auto bytes = storage::encode(given);
    read.push_back(storage::decode_event(bytes));
    require(storage::encode(read.back()) == bytes);
    apply(state, given);
    if (in.flag()) {  // as after a restart
      const auto stored = storage::encode(state);
      require(stored.size() <= largest_state);
      state = storage::decode_incident(stored);
      require(storage::encode(state) == stored);
    }
  }
  require(replay(read) == state);
}

template <class Value>
void check_bytes(std::string_view bytes, Value (*decode)(std::string_view)) {
  try {
    const auto stored = storage::encode(decode(bytes));
    require(storage::encode(decode(stored)) == stored);
  } catch (const StorageError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Bytes in{data, size};
  if (in.next() % 4 != 3) {
    check_events(in);
    return 0;
  }
  const std::string_view bytes{reinterpret_cast<const char*>(in.data), in.size};
  check_bytes(bytes, storage::decode_event);
  check_bytes(bytes, storage::decode_incident);
  check_bytes(bytes, storage::decode_effect);
  check_bytes(bytes, storage::decode_files);
  check_bytes(bytes, storage::decode_versions);
  return 0;
}
