#include "storage/json_writer.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace vakt::storage {

namespace {

// Most texts need no escape; the library knows what to do with the others.
void append_string(std::string& out, std::string_view text) {
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f && c != '"' && c != '\\'; });
  if (plain)
    out.append(1, '"').append(text).append(1, '"');
  else
    out += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string& ObjectWriter::open(std::string_view key) {
  if (!first_) out_ += ',';
  first_ = false;
  append_string(out_, key);
  out_ += ':';
  return out_;
}

void ObjectWriter::field(std::string_view key, std::string_view text) { append_string(open(key), text); }
void ObjectWriter::raw(std::string_view key, std::string_view json) { open(key).append(json); }

}  // namespace vakt::storage
