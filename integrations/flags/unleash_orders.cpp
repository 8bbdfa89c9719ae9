// The orders that a server is given, and what it tells of itself afterwards.
#include <utility>

#include "integrations/flags/unleash_events.hpp"
#include "integrations/flags/unleash_server.hpp"
#include "integrations/http/await_send.hpp"

namespace vakt::flag::unleash {

namespace asio = boost::asio;

asio::awaitable<Answer<void>> Server::carry_out(Order order, int milliseconds) {
  if (!is_path_part(order.name)) co_return no_flag(access_, order.name);
  if (!is_path_part(order.environment)) co_return no_environment(access_, order.environment);
  // What was read here last is newer than what the order was given with.
  if (const auto known = projects_.find(order.name); known != projects_.end()) order.project = known->second;
  if (!is_path_part(order.project)) {
    const auto found = co_await find(order.name);
    if (!found) co_return std::unexpected(found.error());
    order.project = found->project;
  }
  if (order.action == Action::percent || order.action == Action::restore)
    co_return co_await carry_out_steps(order, milliseconds);

  auto done = co_await toggle_once(order, milliseconds);
  if (done || (done.error().fault != Fault::not_found && done.error().fault != Fault::refused)) co_return done;
  // 404 is said of a flag, of an environment and of a flag that was moved to another project; 403 of an environment
  // too.
  const bool refused = done.error().fault == Fault::refused;
  if (!refused) projects_.erase(order.name);
  const auto found = co_await feature(order.name, milliseconds);
  if (!found)
    co_return std::unexpected(!refused && found.error().fault == Fault::not_found ? found.error() : done.error());
  if (!found->flag.archived && !found->flag.states.contains(order.environment))
    co_return no_environment(access_, order.environment);
  if (refused || found->flag.project == order.project) co_return done;
  order.project = found->flag.project;
  co_return co_await toggle_once(order, milliseconds);
}

asio::awaitable<Answer<void>> Server::toggle_once(Order order, int milliseconds) {
  HttpRequest request = change(access_, order, toggle(order.action), milliseconds);
  HttpResult result = co_await await_send(http_, std::move(request));
  co_return done_of(access_, std::move(result), page_of(access_, order.project, order.name));
}

asio::awaitable<Answer<void>> Server::carry_out_steps(Order order, int milliseconds) {
  const auto found = co_await feature(order.name, milliseconds);
  if (!found) co_return std::unexpected(found.error());
  order.project = found->flag.project;
  std::string page = page_of(access_, order.project, order.name);
  if (found->flag.archived)
    co_return std::unexpected(
        ProviderError{Fault::unsupported, order.name + " is archived. Revive it in Unleash first.", std::move(page)});
  if (!found->flag.states.contains(order.environment)) co_return no_environment(access_, order.environment);
  auto steps = order.action == Action::percent ? percent_steps(found->body, order.environment, order.percent)
                                               : restore_steps(order.snapshot, found->body, order.environment);
  if (!steps) {
    steps.error().link = page;
    co_return std::unexpected(steps.error());
  }
  bool begun = false;
  for (const Step& step : *steps) {
    HttpRequest request = change(access_, order, step, milliseconds);
    HttpResult result = co_await await_send(http_, std::move(request));
    auto done = done_of(access_, std::move(result), page);
    if (!done && begun) {
      done.error().fault = Fault::uncertain;
      done.error().text = "Only part of it was done. " + done.error().text;
    }
    if (!done) co_return done;
    begun = true;
  }
  co_return Answer<void>{};
}

asio::awaitable<ServedAnswer> Server::served(std::string name, std::string environment) {
  // Of an environment that does not exist the client API says "off" of every flag.
  const auto there = co_await has_environment(environment);
  if (!there) co_return ServedAnswer{Served::unknown, there.error().text};
  if (!*there) co_return ServedAnswer{Served::unknown, access_.host + " has no environment " + environment + "."};
  ServedAnswer answer;
  std::vector<std::string> tokens{access_.client_token, access_.token};
  for (const std::string& token : tokens) {
    if (token.empty()) continue;
    HttpRequest request = get_as_client(access_, client_path(environment, name), token, usual);
    const HttpResult result = co_await await_send(http_, std::move(request));
    answer = served_of(access_, result, name, environment);
    if (answer.served != Served::unknown) break;
  }
  co_return answer;
}

asio::awaitable<Answer<Observations>> Server::changes(std::string cursor, Instant now) {
  EventReader reader(cursor, now);
  for (bool more = true; more;) {
    const std::string limit = std::to_string(reader.limit()), offset = std::to_string(reader.offset());
    HttpRequest request = get(access_, "/api/admin/search/events?limit=" + limit + "&offset=" + offset, usual);
    if (events_by_post_) {
      request.method = "POST";
      request.url = access_.base + "/api/admin/events/search";
      request.headers.emplace_back("Content-Type", "application/json");
      request.body = "{\"limit\":" + limit + ",\"offset\":" + offset + "}";
    }
    HttpResult result = co_await await_send(http_, std::move(request));
    const auto body = body_of(access_, std::move(result));
    if (!body && body.error().fault == Fault::not_found) {
      if (events_by_post_) {
        events_by_post_ = false;  // it may have been upgraded
        co_return std::unexpected(ProviderError{Fault::unsupported, access_.host + " tells no events.", {}});
      }
      events_by_post_ = true;
      continue;
    }
    if (!body) co_return std::unexpected(body.error());
    const auto events = read_events(*body);
    if (!events) co_return std::unexpected(nonsense(access_));
    more = reader.take(*events);
  }
  auto found = reader.finish();
  for (const Observation& one : found.changes) {
    if (one.what == "feature-archived" || one.what == "feature-deleted")
      projects_.erase(one.name);
    else if (!one.project.empty())
      projects_[one.name] = one.project;
  }
  co_return Observations{std::move(found.changes), std::move(found.cursor)};
}

}  // namespace vakt::flag::unleash
