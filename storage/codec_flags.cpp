// Changes of flags, and what the command line leaves of them. A field that older bytes lack keeps its default.
#include "storage/codec.hpp"
#include "storage/codec_shapes_flags.hpp"

namespace vakt::storage {

namespace {

constexpr int newest_version = 1;

template <class T>
std::string encoded(const T& value) {
  Json json = to_json(value);
  json["v"] = newest_version;
  return dump(json);
}

template <class T>
T decoded(std::string_view bytes) {
  const Json json = parse(bytes);
  require_version(json, newest_version);
  T value;
  from_json(json, value, Missing::defaulted);
  return value;
}

}  // namespace

std::string encode(const flag::Change& change) { return encoded(change); }
flag::Change decode_change(std::string_view bytes) { return decoded<flag::Change>(bytes); }
std::string encode(const inbound::FlagProgress& progress) { return encoded(progress); }
inbound::FlagProgress decode_flag_progress(std::string_view bytes) { return decoded<inbound::FlagProgress>(bytes); }

}  // namespace vakt::storage
