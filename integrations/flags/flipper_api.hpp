// Flipper's REST API (flipper-api) -> gates, and gates -> the requests that bring them about. Pure; any thread.
// Source: flippercloud.io/docs/api. Gates are joined by OR; none open: off.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/http.hpp"

namespace vakt::flag::flipper {

// What one flag is in one environment.
struct Gates {
  bool boolean = false;
  std::string percentage_of_actors, percentage_of_time;  // canonical: "25", "0.5"; "" closed
  std::vector<std::string> actors, groups;               // sorted
  std::string expression;                                // its JSON, "" closed
  std::vector<std::string> unknown;                      // open gates that are not known here
  bool readable = true;
  bool operator==(const Gates&) const = default;
};

struct Feature {
  std::string key;
  Gates gates;
};

// The Authorization header: a Bearer token, unless the token names its own scheme ("Basic dXNlcjpwYXNz").
HttpHeaders headers(const std::string& token);
std::string address(const std::string& base, const std::string& name, const std::string& gate = {});
HttpRequest get_feature(const std::string& base, const std::string& token, const std::string& name);
HttpRequest get_features(const std::string& base, const std::string& token);

// not_found only where Flipper itself says so; another 404 is a wrong address.
Answer<Feature> read_feature(const HttpResult& result, const std::string& host, const std::string& name);
Answer<std::vector<Feature>> read_features(const HttpResult& result, const std::string& host);
Answer<void> read_done(const HttpResult& result, const std::string& host);

// In the words of all services: "boolean" is `default`, percentages are `flexibleRollout`, actors `userWithId`. A group
// is code in the application, which may let everybody in: nobody can tell, as with expressions and new kinds of gates.
State state_of(const Gates& gates);

std::string snapshot_of(const std::map<std::string, Gates>& environments);
Answer<Gates> gates_in(const std::string& snapshot, const std::string& environment);

// One request that changes gates, without address and token.
struct Call {
  std::string method, gate, body;  // of the gate's path: "boolean"
  bool json = false;               // else a form
};

// What `order` makes of the gates that are there now.
Answer<Gates> wanted_gates(const Order& order, const Gates& now);
// Wipes before it widens, so that a stop halfway leaves less open than either.
std::vector<Call> plan(const Gates& now, const Gates& wanted);
HttpRequest request_for(const Call& call, const std::string& base, const std::string& token, const std::string& name);
std::string curl_for(const Call& call, const std::string& base, const ProviderSettings& settings,
                     const std::string& name);

}  // namespace vakt::flag::flipper
