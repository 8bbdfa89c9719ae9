// Decides whether a request goes through an HTTPS_PROXY. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "bot/result.hpp"
#include "integrations/http/url.hpp"

namespace vakt {

struct Proxy {
  std::string host;
  std::uint16_t port = 0;
  std::string authorization;  // the value of Proxy-Authorization ("Basic …"), a secret; "" for none
};

using ProxyChoice = std::optional<Proxy>;  // nullopt: straight to the host

// https_proxy: "" or "http://[user:password@]host[:port]" (the scheme may be left out; port 80 unless given).
// no_proxy: names separated by commas or spaces: "*", "host", ".domain", "*.domain" (with what is below), each with
// ":port" if wanted; IPv4 networks as 10.0.0.0/8. Loopback and plain-text URLs never go through a proxy. Errors: a
// proxy URL that cannot be used (https:// proxies are not supported); the text never repeats it.
Result<ProxyChoice> choose_proxy(const Url& url, std::string_view https_proxy, std::string_view no_proxy);

}  // namespace vakt
