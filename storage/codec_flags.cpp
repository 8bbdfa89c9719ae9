// Changes of flags, and what the command line leaves of them. A field that older bytes lack keeps its default.
#include "storage/codec.hpp"
#include "storage/codec_shapes_flags.hpp"

namespace vakt::storage {

namespace {

constexpr int newest_version = 1;

}  // namespace

std::string encode(const flag::Change& change) { return encoded(change, newest_version); }
flag::Change decode_change(std::string_view bytes) { return decoded<flag::Change>(bytes, newest_version); }
std::string encode(const flag::State& state) { return encoded(state, newest_version); }
flag::State decode_state(std::string_view bytes) { return decoded<flag::State>(bytes, newest_version); }
std::string encode(const inbound::FlagProgress& progress) { return encoded(progress, newest_version); }
inbound::FlagProgress decode_flag_progress(std::string_view bytes) {
  return decoded<inbound::FlagProgress>(bytes, newest_version);
}

}  // namespace vakt::storage
