#include "integrations/flags/service_fault.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "integrations/http/url.hpp"

namespace vakt::flag {

std::string host_of(const std::string& url) {
  const auto parsed = parse_url(url);
  return parsed ? parsed->authority() : "the flag service";
}

ProviderError fault_of(const HttpError& error) {
  switch (error.fault) {
    case HttpFault::bad_url:
    case HttpFault::unreachable:
    case HttpFault::untrusted:
      return {Fault::unreachable, error.text, {}};
    case HttpFault::timed_out:
    case HttpFault::broken:
    case HttpFault::too_large:
    case HttpFault::stopped:
      break;
  }
  return {Fault::uncertain, error.text, {}};
}

ProviderError fault_of(int status, const std::string& host) {
  const std::string code = " (HTTP " + std::to_string(status) + ")";
  if (status == 401 || status == 403)
    return {Fault::refused, host + " does not accept vakt's token" + code + ": check the token and its rights.", {}};
  if (status >= 300 && status < 400)
    return {
        Fault::refused, host + " sends vakt elsewhere, often to a login page" + code + ": check URL and token.", {}};
  if (status == 429) return {Fault::unreachable, host + " says that it is asked too often" + code + ".", {}};
  if (status >= 400 && status < 500 && status != 404 && status != 408)
    return {Fault::unsupported, host + " refuses the request as it stands" + code + ".", {}};
  return {Fault::uncertain, host + " failed" + code + ".", {}};
}

ProviderError before_sending(ProviderError error) {
  if (error.fault == Fault::uncertain) error.fault = Fault::unreachable;
  return error;
}

ProviderError no_such_flag(const std::string& name, const std::string& where) {
  return {Fault::not_found, where + " has no flag \"" + name + "\".", {}};
}

ProviderError no_such_environment(const std::string& environment, const ProviderSettings& settings) {
  std::string known;
  for (const auto& [name, address] : addresses(settings)) known += (known.empty() ? "" : ", ") + name;
  return {
      Fault::no_environment,
      "\"" + settings.name + "\" has no environment \"" + environment + "\" in vakt's settings (there: " + known + ").",
      {}};
}

State unread(std::string why) {
  Strategy strategy;
  strategy.name = "unread";
  strategy.shown = std::move(why);
  strategy.readable = false;
  return {.enabled = true, .strategies = {std::move(strategy)}};
}

Strategy even_share(std::string shown, double percent) {
  Strategy strategy;
  strategy.name = "flexibleRollout";
  strategy.shown = std::move(shown);
  const double whole = std::ceil(percent);
  strategy.parameters["rollout"] = std::to_string(static_cast<int>(whole));
  // Sticky to a user: who has no id is not let in, so the share is a bound from above.
  strategy.parameters["stickiness"] = percent == whole ? "random" : "userId";
  if (percent != whole) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), percent, std::chars_format::general, 8).ptr;
    strategy.shown += " (" + std::string(text.data(), end) + " %)";
  }
  return strategy;
}

std::map<std::string, std::string> addresses(const ProviderSettings& settings) {
  if (!settings.environments.empty() || settings.url.empty()) return settings.environments;
  return {{"production", settings.url}};
}

}  // namespace vakt::flag
