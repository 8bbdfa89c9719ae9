#include "integrations/http/url.hpp"

#include <algorithm>
#include <charconv>

namespace vakt {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }
bool is_host_char(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_'; }
bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

std::uint16_t default_port(std::string_view scheme) { return scheme == "https" || scheme == "wss" ? 443 : 80; }

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "::1") return true;
  std::uint32_t address = 0;
  return parse_ipv4(host, address) && (address >> 24) == 127;
}

std::unexpected<Error> refused(const char* why) {
  return std::unexpected(Error{std::string("This is not a URL that can be used: ") + why + "."});
}

std::string bracketed(const std::string& host) { return host.contains(':') ? "[" + host + "]" : host; }

}  // namespace

bool parse_ipv4(std::string_view text, std::uint32_t& address) {
  std::uint32_t result = 0;
  for (int part = 0; part < 4; ++part) {
    unsigned value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    const auto length = static_cast<std::size_t>(end - text.data());
    if (fault != std::errc{} || value > 255 || length > 3) return false;
    text.remove_prefix(length);
    result = (result << 8) | value;
    if (part == 3) break;
    if (text.empty() || text.front() != '.') return false;
    text.remove_prefix(1);
  }
  if (!text.empty()) return false;
  address = result;
  return true;
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_' || c == '.' || c == '~') {
      out += c;
    } else {
      out += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return out;
}

std::string Url::authority() const { return port == default_port(scheme) ? bracketed(host) : host_and_port(); }

std::string Url::host_and_port() const { return bracketed(host) + ":" + std::to_string(port); }

Result<Url> parse_url(std::string_view text) {
  if (!std::ranges::all_of(text, is_visible))
    return refused("it holds spaces, control characters or letters outside ASCII");
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return refused("it has no scheme such as https://");
  Url url;
  std::ranges::transform(text.substr(0, colon), std::back_inserter(url.scheme), lower);
  if (url.scheme != "http" && url.scheme != "https" && url.scheme != "ws" && url.scheme != "wss")
    return refused("its scheme is not http, https, ws or wss");
  text.remove_prefix(colon + 3);

  const auto end = std::min(text.find_first_of("/?#\\"), text.size());
  std::string_view authority = text.substr(0, end);
  std::string_view target = text.substr(end, text.find('#', end) - end);
  if (authority.contains('@')) return refused("it holds a user name");
  if (target.contains('\\')) return refused("it holds a backslash");

  std::string_view host = authority;
  std::string_view port;
  bool has_port = false;
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return refused("a bracket is missing");
    host = authority.substr(1, close - 1);
    const auto rest = authority.substr(close + 1);
    if (!rest.empty() && rest.front() != ':') return refused("its host is not a host");
    if (!host.contains(':') || !std::ranges::all_of(host, [](char c) { return is_hex(c) || c == ':' || c == '.'; }))
      return refused("its IPv6 address is malformed");
    has_port = !rest.empty();
    if (has_port) port = rest.substr(1);
  } else if (const auto at = authority.find(':'); at != std::string_view::npos) {
    host = authority.substr(0, at);
    port = authority.substr(at + 1);
    has_port = true;
  }
  std::ranges::transform(host, std::back_inserter(url.host), lower);
  if (url.host.empty() || url.host.size() > 253) return refused("it has no host");
  if (!authority.starts_with('[') && !std::ranges::all_of(url.host, is_host_char))
    return refused("its host is not a host");

  url.port = default_port(url.scheme);
  if (has_port) {
    unsigned value = 0;
    const auto [rest, fault] = std::from_chars(port.data(), port.data() + port.size(), value);
    if (fault != std::errc{} || rest != port.data() + port.size() || value < 1 || value > 65535)
      return refused("its port is not in 1..65535");
    url.port = static_cast<std::uint16_t>(value);
  }
  url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
  url.loopback = is_loopback(url.host);
  return url;
}

}  // namespace vakt
