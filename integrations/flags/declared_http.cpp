#include "integrations/flags/declared_http.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "integrations/flags/service_fault.hpp"
#include "integrations/flags/shell_quote.hpp"
#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::declared {
namespace {

using nlohmann::json;
using Values = std::map<std::string, std::string, std::less<>>;

std::string fill(std::string_view pattern, const Values& values) {
  std::string filled;
  while (!pattern.empty()) {
    const auto open = std::min(pattern.find('{'), pattern.size());
    filled += pattern.substr(0, open);
    pattern.remove_prefix(open);
    const auto close = pattern.find('}');
    const auto found = close == std::string_view::npos ? values.end() : values.find(pattern.substr(0, close + 1));
    if (found != values.end()) {
      filled += found->second;
      pattern.remove_prefix(close + 1);
    } else if (!pattern.empty()) {
      filled += pattern.front();
      pattern.remove_prefix(1);
    }
  }
  return filled;
}

std::string without_slash(std::string base) {
  while (base.ends_with('/')) base.pop_back();
  return base;
}

// What stands between the quotes of a JSON text.
std::string json_escaped(const std::string& text) {
  const std::string quoted = json_read::dump(json(text));
  return quoted.substr(1, quoted.size() - 2);
}

std::string pointer_escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '~')
      escaped += "~0";
    else if (c == '/')
      escaped += "~1";
    else
      escaped += c;
  }
  return escaped;
}

bool is_header(const std::string& name, std::string_view wanted) {
  return std::ranges::equal(name, wanted, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
}

bool has_content_type(const HttpStep& step) {
  return std::ranges::any_of(step.headers, [](const auto& header) { return is_header(header.first, "content-type"); });
}

constexpr const char* word_for(Reads reads) {
  switch (reads) {
    case Reads::off:
      return "off";
    case Reads::on:
      return "on";
    case Reads::unreadable:
      break;
  }
  return "unreadable";
}

}  // namespace

std::string fill_url(const std::string& pattern, const Filling& filling) {
  return fill(pattern, {{"{base}", without_slash(filling.base)},
                        {"{name}", percent_encoded(filling.name)},
                        {"{environment}", percent_encoded(filling.environment)}});
}

std::string fill_body(const std::string& pattern, const Filling& filling) {
  return fill(pattern, {{"{base}", json_escaped(filling.base)},
                        {"{name}", json_escaped(filling.name)},
                        {"{environment}", json_escaped(filling.environment)}});
}

std::string fill_pointer(const std::string& pattern, const Filling& filling) {
  return fill(pattern,
              {{"{name}", pointer_escaped(filling.name)}, {"{environment}", pointer_escaped(filling.environment)}});
}

Answer<HttpRequest> request_for(const HttpStep& step, const Filling& filling, const std::string& token) {
  if (step.method.empty())
    return std::unexpected(ProviderError{Fault::unsupported, "vakt's settings describe no request for that.", {}});
  if (step.url.contains("{token}") || step.body.contains("{token}"))
    return std::unexpected(ProviderError{
        Fault::unsupported, "vakt's settings put {token} into a URL or a body: it may stand in headers alone.", {}});
  HttpRequest request{step.method, fill_url(step.url, filling), {}, fill_body(step.body, filling)};
  for (const auto& [name, value] : step.headers) request.headers.emplace_back(name, fill(value, {{"{token}", token}}));
  if (!request.body.empty() && !has_content_type(step))
    request.headers.emplace_back("Content-Type", "application/json");
  return request;
}

std::string curl_for(const HttpStep& step, const Filling& filling, const std::string& token_variable) {
  std::string line = "curl -fsS -X " + shell_quote(step.method);
  for (const auto& [name, value] : step.headers)
    line += " -H " + shell_quote_with_token(name + ": " + value, token_variable);
  if (!step.body.empty()) {
    if (!has_content_type(step)) line += " -H 'Content-Type: application/json'";
    line += " --data-raw " + shell_quote(fill_body(step.body, filling));
  }
  return line + " " + shell_quote(fill_url(step.url, filling));
}

bool is_success(const HttpStep& step, int status) {
  if (step.statuses.empty()) return status >= 200 && status < 300;
  return std::ranges::find(step.statuses, status) != step.statuses.end();
}

Reads read_back(const HttpReadBack& read, const Filling& filling, const std::string& body) {
  const std::string pointer = fill_pointer(read.pointer, filling);
  const json answer = json_read::parse(body);
  const json off = json_read::parse(read.off), on = json_read::parse(read.on);
  if (answer.is_discarded() || off.is_discarded() || on.is_discarded() || off == on) return Reads::unreadable;
  // An ill-formed pointer is the one thing that nlohmann tells by an exception alone.
  try {
    const json::json_pointer place(pointer);
    if (!answer.contains(place)) return Reads::unreadable;
    const json& value = answer.at(place);
    if (value == off) return Reads::off;
    if (value == on) return Reads::on;
  } catch (const json::exception&) {
    return Reads::unreadable;
  }
  return Reads::unreadable;
}

State state_of(Reads reads) {
  if (reads == Reads::unreadable) return unread("an answer that is neither \"on\" nor \"off\"");
  Strategy strategy;
  strategy.name = "declared";  // no strategy of Unleash's: whom it lets in cannot be told
  strategy.shown = "on (what rules it has is not read)";
  return {.enabled = reads == Reads::on, .strategies = {std::move(strategy)}};
}

std::string snapshot_of(const std::map<std::string, Reads>& environments) {
  json all = json::object();
  for (const auto& [environment, reads] : environments) all[environment] = word_for(reads);
  return json_read::dump(all);
}

Reads was(const std::string& snapshot, const std::string& environment) {
  const std::string word = json_read::text(json_read::parse(snapshot), environment);
  if (word == "off") return Reads::off;
  return word == "on" ? Reads::on : Reads::unreadable;
}

}  // namespace vakt::flag::declared
