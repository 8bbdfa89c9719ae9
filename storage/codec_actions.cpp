// Action items. A field that older bytes lack keeps its default.
#include "storage/codec_shapes_actions.hpp"

namespace vakt::storage {

namespace {

constexpr int newest_version = 1;

}  // namespace

std::string encode(const action::Item& item) { return encoded(item, newest_version); }
action::Item decode_item(std::string_view bytes) { return decoded<action::Item>(bytes, newest_version); }

}  // namespace vakt::storage
