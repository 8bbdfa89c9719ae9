// Requests to Unleash's Admin API and client API, and what their answers mean. Pure; any thread. The header is
// `Authorization: <raw token>`, without Bearer. Tried on 4.19, 5.12, 6.10 and 7.4 (docs.getunleash.io, "API
// reference").
#pragma once

#include <string>
#include <string_view>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/flags/unleash_steps.hpp"
#include "integrations/http/http.hpp"

namespace vakt::flag::unleash {

// One Unleash server, and what may be said to it. Holds secrets.
struct Access {
  std::string base;  // without a slash at its end
  std::string host;  // for people
  std::string token, client_token, token_variable;
};
Access access_of(const ProviderSettings&, std::string base);

// False for what cannot stand in a path alone (empty, "." and ".."): no flag, project or environment is called that.
bool is_path_part(std::string_view);

// Paths, below the base.
std::string feature_path(const std::string& project, const std::string& name);
std::string search_path(const std::string& name, bool archived, int offset);
inline constexpr int search_page = 100;
inline constexpr int usual = 5'000, for_lists = 15'000;  // milliseconds for one request
std::string client_path(const std::string& environment, const std::string& name_prefix);  // prefix "": all flags

HttpRequest get(const Access&, const std::string& path, int milliseconds);
HttpRequest get_as_client(const Access&, const std::string& path, const std::string& token, int milliseconds);
HttpRequest change(const Access&, const Order&, const Step&, int milliseconds);
Step toggle(Action on_or_off);

// An answer of 200..299: its body. Anything else: what it means. `link`: where a person goes on in Unleash's own pages.
Answer<std::string> body_of(const Access&, HttpResult, const std::string& link = {});
// The same for a change: an answer that Unleash does not give (a login page, say) is uncertain.
Answer<void> done_of(const Access&, HttpResult, const std::string& link);
ProviderError nonsense(const Access&);  // 200, but not what was asked for
std::unexpected<ProviderError> no_flag(const Access&, const std::string& name);
std::unexpected<ProviderError> no_environment(const Access&, const std::string& environment);

// What applications get. Proof only if the answer is for that environment and holds the flag.
ServedAnswer served_of(const Access&, const HttpResult&, const std::string& name, const std::string& environment);

std::string page_of(const Access&, const std::string& project, const std::string& name);  // in Unleash's own pages

// One line for a shell, safe whatever the names hold.
std::string by_hand(const Access&, const Order&);

}  // namespace vakt::flag::unleash
