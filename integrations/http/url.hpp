// Takes a URL apart, strictly: what is accepted here is safe to put on a request line. Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bot/result.hpp"

namespace vakt {

struct Url {
  std::string scheme;  // "http", "https", "ws" or "wss"
  std::string host;    // lower case; an IPv6 address stands here without its brackets
  std::uint16_t port = 0;
  std::string target;     // path and query, at least "/"; never a fragment
  bool loopback = false;  // localhost, 127.0.0.0/8 or ::1, by its name alone

  bool secure() const { return scheme == "https" || scheme == "wss"; }
  bool permitted() const { return secure() || loopback; }  // plain text goes to loopback only
  std::string authority() const;      // for the Host header: the port only where it is not the default
  std::string host_and_port() const;  // for CONNECT: always with the port
};

// Errors: an unknown scheme, no host, user names, control characters or spaces, a port outside 1..65535.
// Error texts never repeat the URL, which may hold a ticket.
Result<Url> parse_url(std::string_view text);

// One part of a path or a query as RFC 3986 writes it: everything but letters, digits and -._~ becomes %XX.
std::string percent_encoded(std::string_view text);

// Dotted decimal only ("127.1" and "0x7f.1" are not addresses here); false where it is none.
bool parse_ipv4(std::string_view text, std::uint32_t& address);

}  // namespace vakt
