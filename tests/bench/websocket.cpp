#include "tests/bench/websocket.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace bench::websocket {

namespace {
constexpr unsigned char final_bit = 0x80, mask_bit = 0x80, length_of_2 = 126, length_of_8 = 127;

unsigned char byte_at(const std::string& bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }
}  // namespace

std::string accept_for(std::string_view key) {
  const std::string salted = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> hash{};
  SHA1(reinterpret_cast<const unsigned char*>(salted.data()), salted.size(), hash.data());
  std::array<unsigned char, 32> encoded{};
  const int size = EVP_EncodeBlock(encoded.data(), hash.data(), static_cast<int>(hash.size()));
  return {reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(size)};
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload, bool masked) {
  const unsigned char mask = masked ? mask_bit : 0;
  out += static_cast<char>(final_bit | static_cast<unsigned char>(opcode));
  if (payload.size() < length_of_2) {
    out += static_cast<char>(mask | payload.size());
  } else {
    const bool short_form = payload.size() < 65536;
    out += static_cast<char>(mask | (short_form ? length_of_2 : length_of_8));
    for (int shift = short_form ? 8 : 56; shift >= 0; shift -= 8)
      out += static_cast<char>((payload.size() >> shift) & 0xff);
  }
  if (masked) out.append(4, '\0');
  out += payload;
}

std::optional<Frame> next_frame(std::string& bytes, std::size_t& position) {
  std::size_t at = position + 2;
  if (bytes.size() < at) return std::nullopt;
  const auto opcode = static_cast<Opcode>(byte_at(bytes, position) & 0x0f);
  const bool masked = (byte_at(bytes, position + 1) & mask_bit) != 0;
  std::size_t size = byte_at(bytes, position + 1) & 0x7f;
  if (const std::size_t more = size == length_of_2 ? 2 : size == length_of_8 ? 8 : 0) {
    if (bytes.size() < at + more) return std::nullopt;
    size = 0;
    for (std::size_t i = 0; i < more; ++i) size = (size << 8) | byte_at(bytes, at++);
  }
  const std::size_t mask_at = at;
  if (masked) at += 4;
  if (bytes.size() < at + size) return std::nullopt;
  if (masked)
    for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(bytes[at + i] ^ bytes[mask_at + i % 4]);
  position = at + size;
  return Frame{opcode, std::string_view{bytes}.substr(at, size)};
}

}  // namespace bench::websocket
