#include "integrations/http/request_bytes.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace vakt {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, {}, lower, lower);
}

bool is_token(std::string_view text) {
  const auto part_of_token = [](char c) {
    return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").contains(c);
  };
  return !text.empty() && std::ranges::all_of(text, part_of_token);
}

bool is_value(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 4> ours{"host", "connection", "content-length", "transfer-encoding"};
  return std::ranges::any_of(ours, [name](std::string_view mine) { return same_name(name, mine); });
}

bool is_without_body(std::string_view method) { return method == "GET" || method == "HEAD"; }

}  // namespace

Result<std::string> request_bytes(const HttpRequest& request, const Url& url) {
  if (!is_token(request.method)) return std::unexpected(Error{"The method of a request is not one word."});
  std::string bytes = request.method + " " + url.target + " HTTP/1.1\r\nHost: " + url.authority() + "\r\n";
  bool named = false;
  for (const auto& [name, value] : request.headers) {
    if (!is_token(name) || !is_value(value))
      return std::unexpected(Error{"A header of a request holds characters that are not allowed there."});
    if (is_ours(name)) continue;
    named = named || same_name(name, "user-agent");
    bytes += name + ": " + value + "\r\n";
  }
  if (!named) bytes += "User-Agent: vakt\r\n";
  if (!request.body.empty() || !is_without_body(request.method))
    bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n";
  return bytes + "\r\n" + request.body;
}

}  // namespace vakt
