// What an HTTP exchange with a flag service means for the order it carried: what all services share. Pure; any thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "integrations/flags/flag_provider.hpp"
#include "integrations/http/http.hpp"

namespace vakt::flag {

// A hung service must not hold up what the others can do.
inline constexpr std::chrono::milliseconds read_timeout{2000};

std::string host_of(const std::string& url);  // "flags.example.org:8443"; for texts

ProviderError fault_of(const HttpError& error);
// Of an answer that is no success; a 404 is `uncertain` here, since only the adapter knows what it would mean.
ProviderError fault_of(int status, const std::string& host);
// The same where nothing was to be changed yet: what was uncertain then certainly was not carried out.
ProviderError before_sending(ProviderError error);

ProviderError no_such_flag(const std::string& name, const std::string& where);
ProviderError no_such_environment(const std::string& environment, const ProviderSettings& settings);

// Of an environment that could not be read: on for nobody knows whom, so that it is never taken for off.
State unread(std::string why);

// A share that each user has the same chance of; bucketed in the service's own way, so by nobody's hash here. Unleash
// knows whole percentages: another one becomes "at most the next", with the exact one in `shown`.
Strategy even_share(std::string shown, double percent);

// The environments of a service that has one address for each. A single `url` alone is production.
std::map<std::string, std::string> addresses(const ProviderSettings& settings);

}  // namespace vakt::flag
