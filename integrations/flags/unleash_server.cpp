#include "integrations/flags/unleash_server.hpp"

#include <algorithm>
#include <utility>

#include "integrations/http/await_send.hpp"
#include "integrations/http/url.hpp"

namespace vakt::flag::unleash {

namespace asio = boost::asio;

namespace {

template <class T>
Answer<T> or_nonsense(std::optional<T> value, const Access& access) {
  if (value) return std::move(*value);
  return std::unexpected(nonsense(access));
}

bool uses_segments(const Flag& flag) {
  return std::ranges::any_of(flag.states, [](const auto& state) {
    return std::ranges::any_of(state.second.strategies, [](const Strategy& one) { return !one.segments.empty(); });
  });
}

// On or off, for somebody or for nobody: nothing can be told.
State unreadable_state() {
  State made{true, {Strategy{}}};
  made.strategies.back().readable = false;
  return made;
}

}  // namespace

asio::awaitable<Answer<std::string>> Server::ask(std::string path, int milliseconds) {
  HttpRequest request = get(access_, path, milliseconds);
  HttpResult result = co_await await_send(http_, std::move(request));
  co_return body_of(access_, std::move(result));
}

asio::awaitable<Answer<std::vector<std::string>>> Server::environments() {
  std::string path = "/api/admin/environments";
  const auto body = co_await ask(std::move(path), usual);
  if (!body) co_return std::unexpected(body.error());
  auto found = or_nonsense(read_environments(*body), access_);
  if (found) environments_.insert(found->begin(), found->end());
  co_return found;
}

asio::awaitable<Answer<bool>> Server::has_environment(std::string environment) {
  if (environments_.contains(environment)) co_return true;
  const auto found = co_await environments();
  if (!found) co_return std::unexpected(found.error());
  co_return environments_.contains(environment);
}

asio::awaitable<Answer<std::vector<Listed>>> Server::list(std::string path) {
  const auto body = co_await ask(std::move(path), for_lists);
  if (!body) co_return std::unexpected(body.error());
  co_return or_nonsense(read_list(*body), access_);
}

// In which project the flag is, or was before it was archived.
asio::awaitable<Answer<Listed>> Server::find(std::string name) {
  const auto pick = [&name](const Answer<std::vector<Listed>>& listed) -> const Listed* {
    if (!listed) return nullptr;
    const auto found = std::ranges::find(*listed, name, &Listed::name);
    return found == listed->end() ? nullptr : &*found;
  };
  const auto hopeless = [](const auto& answer) { return !answer && answer.error().fault != Fault::not_found; };

  bool searches = false;
  for (int offset = 0;; offset += search_page) {  // from 5.8 on
    std::string path = search_path(name, false, offset);
    const auto found = co_await list(std::move(path));
    if (hopeless(found)) co_return std::unexpected(found.error());
    if (const Listed* one = pick(found)) co_return *one;
    searches = found.has_value();
    if (!found || found->size() < static_cast<std::size_t>(search_page)) break;
  }
  if (!searches) {
    std::string one_path = "/api/admin/features/" + percent_encoded(name);  // 4
    const auto one = co_await ask(std::move(one_path), usual);
    if (hopeless(one)) co_return std::unexpected(one.error());
    if (one)
      if (const auto project = read_project_of(*one)) co_return Listed{name, *project, false};
    std::string all_path = "/api/admin/features";  // 4 and 5
    const auto all = co_await list(std::move(all_path));
    if (hopeless(all)) co_return std::unexpected(all.error());
    if (const Listed* listed = pick(all)) co_return *listed;
  }
  std::string archived_path = search_path(name, true, 0);  // from 6.0 on; 5 leaves "archived" unread
  const auto archived = co_await list(std::move(archived_path));
  if (const Listed* one = pick(archived); one && one->archived) co_return *one;
  std::string archive_path = "/api/admin/archive/features";  // 4 and 5
  const auto archive = co_await list(std::move(archive_path));
  if (const Listed* one = pick(archive)) co_return Listed{one->name, one->project, true};
  if (hopeless(archive) && archive.error().fault != Fault::refused) co_return std::unexpected(archive.error());
  co_return no_flag(access_, name);
}

asio::awaitable<Answer<Server::Feature>> Server::feature(std::string name, int milliseconds) {
  if (!is_path_part(name)) co_return no_flag(access_, name);
  const bool known = projects_.contains(name);
  if (!known) {
    const auto found = co_await find(name);
    if (!found) co_return std::unexpected(found.error());
    if (found->archived) {
      Feature made;
      made.flag.name = name;
      made.flag.project = found->project;
      made.flag.archived = true;
      co_return made;
    }
    projects_[name] = found->project;
  }
  std::string path = feature_path(projects_[name], name);
  auto body = co_await ask(std::move(path), milliseconds);
  if (!body) {
    const bool gone = body.error().fault == Fault::not_found;
    if (gone) projects_.erase(name);
    // It was moved, or archived, since.
    if (gone && known) co_return co_await feature(name, milliseconds);
    co_return std::unexpected(body.error());
  }
  auto flag = read_feature(*body);
  if (!flag || flag->name != name) co_return std::unexpected(nonsense(access_));
  for (const auto& [environment, state] : flag->states) environments_.insert(environment);
  Feature made{std::move(*flag), std::move(*body)};
  co_return made;
}

// The parents of a flag, and the segments that it or they use.
asio::awaitable<Catalog> Server::beside(Flag flag) {
  Catalog made;
  bool segments = uses_segments(flag);
  for (const Parent& parent : flag.parents) {
    auto found = co_await feature(parent.name, usual);
    if (found) {
      segments = segments || uses_segments(found->flag);
      made.flags[parent.name] = std::move(found->flag);
    } else if (found.error().fault != Fault::not_found) {
      Flag& unknown = made.flags[parent.name];
      unknown.name = parent.name;
      for (const auto& [environment, state] : flag.states) unknown.states[environment] = unreadable_state();
    }
  }
  if (segments) {
    std::string path = "/api/admin/segments";
    const auto body = co_await ask(std::move(path), usual);
    // Without them a strategy's segments are missing, and so "cannot tell".
    if (body) made.segments = read_segments(*body).value_or(made.segments);
  }
  co_return made;
}

asio::awaitable<Answer<Reading>> Server::read(std::string name) {
  auto found = co_await feature(name, usual);
  if (!found) co_return std::unexpected(found.error());
  Reading made;
  made.catalog = co_await beside(found->flag);
  made.snapshot = snapshot_of(found->body);
  made.flag = std::move(found->flag);
  co_return made;
}

asio::awaitable<Answer<Catalog>> Server::catalog(std::string environment) {
  const auto there = co_await has_environment(environment);
  if (!there) co_return std::unexpected(there.error());
  if (!*there) co_return no_environment(access_, environment);
  HttpRequest request = get_as_client(access_, client_path(environment, {}), access_.token, for_lists);
  HttpResult result = co_await await_send(http_, std::move(request));
  auto found = client_catalog(std::move(result), environment);
  if (found) co_return found;
  const Fault fault = found.error().fault;
  if (fault == Fault::refused || fault == Fault::not_found) co_return co_await catalog_of_admin();
  co_return found;
}

Answer<Catalog> Server::client_catalog(HttpResult result, const std::string& environment) {
  const auto body = body_of(access_, std::move(result));
  if (!body) return std::unexpected(body.error());
  auto features = read_client_features(*body);
  if (!features || features->environment != environment) return std::unexpected(nonsense(access_));
  for (const auto& [name, flag] : features->catalog.flags) projects_[name] = flag.project;
  return std::move(features->catalog);
}

// Both at once: an order and the reading beside it find a connection each.
asio::awaitable<void> Server::prepare(std::string environment) {
  std::vector<HttpRequest> requests;
  requests.push_back(get(access_, "/api/admin/environments", usual));
  requests.push_back(get_as_client(access_, client_path(environment, {}), access_.token, for_lists));
  std::vector<HttpResult> answers = co_await await_all(http_, std::move(requests));
  if (const auto body = body_of(access_, std::move(answers[0])))
    if (const auto found = read_environments(*body)) environments_.insert(found->begin(), found->end());
  client_catalog(std::move(answers[1]), environment);
}

// Flag by flag: slow, but it needs no right to the client API.
asio::awaitable<Answer<Catalog>> Server::catalog_of_admin() {
  std::string projects_path = "/api/admin/projects";
  const auto body = co_await ask(std::move(projects_path), usual);
  if (!body) co_return std::unexpected(body.error());
  const auto projects = or_nonsense(read_projects(*body), access_);
  if (!projects) co_return std::unexpected(projects.error());
  Catalog made;
  bool segments = false;
  for (const std::string& project : *projects) {
    std::string path = "/api/admin/projects/" + percent_encoded(project) + "/features";
    const auto listed = co_await list(std::move(path));
    if (!listed) co_return std::unexpected(listed.error());
    for (const Listed& one : *listed) {
      projects_[one.name] = project;
      auto found = co_await feature(one.name, usual);
      if (!found && found.error().fault == Fault::not_found) continue;  // removed meanwhile
      if (!found) co_return std::unexpected(found.error());
      segments = segments || uses_segments(found->flag);
      made.flags[one.name] = std::move(found->flag);
    }
  }
  if (segments) {
    std::string path = "/api/admin/segments";
    const auto told = co_await ask(std::move(path), usual);
    if (told) made.segments = read_segments(*told).value_or(made.segments);
  }
  co_return made;
}

}  // namespace vakt::flag::unleash
