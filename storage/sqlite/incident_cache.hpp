// What the ledger remembers of incidents and channels, so that a message costs no look-up; also channels known to have
// none. Internal to storage/sqlite; the ledger's thread. Whoever rolls back, or sees another program's write, clears
// it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"

namespace vakt::sqlite {

class IncidentCache {
 public:
  // A channel's incident number, 0 for none; nothing where it is not known.
  std::optional<IncidentNumber> number_of(const ChannelId& channel) const;
  const Incident* state(IncidentNumber number) const;  // null if not known
  // The next seq to give, 0 if not known.
  std::int64_t next_seq(IncidentNumber number) const;

  // The last ts, in the order of its bytes, under which a record holds a message of the channel; "" for none. Null
  // where it is not known.
  const Ts* newest(const ChannelId& channel) const;

  void put_channel(const ChannelId& channel, IncidentNumber number_or_none);
  void put_state(const Incident& state);
  void put_next_seq(IncidentNumber number, std::int64_t seq);
  void put_newest(const ChannelId& channel, const Ts& ts);
  // A message was added: known as the newest if that was known before.
  void added(const SlackRef& message);

  // After a write of the state: forgets the channels where their incident may be another one now.
  void saved(const Incident& state);
  void clear();

  static constexpr std::size_t most = 10'000;  // of each kind; past that it starts afresh

 private:
  std::unordered_map<ChannelId, IncidentNumber> channels_;
  std::unordered_map<IncidentNumber, Incident> states_;
  std::unordered_map<IncidentNumber, std::int64_t> next_seqs_;
  std::unordered_map<ChannelId, Ts> newest_;
};

}  // namespace vakt::sqlite
