#include "storage/sqlite/incident_cache.hpp"

namespace vakt::sqlite {

namespace {
template <class Map>
void put(Map& map, const typename Map::key_type& key, const typename Map::mapped_type& value) {
  if (map.size() >= IncidentCache::most) map.clear();
  map.insert_or_assign(key, value);
}
}  // namespace

std::optional<IncidentNumber> IncidentCache::number_of(const ChannelId& channel) const {
  const auto found = channels_.find(channel);
  return found == channels_.end() ? std::nullopt : std::optional(found->second);
}

const Incident* IncidentCache::state(IncidentNumber number) const {
  const auto found = states_.find(number);
  return found == states_.end() ? nullptr : &found->second;
}

std::int64_t IncidentCache::next_seq(IncidentNumber number) const {
  const auto found = next_seqs_.find(number);
  return found == next_seqs_.end() ? 0 : found->second;
}

const Ts* IncidentCache::newest(const ChannelId& channel) const {
  const auto found = newest_.find(channel);
  return found == newest_.end() ? nullptr : &found->second;
}

void IncidentCache::put_channel(const ChannelId& channel, IncidentNumber number_or_none) {
  put(channels_, channel, number_or_none);
}

void IncidentCache::put_state(const Incident& state) { put(states_, state.number, state); }
void IncidentCache::put_next_seq(IncidentNumber number, std::int64_t seq) { put(next_seqs_, number, seq); }

void IncidentCache::put_newest(const ChannelId& channel, const Ts& ts) { put(newest_, channel, ts); }

void IncidentCache::added(const SlackRef& message) {
  const auto found = newest_.find(message.channel);
  if (found != newest_.end() && found->second < message.ts) found->second = message.ts;
}

void IncidentCache::saved(const Incident& now) {
  const Incident* before = state(now.number);
  if (!before || before->channel.id != now.channel.id || before->status != now.status) channels_.clear();
  put_state(now);
}

void IncidentCache::clear() {
  channels_.clear();
  states_.clear();
  next_seqs_.clear();
  newest_.clear();
}

}  // namespace vakt::sqlite
