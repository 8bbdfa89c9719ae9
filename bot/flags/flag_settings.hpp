// The [flags] part of the configuration. Immutable after start. Holds secrets: never shown, never logged.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bot/flags/exposure.hpp"

namespace vakt::flag {

enum class ProviderKind : std::uint8_t { unleash, flipper, flagd, http };

// One request of the http provider. {name} and {environment} are filled in: URL-encoded in the URL, JSON-escaped in the
// body. {base}, the environment's URL as it is configured, stands in the URL as it is.
struct HttpStep {
  std::string method;  // "PATCH"; empty: not configured
  std::string url = "{base}";
  std::map<std::string, std::string> headers;  // {token} is filled in here alone
  std::string body;
  std::vector<int> statuses;  // that mean success; empty: 200..299
};

// Where the read-back's answer says what the flag is: a JSON pointer (RFC 6901; {name} and {environment} are filled in,
// escaped for it) and the values that mean off and on.
struct HttpReadBack {
  HttpStep step;
  std::string pointer, off = "false", on = "true";  // values as JSON
};

struct ProviderSettings {
  std::string name;
  ProviderKind kind = ProviderKind::flagd;
  // Environment -> base URL (unleash, flipper, http) or definition file (flagd). Unleash: `url` alone serves every
  // environment that the server has.
  std::string url;
  std::map<std::string, std::string> environments;
  std::string token, client_token;  // raw; the client token reads what is served (Unleash), empty: `token` does
  std::string token_variable;       // the environment variable that people name in a command by hand
  std::string client_token_variable;
  HttpStep off, on;
  HttpReadBack read;
};

enum class SecondPerson : std::uint8_t { never, production };

struct Settings {
  std::string environment = "production";  // where a command names none
  std::vector<std::string> operators;      // user ids and "@group"s; empty: the on-call group
  std::vector<std::string> protected_names;
  SecondPerson second_person = SecondPerson::never;
  std::vector<ProviderSettings> providers;  // the first is the default
  ExposureRules rules;
};

}  // namespace vakt::flag
