// Answers of the Web API: what they mean, and what they carry.
#include <algorithm>
#include <array>

#include "integrations/runtime/retry.hpp"
#include "integrations/slack/slack_api.hpp"
#include "integrations/slack/slack_json.hpp"

namespace vakt {
namespace {

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
  const bool by_url = method == "response_url" || method == "upload";  // neither answers in JSON
  if (by_url && response.status >= 200 && response.status < 300) return {Kind::ok};
  if (by_url && response.status >= 400 && response.status < 500) return {Kind::refused, status};
  // A proxy that refuses today may let us through tomorrow.
  if (response.status == 403 || response.status == 407) return {Kind::not_sent, status};
  if (response.status >= 400 && response.status < 500 && response.status != 408) return {Kind::refused, status};
  return {Kind::uncertain, status};
}

struct Values {
  const JsonView body;
  inbound::EffectDone& done;

  void put(const char* name, std::string value) const {
    if (!value.empty()) done.values[name] = std::move(value);
  }
  void operator()(const effect::CreateChannel&) const {
    put("channel", body["channel"].text("id"));
    put("name", body["channel"].text("name"));
  }
  void operator()(const effect::Post&) const {
    put("ts", body.ts("ts"));
    put("channel", body.text("channel"));
  }
  void operator()(const effect::Ephemeral&) const { put("ts", body.ts("message_ts")); }
  void operator()(const effect::LookUpUser&) const {
    const JsonView user = body["user"];
    if (user.truth("deleted")) put("left", "true");  // the workspace
    const JsonView profile = user["profile"];
    for (const std::string& name :
         {profile.text("display_name"), profile.text("real_name"), user.text("real_name"), user.text("name")})
      if (!name.empty()) return put("name", name);
  }
  void operator()(const effect::ShareFile&) const {
    for (const JsonView file : body["files"].elements()) put("permalink", file.text("permalink"));
  }
  void operator()(const effect::LookUpChannel&) const { put("name", body["channel"].text("name")); }
  void operator()(const effect::FetchPage& page) const {
    done.next_cursor = body["response_metadata"].text("next_cursor");
    for (const JsonView one : body["messages"].elements()) {
      if (auto message = parse_history_message(one, page.channel)) done.messages.push_back(std::move(*message));
      // Also of a deleted parent, whose replies stay.
      const Ts own = one.ts("ts"), thread = one.ts("thread_ts");
      // A parent without latest_reply has told us nothing of when.
      const Ts latest = one.ts("latest_reply");
      const bool replied = latest.empty() ? one.number("reply_count") > 0 : page.since.empty() || latest > page.since;
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
  const JsonDocument document{result->body};
  const JsonView body = document.root();
  if (result->status >= 500) return {Kind::uncertain, "HTTP status " + std::to_string(result->status)};
  if (!body["ok"].is_boolean()) return of_status(method, *result);
  ApiAnswer out{Kind::ok, {}, {}, {}, result->body};
  if (body.truth("ok")) return out;
  out = {Kind::refused, body.text("error").substr(0, 80), body.text("needed").substr(0, 200)};
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
  const JsonDocument document{answer.body};
  const JsonView body = document.root();
  std::visit(Values{body, done}, effect.body);
  return done;
}

void add_nonces(const std::string& body, std::map<std::string, Ts>& found) {
  const JsonDocument document{body};
  const JsonView page = document.root();
  for (const JsonView one : page["messages"].elements()) {
    const std::string nonce = one["metadata"]["event_payload"].text("nonce");
    if (Ts posted = one.ts("ts"); !nonce.empty() && !posted.empty()) found.emplace(nonce, std::move(posted));
  }
}

std::string bookmark_id(const std::string& body, const std::string& link) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  for (const JsonView one : answer["bookmarks"].elements())
    if (one.text("link") == link) return one.text("id");
  return {};
}

bool has_bookmark(const std::string& body, const std::string& link) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  return std::ranges::any_of(answer["bookmarks"].elements(), [&](JsonView one) { return one.text("link") == link; });
}

std::optional<UploadPlace> upload_place(const std::string& body) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  UploadPlace place{answer.text("upload_url"), answer.text("file_id")};
  if (place.url.empty() || place.file.empty()) return std::nullopt;
  return place;
}

bool is_shared_in(const std::string& body, const ChannelId& channel) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  const JsonView file = answer["file"];
  for (const char* kind : {"channels", "groups"})
    for (const JsonView one : file[kind].elements())
      if (one.is_string() && one.text() == channel) return true;
  return !file["shares"]["public"][channel].elements().empty() ||
         !file["shares"]["private"][channel].elements().empty();
}

std::optional<FoundChannel> find_channel(const std::string& body, const std::string& name) {
  const JsonDocument document{body};
  const JsonView page = document.root();
  for (const JsonView one : page["channels"].elements())
    if (one.text("name") == name || one.text("id") == name)
      return FoundChannel{one.text("id"), one.text("name"), one.text("creator"), one.number("created"),
                          one.truth("is_member")};
  return std::nullopt;
}

std::string next_cursor(const std::string& body) {
  const JsonDocument document{body};
  const JsonView page = document.root();
  return page["response_metadata"].text("next_cursor");
}

std::string own_user(const std::string& body) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  return answer.text("user_id");
}

std::map<std::string, std::vector<UserId>> groups_of(const std::string& body) {
  const JsonDocument document{body};
  const JsonView answer = document.root();
  std::map<std::string, std::vector<UserId>> out;
  for (const JsonView group : answer["usergroups"].elements()) {
    std::vector<UserId> users;
    for (const JsonView one : group["users"].elements())
      if (one.is_string()) users.push_back(one.text());
    out[group.text("id")] = out[group.text("handle")] = std::move(users);
  }
  return out;
}

}  // namespace vakt
