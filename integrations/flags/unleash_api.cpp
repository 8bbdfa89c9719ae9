#include "integrations/flags/unleash_api.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "integrations/flags/unleash_json.hpp"
#include "integrations/http/url.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag::unleash {
namespace {

std::unexpected<ProviderError> fault(Fault what, std::string text, std::string link = {}) {
  return std::unexpected(ProviderError{what, std::move(text), std::move(link)});
}

std::string which_token(const Access& access) {
  return " vakt needs the personal access token of an Editor who is a member of the flag's project (in Unleash: "
         "Profile, "
         "Personal API tokens), in " +
         access.token_variable + ".";
}

ProviderError error_of(const Access& access, const HttpResponse& response, const std::string& link) {
  const auto says = [&](Fault what, const std::string& text, std::string to = {}) {
    return ProviderError{what, access.host + text, std::move(to)};
  };
  const std::string status = std::to_string(response.status);
  const Refusal refusal = read_refusal(response.body);
  const auto mentions = [&](std::string_view word) { return response.body.contains(word); };
  switch (response.status) {
    case 401:
      return says(Fault::refused, " does not accept the token (401)." + which_token(access), link);
    case 403:
    case 409:
      if (mentions("SKIP_CHANGE_REQUEST") || mentions("hange request"))
        return says(Fault::needs_approval,
                    " wants a change request for that environment (" + status +
                        "), which somebody else has to approve. Nothing was changed. Make one in Unleash, or give "
                        "vakt's user the permission to skip change requests.",
                    link);
      // Version 4 says so of a flag of another project, and of one that is not there.
      if (refusal.name == "InvalidOperationError") return says(Fault::not_found, " has no such flag in that project.");
      if (response.status == 409) break;
      if (mentions("different token type"))
        return says(Fault::refused, " does not take an SDK's token here (403)." + which_token(access), link);
      return says(Fault::refused,
                  " does not let this token do that (403" +
                      (refusal.permission.empty() ? "" : ": it lacks " + refusal.permission) + ")." +
                      which_token(access),
                  link);
    case 404:
      if (refusal.name == "NotFoundError" || !refusal.message.empty())
        return says(Fault::not_found, " has no such flag (404).");
      return says(Fault::uncertain, " answered 404, and not as Unleash does: is its URL the right one?");
    case 429:
      return says(Fault::unreachable, " is asked too often (429), and did not do it.");
    default:
      break;
  }
  if (refusal.name == "ArchivedFeatureError")
    return says(Fault::unsupported, " says that the flag is archived. Revive it in Unleash first.", link);
  if (response.status >= 400 && response.status < 500 && !refusal.message.empty())
    return says(Fault::unsupported, " refused (" + status + "): " + refusal.message, link);
  if (response.status >= 300 && response.status < 400)
    return says(Fault::uncertain, " points elsewhere (" + status + "): is its URL the right one?");
  return says(Fault::uncertain, " answered " + status + ".");
}

std::string single_quoted(std::string_view text) {
  std::string made = "'";
  for (const char c : text) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return made + "'";
}

bool is_variable(std::string_view text) {
  return !text.empty() && (text.front() < '0' || text.front() > '9') && std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

std::string change_path(const Order& order, const Step& step) {
  return feature_path(order.project, order.name) + "/environments/" + percent_encoded(order.environment) + "/" +
         step.path;
}

}  // namespace

Access access_of(const ProviderSettings& settings, std::string base) {
  while (base.ends_with('/')) base.pop_back();
  // People paste the URL that SDKs use.
  if (base.ends_with("/api")) base.resize(base.size() - 4);
  const auto url = parse_url(base);
  return {std::move(base), url ? url->authority() : "Unleash", settings.token, settings.client_token,
          is_variable(settings.token_variable) ? settings.token_variable : "UNLEASH_API_TOKEN"};
}

bool is_path_part(std::string_view text) { return !text.empty() && text != "." && text != ".."; }

std::string feature_path(const std::string& project, const std::string& name) {
  return "/api/admin/projects/" + percent_encoded(project) + "/features/" + percent_encoded(name);
}

std::string search_path(const std::string& name, bool archived, int offset) {
  return "/api/admin/search/features?query=" + percent_encoded(name) + (archived ? "&archived=IS%3Atrue" : "") +
         "&limit=" + std::to_string(search_page) + "&offset=" + std::to_string(offset);
}

std::string client_path(const std::string& environment, const std::string& name_prefix) {
  return "/api/client/features?environment=" + percent_encoded(environment) +
         (name_prefix.empty() ? "" : "&namePrefix=" + percent_encoded(name_prefix));
}

HttpRequest get(const Access& access, const std::string& path, int milliseconds) {
  return {"GET", access.base + path, {{"Authorization", access.token}}, {}, std::chrono::milliseconds{milliseconds}};
}

HttpRequest get_as_client(const Access& access, const std::string& path, const std::string& token, int milliseconds) {
  HttpRequest request = get(access, path, milliseconds);
  // From 4.2.0 of the client specification on, segments are told by id and not folded into the constraints.
  request.headers = {{"Authorization", token}, {"Unleash-Client-Spec", "5.2.0"}};
  return request;
}

HttpRequest change(const Access& access, const Order& order, const Step& step, int milliseconds) {
  HttpRequest request = get(access, change_path(order, step), milliseconds);
  request.method = step.method;
  request.body = step.body;
  if (!step.body.empty()) request.headers.emplace_back("Content-Type", "application/json");
  return request;
}

Step toggle(Action on_or_off) { return {"POST", on_or_off == Action::on ? "on" : "off", {}}; }

Answer<std::string> body_of(const Access& access, HttpResult result, const std::string& link) {
  if (!result) {
    // Stopped: it may be under way already.
    const bool maybe = result.error().may_have_happened() || result.error().fault == HttpFault::stopped;
    return fault(maybe ? Fault::uncertain : Fault::unreachable, std::move(result.error().text));
  }
  if (result->status >= 200 && result->status < 300) return std::move(result->body);
  return std::unexpected(error_of(access, *result, link));
}

Answer<void> done_of(const Access& access, HttpResult result, const std::string& link) {
  const auto body = body_of(access, std::move(result), link);
  if (!body) return std::unexpected(body.error());
  if (!body->empty() && !json_read::parse(*body).is_structured()) return std::unexpected(nonsense(access));
  return {};
}

ProviderError nonsense(const Access& access) {
  return {Fault::uncertain,
          access.host + " answered with something that is not from Unleash: is its URL the right one?",
          {}};
}

std::unexpected<ProviderError> no_flag(const Access& access, const std::string& name) {
  return std::unexpected(ProviderError{Fault::not_found, access.host + " has no flag called " + name + ".", {}});
}

std::unexpected<ProviderError> no_environment(const Access& access, const std::string& environment) {
  return std::unexpected(
      ProviderError{Fault::no_environment, access.host + " has no environment " + environment + " there.", {}});
}

ServedAnswer served_of(const Access& access, const HttpResult& result, const std::string& name,
                       const std::string& environment) {
  const auto unknown = [](std::string why) { return ServedAnswer{Served::unknown, std::move(why)}; };
  const auto body = body_of(access, result);
  if (!body) return unknown(body.error().text);
  const auto features = read_client_features(*body);
  if (!features) return unknown(nonsense(access).text);
  if (features->environment.empty()) return unknown(access.host + " does not say which environment its answer is for.");
  if (features->environment != environment)
    return unknown(access.host + " answered for the environment " + features->environment + ", not for " + environment +
                   ": the client token belongs to that one.");
  const auto flag = features->catalog.flags.find(name);
  if (flag == features->catalog.flags.end())
    return unknown(access.host + " does not give this flag to applications: it may be archived, or of a project that " +
                   "the token does not read.");
  return {flag->second.states.at(environment).enabled ? Served::on : Served::off, {}};
}

std::string page_of(const Access& access, const std::string& project, const std::string& name) {
  return access.base + "/projects/" + percent_encoded(project) + "/features/" + percent_encoded(name);
}

std::string by_hand(const Access& access, const Order& given) {
  Order order = given;
  // Where the flag was never read: Unleash's answer names the right project.
  if (order.project.empty()) order.project = "default";
  if (order.action == Action::percent || order.action == Action::restore)
    return "# open " + page_of(access, order.project, order.name) + " and change it there";
  return "curl -sS -i -X POST -H \"Authorization: $" + access.token_variable + "\" " +
         single_quoted(access.base + change_path(order, toggle(order.action)));
}

}  // namespace vakt::flag::unleash
