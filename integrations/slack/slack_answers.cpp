// Answers of the Web API: what they mean, and what they carry.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "integrations/runtime/retry.hpp"
#include "integrations/slack/json_read.hpp"
#include "integrations/slack/slack_api.hpp"
#include "integrations/slack/slack_json.hpp"

namespace vakt {
namespace {

using nlohmann::json;
using namespace json_read;
using Kind = ApiAnswer::Kind;

constexpr std::chrono::seconds unsaid_retry_after{30};

// What was asked for is so already.
constexpr std::array<std::string_view, 7> done_already = {
    "already_pinned", "already_reacted",         "no_reaction",       "already_in_channel",
    "already_exists", "bookmark_already_exists", "already_bookmarked"};
// Slack says of these that some of it may have been done.
constexpr std::array<std::string_view, 5> unclear = {"internal_error", "fatal_error", "service_unavailable",
                                                     "request_timeout", "team_added_to_org"};

bool among(const auto& codes, std::string_view code) { return std::ranges::find(codes, code) != codes.end(); }

ApiAnswer limited(const HttpResponse& response) {
  ApiAnswer out{Kind::rate_limited, "ratelimited"};
  out.retry_after = parse_retry_after(response.header("retry-after")).value_or(unsaid_retry_after);
  return out;
}

ApiAnswer of_fault(const HttpError& fault) {
  switch (fault.fault) {
    case HttpFault::bad_url:
      return {Kind::refused, fault.text};
    case HttpFault::unreachable:
    case HttpFault::untrusted:
      return {Kind::not_sent, fault.text};
    case HttpFault::stopped:
      return {Kind::stopped, fault.text};
    case HttpFault::timed_out:
    case HttpFault::broken:
    case HttpFault::too_large:
      break;
  }
  return {Kind::uncertain, fault.text};
}

// No JSON of Slack's: a proxy, a gateway, or a response_url, which answers in plain words.
ApiAnswer of_status(const std::string& method, const HttpResponse& response) {
  const std::string status = "HTTP status " + std::to_string(response.status);
  if (method == "response_url" && response.status >= 200 && response.status < 300) return {Kind::ok};
  if (method == "response_url" && response.status >= 400 && response.status < 500) return {Kind::refused, status};
  // A proxy that refuses today may let us through tomorrow.
  if (response.status == 403 || response.status == 407) return {Kind::not_sent, status};
  if (response.status >= 400 && response.status < 500 && response.status != 408) return {Kind::refused, status};
  return {Kind::uncertain, status};
}

struct Values {
  const json& body;
  inbound::EffectDone& done;

  void put(const char* name, std::string value) const {
    if (!value.empty()) done.values[name] = std::move(value);
  }
  void operator()(const effect::CreateChannel&) const {
    put("channel", text(at(body, "channel"), "id"));
    put("name", text(at(body, "channel"), "name"));
  }
  void operator()(const effect::Post&) const {
    put("ts", ts(body, "ts"));
    put("channel", text(body, "channel"));
  }
  void operator()(const effect::Ephemeral&) const { put("ts", ts(body, "message_ts")); }
  void operator()(const effect::LookUpUser&) const {
    const json& user = at(body, "user");
    const json& profile = at(user, "profile");
    for (const std::string& name :
         {text(profile, "display_name"), text(profile, "real_name"), text(user, "real_name"), text(user, "name")})
      if (!name.empty()) return put("name", name);
  }
  void operator()(const effect::LookUpChannel&) const { put("name", text(at(body, "channel"), "name")); }
  void operator()(const effect::FetchPage& page) const {
    done.next_cursor = text(at(body, "response_metadata"), "next_cursor");
    const json& messages = at(body, "messages");
    if (!messages.is_array()) return;
    for (const json& one : messages) {
      if (auto message = parse_history_message(one, page.channel)) done.messages.push_back(std::move(*message));
      // Also of a deleted parent, whose replies stay.
      const Ts own = ts(one, "ts"), thread = ts(one, "thread_ts");
      // A parent without latest_reply has told us nothing of when.
      const Ts latest = ts(one, "latest_reply");
      const bool replied = latest.empty() ? number(one, "reply_count") > 0 : page.since.empty() || latest > page.since;
      if (page.thread_ts.empty() && replied && !own.empty() && (thread.empty() || thread == own))
        done.threads.push_back(own);
    }
    std::ranges::stable_sort(done.messages, std::ranges::greater{}, &inbound::Message::ts);
  }
  void operator()(const auto&) const {}
};

}  // namespace

ApiAnswer read_answer(const std::string& method, const HttpResult& result) {
  if (!result) return of_fault(result.error());
  if (result->status == 429) return limited(*result);
  const json body = parse(result->body);
  if (result->status >= 500) return {Kind::uncertain, "HTTP status " + std::to_string(result->status)};
  if (!at(body, "ok").is_boolean()) return of_status(method, *result);
  ApiAnswer out{Kind::ok, {}, {}, {}, result->body};
  if (truth(body, "ok")) return out;
  out = {Kind::refused, text(body, "error").substr(0, 80), text(body, "needed").substr(0, 200)};
  if (out.error.empty()) out.error = "unknown_error";
  if (out.error == "ratelimited" || out.error == "rate_limited") return limited(*result);
  if (among(unclear, out.error)) out.kind = Kind::uncertain;
  if (among(done_already, out.error)) out.kind = Kind::ok;
  return out;
}

inbound::EffectDone done_of(const Effect& effect, const ApiAnswer& answer) {
  inbound::EffectDone done;
  done.effect = effect;
  done.ok = answer.kind == Kind::ok;
  if (!done.ok) {
    done.error = answer.error;
    if (!answer.needed.empty()) done.values["needed"] = answer.needed;
    return done;
  }
  const json body = parse(answer.body);
  std::visit(Values{body, done}, effect.body);
  return done;
}

void add_nonces(const std::string& body, std::map<std::string, Ts>& found) {
  const json page = parse(body);
  const json& messages = at(page, "messages");
  if (!messages.is_array()) return;
  for (const json& one : messages) {
    const std::string nonce = text(at(at(one, "metadata"), "event_payload"), "nonce");
    if (Ts posted = ts(one, "ts"); !nonce.empty() && !posted.empty()) found.emplace(nonce, std::move(posted));
  }
}

bool has_bookmark(const std::string& body, const std::string& link) {
  const json answer = parse(body);
  const json& bookmarks = at(answer, "bookmarks");
  return bookmarks.is_array() &&
         std::ranges::any_of(bookmarks, [&](const json& one) { return text(one, "link") == link; });
}

std::optional<FoundChannel> find_channel(const std::string& body, const std::string& name) {
  const json page = parse(body);
  const json& channels = at(page, "channels");
  if (!channels.is_array()) return std::nullopt;
  for (const json& one : channels)
    if (text(one, "name") == name || text(one, "id") == name)
      return FoundChannel{text(one, "id"), text(one, "name"), text(one, "creator"), number(one, "created"),
                          truth(one, "is_member")};
  return std::nullopt;
}

std::string next_cursor(const std::string& body) {
  const json page = parse(body);
  return text(at(page, "response_metadata"), "next_cursor");
}

std::string own_user(const std::string& body) {
  const json answer = parse(body);
  return text(answer, "user_id");
}

std::map<std::string, std::vector<UserId>> groups_of(const std::string& body) {
  const json answer = parse(body);
  const json& groups = at(answer, "usergroups");
  std::map<std::string, std::vector<UserId>> out;
  if (!groups.is_array()) return out;
  for (const json& group : groups) {
    std::vector<UserId> users;
    if (const json& members = at(group, "users"); members.is_array())
      for (const json& one : members)
        if (one.is_string()) users.push_back(text(one));
    out[text(group, "id")] = out[text(group, "handle")] = std::move(users);
  }
  return out;
}

}  // namespace vakt
