#include "api.hpp"

#include <algorithm>

namespace workspace {

namespace {

const std::set<std::string> form_only{"conversations.history",
                                      "conversations.replies",
                                      "conversations.info",
                                      "conversations.list",
                                      "conversations.members",
                                      "users.info",
                                      "users.list",
                                      "users.conversations",
                                      "usergroups.list",
                                      "usergroups.users.list",
                                      "files.getUploadURLExternal",
                                      "chat.getPermalink",
                                      "bookmarks.list",
                                      "pins.list"};

int per_minute(const std::string& method) {
  static const std::set<std::string> tier2{"conversations.create",
                                           "conversations.setTopic",
                                           "conversations.archive",
                                           "conversations.list",
                                           "pins.add",
                                           "pins.remove",
                                           "pins.list",
                                           "bookmarks.add",
                                           "bookmarks.edit",
                                           "bookmarks.list",
                                           "bookmarks.remove",
                                           "usergroups.list",
                                           "usergroups.users.list",
                                           "users.list",
                                           "conversations.rename"};
  static const std::set<std::string> tier4{"users.info",
                                           "views.open",
                                           "views.push",
                                           "views.update",
                                           "views.publish",
                                           "chat.postEphemeral",
                                           "files.getUploadURLExternal",
                                           "files.completeUploadExternal",
                                           "files.info",
                                           "conversations.members"};
  if (method == "apps.connections.open") return 10;
  if (method == "chat.postMessage") return 300;
  if (method == "auth.test" || method == "api.test") return 600;
  return tier2.contains(method) ? 20 : tier4.contains(method) ? 100 : 50;
}

// How long to wait in seconds if a limit is reached, else 0.
long limited(House& house, const std::string& method, const json& args) {
  long long now = millis_now();
  auto& times = house.call_times[method];
  std::erase_if(times, [&](long long at) { return at < now - 60000; });
  if (times.size() >= static_cast<std::size_t>(per_minute(method)))
    return static_cast<long>((times.front() + 60000 - now) / 1000 + 1);
  if (method == "chat.postMessage") {
    std::string channel =
        args.contains("channel") && args["channel"].is_string() ? args["channel"].get<std::string>() : "";
    auto last = house.post_times.find(channel);
    if (last != house.post_times.end() && now - last->second < 1000) return 1;
    house.post_times[channel] = now;
  }
  times.push_back(now);
  return 0;
}

json failure(const Refused& refused) {
  json body{{"ok", false}, {"error", refused.code}};
  body.update(refused.extra);
  return body;
}

void check_token(const std::string& method, const std::string& token) {
  if (method == "api.test") return;
  if (token.empty()) throw Refused{"not_authed"};
  if (token != "xapp-local" && token != "xoxb-local") throw Refused{"invalid_auth"};
  if ((method == "apps.connections.open") != (token == "xapp-local")) throw Refused{"not_allowed_token_type"};
}

json run(House& house, const std::string& method, const std::string& token, const json& args, bool was_json) {
  static const Methods methods = [] {
    Methods all;
    add_chat(all);
    add_conversations(all);
    add_channel_parts(all);
    add_people(all);
    add_views(all);
    add_files(all);
    return all;
  }();
  try {
    auto found = methods.find(method);
    if (found == methods.end()) throw Refused{"unknown_method", {{"req_method", method}}};
    check_token(method, token);
    if (args.is_discarded() || !args.is_object()) throw Refused{"invalid_json"};
    json body = found->second(house, Args(was_json && form_only.contains(method) ? json::object() : args));
    body["ok"] = true;
    return body;
  } catch (const Refused& refused) {
    return failure(refused);
  } catch (const json::exception& wrong) {
    return {{"ok", false},
            {"error", "invalid_arguments"},
            {"response_metadata", {{"messages", {std::string("[ERROR] ") + wrong.what()}}}}};
  }
}

}  // namespace

bool take_fault(House& house, const std::string& method, Fault& fault) {
  for (auto one = house.faults.begin(); one != house.faults.end(); ++one) {
    if (one->method != method && one->method != "*") continue;
    fault = *one;
    if (--one->times <= 0) house.faults.erase(one);
    return true;
  }
  return false;
}

void call_api(House& house, const std::string& method, const std::string& token, const json& args, bool was_json,
              const std::function<void(Called)>& done) {
  house.calls.push_back({{"method", method}, {"at", millis_now()}, {"args", args.is_discarded() ? json() : args}});
  Called called;
  Fault fault;
  if (take_fault(house, method, fault)) {
    if (fault.drop == "before") {
      called.drop = true;
      return done(called);
    }
    if (fault.status != 0) {
      called.status = fault.status;
      called.retry_after = fault.retry_after;
      called.raw_body = fault.body;
      if (fault.body.empty())
        called.body = {{"ok", false}, {"error", fault.status == 429 ? "ratelimited" : "internal_error"}};
      return done(called);
    }
    if (!fault.error.empty()) {
      called.body = {{"ok", false}, {"error", fault.error}};
      return done(called);
    }
    called.drop = fault.drop == "after";
    called.delay_ms = fault.delay_ms;
  }
  if (long wait = house.limits ? limited(house, method, args) : 0; wait > 0) {
    called.status = 429;
    called.retry_after = wait;
    called.body = {{"ok", false}, {"error", "ratelimited"}};
    return done(called);
  }
  // The delay is on the answer: the method is done at once.
  called.body = run(house, method, token, args, was_json);
  if (called.delay_ms <= 0) return done(called);
  house.after(called.delay_ms, [called, done] { done(called); });
}

Channel& own_channel(House& house, const Args& args, const char* name) {
  Channel& channel = house.space.need_channel(args.need(name));
  if (!channel.has(bot_user)) throw Refused{channel.is_private ? "channel_not_found" : "not_in_channel"};
  return channel;
}

json page_of(const json& all, const Args& args, const char* name, long otherwise, long most) {
  long limit = args.number("limit", otherwise);
  if (limit < 1) limit = otherwise;
  limit = std::min(limit, most);
  std::string cursor = args.text("cursor");
  std::size_t from = 0;
  if (!cursor.empty()) {
    if (!cursor.starts_with("next:")) throw Refused{"invalid_cursor"};
    from = std::strtoul(cursor.c_str() + 5, nullptr, 10);
  }
  json out = json::array();
  std::size_t at = from;
  for (; at < all.size() && out.size() < static_cast<std::size_t>(limit); ++at) out.push_back(all[at]);
  return {{name, out}, {"response_metadata", {{"next_cursor", at < all.size() ? "next:" + std::to_string(at) : ""}}}};
}

}  // namespace workspace
