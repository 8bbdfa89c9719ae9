#pragma once
// HTTP requests and answers, as the rest of the workspace sees them (Beast stays in server.cpp and socket.cpp).
#include <functional>
#include <map>
#include <string>

namespace workspace {

struct Request {
  std::string method, path, body;
  std::map<std::string, std::string> query, headers;  // header names in lower case
};

struct Response {
  int status = 200;
  std::string body, type = "application/json; charset=utf-8";
  std::map<std::string, std::string> headers;
  bool drop = false;
};

using Answered = std::function<void(Response)>;

std::string from_percent(std::string_view text);
std::map<std::string, std::string> form_fields(std::string_view text);

}  // namespace workspace
