// Events, state and effects to bytes and back: JSON objects with "type" and "v", Instants as microseconds UTC.
// Pure functions; any thread. Decoding throws StorageError for what is damaged or unknown, NewerValue for what a newer
// vakt wrote. Bytes that are not UTF-8 are stored as U+FFFD, so that encoding never fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/brain/ledger.hpp"

namespace vakt::storage {

// A newer vakt has written it: that vakt has to be started, and until then nothing can be trusted to be complete.
class NewerValue : public StorageError {
 public:
  using StorageError::StorageError;
};

// The type and version that an event is stored under.
std::string_view event_type(const Event&);
int event_version(const Event&);

std::string encode(const Event&);
Event decode_event(std::string_view);

// A key that is missing keeps its default, so that a new field of the state needs no migration.
std::string encode(const Incident&);
Incident decode_incident(std::string_view);

std::string encode(const Effect&);
Effect decode_effect(std::string_view);

std::string encode(const flag::Change&);
flag::Change decode_change(std::string_view);
std::string encode(const flag::State&);
flag::State decode_state(std::string_view);
std::string encode(const inbound::FlagProgress&);
inbound::FlagProgress decode_flag_progress(std::string_view);
// What the command line leaves, of either kind.
std::string encode(const inbound::RolloutAsked&);
Left decode_left(std::string_view);
std::string encode(const rollout::Rollout&);
rollout::Rollout decode_rollout(std::string_view);
std::string encode(const action::Item&);
action::Item decode_item(std::string_view);
std::string encode(const Draft&);
Draft decode_draft(std::string_view);

// The lists and the curation of an entry; its other fields are columns.
std::string encode(const std::vector<File>&);
std::string encode(const std::vector<Version>&);
std::string encode(const std::vector<std::string>&);
std::string encode(const Curation&);
std::vector<File> decode_files(std::string_view);
std::vector<Version> decode_versions(std::string_view);
std::vector<std::string> decode_names(std::string_view);
Curation decode_curation(std::string_view);

}  // namespace vakt::storage
