#include "routes.hpp"

#include <fstream>
#include <sstream>

#include "api.hpp"
#include "control.hpp"
#include "interactions.hpp"
#include "page.hpp"

namespace workspace {

namespace {

constexpr std::string_view scopes =
    "commands,chat:write,channels:manage,channels:read,channels:history,channels:join,groups:write,groups:read,groups:"
    "history,im:write,pins:read,pins:write,bookmarks:read,bookmarks:write,users:read,"
    "usergroups:read,files:read,files:write,reactions:read,reactions:write";

std::string dumped(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

Response as_json(const json& value, int status = 200) {
  Response response;
  response.status = status;
  response.body = dumped(value);
  return response;
}

Response as_text(const std::string& text, int status = 200, const std::string& type = "text/plain; charset=utf-8") {
  Response response;
  response.status = status;
  response.body = text;
  response.type = type;
  return response;
}

std::string header(const Request& request, const char* name) {
  auto found = request.headers.find(name);
  return found == request.headers.end() ? "" : found->second;
}

bool is_json(const Request& request) { return header(request, "content-type").starts_with("application/json"); }

json arguments(const Request& request) {
  if (is_json(request)) return request.body.empty() ? json::object() : json::parse(request.body, nullptr, false);
  json out = json::object();
  for (const auto& [key, value] : request.query) out[key] = value;
  for (const auto& [key, value] : form_fields(request.body)) out[key] = value;
  // A form may hold what is not UTF-8.
  return json::parse(dumped(out));
}

// The bytes of a file, sent as they are or as the one part of a form.
std::string uploaded_bytes(const Request& request) {
  const std::string type = header(request, "content-type"), mark = "boundary=";
  const auto at = type.find(mark);
  if (!type.starts_with("multipart/") || at == std::string::npos) return request.body;
  std::string boundary = type.substr(at + mark.size());
  std::erase(boundary, '"');
  const auto begin = request.body.find("\r\n\r\n");
  const auto end = request.body.rfind("\r\n--" + boundary + "--");
  if (begin == std::string::npos || end == std::string::npos || end < begin + 4) return {};
  return request.body.substr(begin + 4, end - begin - 4);
}

void page_file(const std::string& name, const char* type, const Answered& answered) {
  std::ifstream in(std::string(VAKT_PAGE_FOLDER) + "/" + name, std::ios::binary);
  if (!in) return answered(as_text("not found", 404));
  std::ostringstream all;
  all << in.rdbuf();
  answered(as_text(all.str(), 200, type));
}

}  // namespace

Routes::Routes(House& house) : house_(house) {
  house_.space.on_change = [this] {
    if (std::exchange(flushing_, true)) return;
    house_.after(0, [this] { flush(); });
  };
}

void Routes::answer(const Request& request, const Answered& answered) {
  const std::string& path = request.path;
  if (path.starts_with("/api/")) return api(request, answered);
  if (path.starts_with("/respond/")) return respond(request, answered);
  if (path == "/page/state") return state(request, answered);
  if (path == "/page/do" || path == "/control") {
    json act = json::parse(request.body, nullptr, false);
    if (path == "/control") return answered(as_json(control(house_, act)));
    return page_do(house_, act, [answered](const json& said) { answered(as_json(said)); });
  }
  if (path.starts_with("/upload/") || path.starts_with("/files/")) return file(request, answered);
  if (path == "/" || path == "/index.html" || path.starts_with("/archives/"))
    return page_file("index.html", "text/html; charset=utf-8", answered);
  // The page's modules lie flat in its folder.
  if (path.rfind('/') == 0 && path.ends_with(".js"))
    return page_file(path.substr(1), "text/javascript; charset=utf-8", answered);
  if (path == "/style.css") return page_file("style.css", "text/css; charset=utf-8", answered);
  answered(as_text("not found", 404));
}

void Routes::api(const Request& request, const Answered& answered) {
  std::string method = request.path.substr(5);
  std::string token = header(request, "authorization");
  json args = arguments(request);
  if (token.starts_with("Bearer "))
    token = token.substr(7);
  else if (args.is_object() && args.contains("token") && args["token"].is_string() && !is_json(request))
    token = args["token"];
  if (args.is_object()) args.erase("token");
  call_api(house_, method, token, args, is_json(request), [answered](const Called& called) {
    Response response =
        called.raw_body.empty() ? as_json(called.body, called.status) : as_text(called.raw_body, called.status);
    response.drop = called.drop;
    if (called.retry_after >= 0) response.headers["Retry-After"] = std::to_string(called.retry_after);
    response.headers["x-oauth-scopes"] = scopes;
    answered(response);
  });
}

void Routes::respond(const Request& request, const Answered& answered) {
  auto found = house_.answers.find(request.path.substr(9));
  if (found == house_.answers.end()) return answered(as_json({{"ok", false}, {"error", "invalid_url"}}, 404));
  Answer& answer = found->second;
  house_.calls.push_back({{"method", "respond"}, {"at", millis_now()}, {"args", arguments(request)}});
  if (answer.until < millis_now()) return answered(as_json({{"ok", false}, {"error", "expired_url"}}, 404));
  if (answer.uses >= 5) return answered(as_json({{"ok", false}, {"error", "used_url"}}, 404));
  json given = arguments(request);
  if (given.is_object() && given.contains("payload") && given["payload"].is_string())
    given = json::parse(given["payload"].get<std::string>(), nullptr, false);
  if (!given.is_object()) return answered(as_text("invalid_payload", 400));
  ++answer.uses;
  try {
    post_answer(house_, answer, given);
    answered(as_text("ok"));
  } catch (const Refused& refused) {
    json body{{"ok", false}, {"error", refused.code}};
    body.update(refused.extra);
    answered(as_json(body, refused.code == "is_archived" ? 410 : 400));
  } catch (const json::exception&) {
    answered(as_text("invalid_payload", 400));
  }
}

void Routes::state(const Request& request, const Answered& answered) {
  auto field = [&](const char* name) {
    auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
  };
  std::string user = field("user");
  if (user.empty()) user = "U0KARI";
  if (!house_.space.user(user)) return answered(as_json({{"ok", false}, {"error", "user not found"}}, 404));
  std::string version = field("version");
  long known = version.empty() ? -1 : std::strtol(version.c_str(), nullptr, 10);
  if (house_.space.version() > known) return answered(as_json(page_state(house_, user)));
  long number = ++waiters_made_;
  waiters_[number] = {user, known, number, answered};
  house_.after(20000, [this, number] {
    auto found = waiters_.find(number);
    if (found == waiters_.end()) return;
    Waiter waiter = std::move(found->second);
    waiters_.erase(found);
    waiter.answered(as_json(page_state(house_, waiter.user)));
  });
}

void Routes::flush() {
  flushing_ = false;
  for (auto& [number, waiter] : std::exchange(waiters_, {})) {
    if (house_.space.version() <= waiter.version)
      waiters_[number] = waiter;
    else
      waiter.answered(as_json(page_state(house_, waiter.user)));
  }
}

void Routes::file(const Request& request, const Answered& answered) {
  std::string id = request.path.substr(request.path.find('/', 1) + 1);
  for (auto& file : house_.space.files) {
    if (file.id != id) continue;
    if (request.path.starts_with("/files/")) {
      Response response = as_text(file.content, 200, "application/octet-stream");
      response.headers["Content-Disposition"] = "attachment";
      return answered(response);
    }
    house_.calls.push_back({{"method", "upload"}, {"at", millis_now()}, {"args", {{"file", id}}}});
    Fault fault;
    const bool faulty = take_fault(house_, "upload", fault);
    if (faulty && (fault.status != 0 || fault.drop == "before")) {
      Response response = as_text(fault.body, fault.status == 0 ? 500 : fault.status);
      response.drop = fault.drop == "before";
      if (fault.retry_after >= 0) response.headers["Retry-After"] = std::to_string(fault.retry_after);
      return answered(response);
    }
    const std::string content = uploaded_bytes(request);
    if (content.size() != file.size) return answered(as_text("the length is not what was announced", 400));
    file.content = content;
    file.uploaded = true;
    Response response = as_text("OK - " + std::to_string(file.content.size()));
    response.drop = faulty && fault.drop == "after";
    if (!faulty || fault.delay_ms <= 0) return answered(response);
    return house_.after(fault.delay_ms, [response, answered] { answered(response); });
  }
  answered(as_text("not found", 404));
}

}  // namespace workspace
