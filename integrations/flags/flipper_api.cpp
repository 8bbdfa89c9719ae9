#include "integrations/flags/flipper_api.hpp"

#include <nlohmann/json.hpp>

#include "integrations/flags/flipper_gates.hpp"
#include "integrations/flags/service_fault.hpp"
#include "integrations/flags/shell_quote.hpp"
#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::flipper {
namespace {

using nlohmann::json;

std::string authorization(const std::string& token) { return token.contains(' ') ? token : "Bearer " + token; }

ProviderError not_flipper(const std::string& host, int status) {
  return {Fault::unreachable,
          host + " answers (HTTP " + std::to_string(status) +
              "), but not as Flipper does: check the URL, which ends where /features would begin.",
          {}};
}

Answer<json> read_json(const HttpResult& result, const std::string& host) {
  if (!result) return std::unexpected(fault_of(result.error()));
  const bool success = result->status >= 200 && result->status < 300;
  if (!success && result->status != 404) return std::unexpected(fault_of(result->status, host));
  json body = json_read::parse(result->body);
  if (!body.is_object()) return std::unexpected(not_flipper(host, result->status));
  return body;
}

}  // namespace

HttpHeaders headers(const std::string& token) {
  HttpHeaders all{{"Accept", "application/json"}};
  if (!token.empty()) all.emplace_back("Authorization", authorization(token));
  return all;
}

std::string address(const std::string& base, const std::string& name, const std::string& gate) {
  std::string url = base;
  while (url.ends_with('/')) url.pop_back();
  url += "/features";
  if (!name.empty()) url += "/" + percent_encoded(name);
  if (!gate.empty()) url += "/" + gate;
  return url;
}

HttpRequest get_feature(const std::string& base, const std::string& token, const std::string& name) {
  return {"GET", address(base, name), headers(token), {}, read_timeout};
}

HttpRequest get_features(const std::string& base, const std::string& token) {
  return {"GET", address(base, {}), headers(token), {}, std::chrono::seconds(10)};
}

Answer<Feature> read_feature(const HttpResult& result, const std::string& host, const std::string& name) {
  const Answer<json> body = read_json(result, host);
  if (!body) return std::unexpected(body.error());
  if (result->status == 404) return std::unexpected(no_such_flag(name, host));
  if (json_read::text(*body, "key") != name) return std::unexpected(not_flipper(host, result->status));
  return Feature{name, read_gates(*body)};
}

Answer<std::vector<Feature>> read_features(const HttpResult& result, const std::string& host) {
  const Answer<json> body = read_json(result, host);
  if (!body) return std::unexpected(body.error());
  const json& list = json_read::at(*body, "features");
  if (result->status == 404 || !list.is_array()) return std::unexpected(not_flipper(host, result->status));
  std::vector<Feature> features;
  for (const json& one : list)
    if (std::string key = json_read::text(one, "key"); !key.empty()) features.push_back({key, read_gates(one)});
  return features;
}

Answer<void> read_done(const HttpResult& result, const std::string& host) {
  if (!result) return std::unexpected(fault_of(result.error()));
  if (result->status >= 200 && result->status < 300) return {};
  return std::unexpected(fault_of(result->status, host));
}

HttpRequest request_for(const Call& call, const std::string& base, const std::string& token, const std::string& name) {
  HttpRequest request{call.method, address(base, name, call.gate), headers(token), call.body};
  if (!call.body.empty())
    request.headers.emplace_back("Content-Type", call.json ? "application/json" : "application/x-www-form-urlencoded");
  return request;
}

std::string curl_for(const Call& call, const std::string& base, const ProviderSettings& settings,
                     const std::string& name) {
  std::string line = "curl -fsS -X " + call.method;
  if (!settings.token.empty()) {
    const std::string scheme = settings.token.contains(' ') ? "" : "Bearer ";
    line += " -H " + shell_quote_with_token("Authorization: " + scheme + "{token}", settings.token_variable);
  }
  if (!call.body.empty()) {
    if (call.json) line += " -H 'Content-Type: application/json'";
    line += " -d " + shell_quote(call.body);
  }
  return line + " " + shell_quote(address(base, name, call.gate));
}

}  // namespace vakt::flag::flipper
