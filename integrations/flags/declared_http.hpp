// The requests of the http provider: what the configuration declares -> exact requests and commands. Pure; any thread.
#pragma once

#include <string>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/http.hpp"

namespace vakt::flag::declared {

// What the placeholders stand for. `base` is the configuration's own address and stands in a URL as it is.
struct Filling {
  std::string base, name, environment;
};

// Each placeholder is filled in once: a name that looks like one stays a name.
std::string fill_url(const std::string& pattern, const Filling& filling);
std::string fill_body(const std::string& pattern, const Filling& filling);
std::string fill_pointer(const std::string& pattern, const Filling& filling);

// Fails where {token} stands outside the headers: it would end up in logs.
Answer<HttpRequest> request_for(const HttpStep& step, const Filling& filling, const std::string& token);
std::string curl_for(const HttpStep& step, const Filling& filling, const std::string& token_variable);

bool is_success(const HttpStep& step, int status);

enum class Reads : std::uint8_t { off, on, unreadable };
Reads read_back(const HttpReadBack& read, const Filling& filling, const std::string& body);

// On is "default": that is all a switch can say, whatever rules the service applies behind it.
State state_of(Reads reads);

std::string snapshot_of(const std::map<std::string, Reads>& environments);
Reads was(const std::string& snapshot, const std::string& environment);

}  // namespace vakt::flag::declared
