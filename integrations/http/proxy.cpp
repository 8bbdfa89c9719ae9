#include "integrations/http/proxy.hpp"

#include <charconv>

namespace vakt {
namespace {

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::string percent_decoded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      const char* digits = text.data() + i + 1;
      const auto [end, fault] = std::from_chars(digits, digits + 2, value, 16);
      if (fault == std::errc{} && end == digits + 2) {
        result += static_cast<char>(value);
        i += 2;
        continue;
      }
    }
    result += text[i];
  }
  return result;
}

std::string base64(std::string_view bytes) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = (group << 8) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) result += i + k <= bytes.size() ? alphabet[(group >> (18 - 6 * k)) & 63] : '=';
  }
  return result;
}

bool in_network(std::string_view entry, const std::string& host) {
  const auto slash = entry.find('/');
  if (slash == std::string_view::npos) return false;
  std::uint32_t network = 0;
  std::uint32_t address = 0;
  unsigned bits = 0;
  const auto length = entry.substr(slash + 1);
  const auto [end, fault] = std::from_chars(length.data(), length.data() + length.size(), bits);
  if (fault != std::errc{} || end != length.data() + length.size() || bits > 32) return false;
  if (!parse_ipv4(entry.substr(0, slash), network) || !parse_ipv4(host, address)) return false;
  const std::uint32_t mask = bits == 0 ? 0 : ~std::uint32_t{0} << (32 - bits);
  return (network & mask) == (address & mask);
}

bool matches(std::string_view entry, const Url& url) {
  if (entry == "*") return true;
  if (in_network(entry, url.host)) return true;
  const auto colon = entry.rfind(':');
  if (colon != std::string_view::npos && (entry.find(':') == colon || entry[colon - (colon > 0 ? 1 : 0)] == ']')) {
    if (entry.substr(colon + 1) != std::to_string(url.port)) return false;
    entry = entry.substr(0, colon);
  }
  if (entry.starts_with('[') && entry.ends_with(']')) entry = entry.substr(1, entry.size() - 2);
  if (entry.starts_with('*')) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty()) return false;
  return url.host == entry || url.host.ends_with("." + std::string(entry));
}

bool exempt(const Url& url, std::string_view no_proxy) {
  while (true) {
    const auto start = no_proxy.find_first_not_of(", \t");
    if (start == std::string_view::npos) return false;
    no_proxy.remove_prefix(start);
    const auto entry = no_proxy.substr(0, no_proxy.find_first_of(", \t"));
    if (matches(lowered(entry), url)) return true;
    no_proxy.remove_prefix(entry.size());
  }
}

}  // namespace

Result<ProxyChoice> choose_proxy(const Url& url, std::string_view https_proxy, std::string_view no_proxy) {
  if (https_proxy.empty() || !url.secure() || url.loopback || exempt(url, no_proxy)) return ProxyChoice{};
  std::string_view rest = https_proxy;
  if (const auto colon = rest.find("://"); colon != std::string_view::npos) {
    if (lowered(rest.substr(0, colon)) != "http")
      return std::unexpected(Error{"HTTPS_PROXY must be a http:// proxy: other kinds are not supported."});
    rest.remove_prefix(colon + 3);
  }
  Proxy proxy;
  if (const auto at = rest.substr(0, rest.find('/')).rfind('@'); at != std::string_view::npos) {
    const auto user = rest.substr(0, at);
    const auto colon = user.find(':');
    const auto password = colon == std::string_view::npos ? std::string_view{} : user.substr(colon + 1);
    proxy.authorization = "Basic " + base64(percent_decoded(user.substr(0, colon)) + ":" + percent_decoded(password));
    rest.remove_prefix(at + 1);
  }
  auto parsed = parse_url("http://" + std::string(rest));
  if (!parsed)
    return std::unexpected(
        Error{"HTTPS_PROXY is not a usable URL: write http://host:port, with user:password@ before the host if it "
              "needs them."});
  proxy.host = std::move(parsed->host);
  proxy.port = parsed->port;
  return ProxyChoice{std::move(proxy)};
}

}  // namespace vakt
