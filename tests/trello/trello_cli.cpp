// Trello's wing as a program, for tests against a Trello on loopback (trello_server.mjs).
//   vakt-trello URL [--settle MS] [--pause MS]      key and token: TRELLO_API_KEY, TRELLO_API_TOKEN
// One order a line on standard input, one answer a line on standard output, both JSON:
//   {"create": {…}, "id": 1, "tried": false} | {"change": {…}, "id": 2} | {"read": {…}, "id": 3} | {"check": {…}}
// Ends when standard input does.
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "bot/time/zones.hpp"
#include "integrations/http/https_client.hpp"
#include "integrations/trello/trello_check.hpp"
#include "integrations/trello/trello_runner.hpp"

namespace {

using namespace vakt;
using nlohmann::json;
namespace asio = boost::asio;

constexpr const char* faults[] = {"not_found", "deleted", "no_access", "invalid_id", "not_read"};
constexpr const char* troubles[] = {"none", "not_configured", "token_refused", "rate_limited", "unreachable"};
constexpr const char* roles[] = {"other", "todo", "doing", "done"};

Instant now() { return std::chrono::time_point_cast<Micros>(std::chrono::system_clock::now()); }
std::string word(const json& from, const char* key) { return from.value(key, std::string()); }
std::vector<std::string> words(const json& from, const char* key) {
  return from.value(key, std::vector<std::string>());
}
std::optional<Instant> time_of(const json& from, const char* key) {
  return from.contains(key) && from[key].is_string() ? from_iso_utc(from[key].get<std::string>()) : std::nullopt;
}

action::BoardRef board_of(const json& from) {
  action::BoardRef made{word(from, "name"), word(from, "id"), {}};
  for (const json& list : from.value("lists", json::array())) {
    const auto role = std::ranges::find(roles, word(list, "role")) - std::begin(roles);
    made.lists.push_back({word(list, "name"), static_cast<action::ListRole>(role % 4), word(list, "id")});
  }
  return made;
}
json shown(const action::BoardRef& board) {
  json lists = json::array();
  for (const auto& list : board.lists)
    lists.push_back({{"name", list.name}, {"role", roles[static_cast<int>(list.role)]}, {"id", list.id}});
  return {{"name", board.name}, {"id", board.id}, {"lists", lists}};
}
json shown(const action::CardSeen& seen) {
  return {{"id", seen.card.id},
          {"short_link", seen.card.short_link},
          {"url", seen.card.url},
          {"board", seen.card.board},
          {"number", seen.number},
          {"title", seen.title},
          {"due", seen.due ? json(iso_utc(*seen.due)) : json()},
          {"complete", seen.complete},
          {"closed", seen.closed},
          {"list_closed", seen.list_closed},
          {"board_closed", seen.board_closed},
          {"list", seen.list},
          {"role", roles[static_cast<int>(seen.role)]},
          {"board_known", seen.board_known},
          {"members", seen.members}};
}

action::CreateCard create_of(const json& from) {
  action::CreateCard made;
  made.item = from.value("item", 0);
  made.marker = word(from, "marker");
  made.board = board_of(from.value("board", json::object()));
  made.title = word(from, "title");
  made.description = word(from, "description");
  made.source_url = word(from, "source_url");
  made.due = time_of(from, "due");
  made.members = words(from, "members");
  made.labels = words(from, "labels");
  made.intended_at = time_of(from, "intended_at").value_or(now());
  return made;
}
action::ChangeCard change_of(const json& from) {
  action::ChangeCard made;
  made.item = from.value("item", 0);
  made.card.id = word(from, "card");
  if (from.contains("title")) made.title = word(from, "title");
  if (from.contains("due")) made.due = time_of(from, "due");
  if (from.contains("complete")) made.complete = from["complete"].get<bool>();
  if (from.contains("closed")) made.closed = from["closed"].get<bool>();
  if (from.contains("members")) made.members = words(from, "members");
  made.members_off = words(from, "members_off");
  made.comment = word(from, "comment");
  return made;
}
action::ReadCards read_of(const json& from) {
  action::ReadCards made;
  made.purpose = word(from, "purpose");
  for (const json& board : from.value("boards", json::array())) made.boards.push_back(board_of(board));
  for (const json& card : from.value("cards", json::array()))
    made.cards.push_back({card.value("item", 0), word(card, "card"), word(card, "board")});
  return made;
}
action::Settings settings_of(const json& from) {
  action::Settings made;
  for (const json& team : from.value("teams", json::array())) {
    action::Team one;
    one.name = word(team, "name");
    one.board = board_of(team.value("board", json::object()));
    made.teams.push_back(std::move(one));
  }
  for (const auto& [user, name] : from.value("members", std::map<std::string, std::string>()))
    made.members[user] = name;
  return made;
}

void print(const json& line) { std::cout << line.dump(-1, ' ', false, json::error_handler_t::replace) << std::endl; }

void told_written(std::int64_t id, const action::CardOrder& asked, const action::CardWritten& written) {
  const auto item = std::visit([](const auto& order) { return order.item; }, asked);
  print({{"written", id},
         {"item", item},
         {"card", written.card ? shown(*written.card) : json()},
         {"refused", written.refused},
         {"why", written.refused.empty() ? "" : action::name(written.why)},
         {"named", written.named},
         {"trouble", troubles[static_cast<int>(written.trouble)]},
         {"left_out", written.left_out},
         {"adopted", written.adopted}});
}

void told_read(std::int64_t id, const action::CardsRead& read) {
  json cards = json::object(), boards = json::array();
  for (const auto& [item, answer] : read.cards) {
    const auto* seen = std::get_if<action::CardSeen>(&answer);
    const auto* unread = std::get_if<action::CardUnread>(&answer);
    cards[std::to_string(item)] =
        seen ? shown(*seen) : json{{"fault", faults[static_cast<int>(unread->fault)]}, {"text", unread->text}};
  }
  for (const auto& board : read.boards) boards.push_back(shown(board));
  print({{"read", id},
         {"purpose", read.asked.purpose},
         {"trouble", troubles[static_cast<int>(read.trouble)]},
         {"problem", read.problem},
         {"cards", cards},
         {"boards", boards},
         {"not_found", read.not_found},
         {"requests", read.requests},
         {"cpu_ms", 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC}});
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

asio::awaitable<void> check(HttpClient& http, trello::Access access, json asked) {
  action::Settings settings = settings_of(asked);
  std::vector<std::string> labels = words(asked, "labels");
  const auto lines = co_await trello::check_trello(http, std::move(access), std::move(settings), std::move(labels));
  constexpr const char* kinds[] = {"ok", "look", "wrong"};
  json made = json::array();
  for (const auto& line : lines) made.push_back({kinds[static_cast<int>(line.kind)], line.text});
  print({{"check", made}});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::cerr << "usage: vakt-trello URL [--settle MS] [--pause MS]\n";
    return 2;
  }
  TrelloOptions options;
  options.url = argv[1];
  options.key = variable("TRELLO_API_KEY");
  options.token = variable("TRELLO_API_TOKEN");
  for (int i = 2; i + 1 < argc; i += 2) {
    const std::chrono::milliseconds time{std::stoi(argv[i + 1])};
    if (argv[i] == std::string("--settle")) {
      options.times = {.settle = time, .early = time / 2, .again = time / 4};
    } else if (argv[i] == std::string("--pause")) {
      options.pace = {.window = 10 * time, .limited_most = 4 * time, .away = time, .away_most = 4 * time};
      options.probe_every = 2 * time;
    }
  }
  asio::io_context io;
  const auto http = make_https_client(io, {});
  const auto access = trello::access_of(options.url, options.key, options.token);
  const auto runner = TrelloRunner::make(io, *http, std::move(options), now,
                                         {told_written, told_read, [](const auto& text) { print({{"warn", text}}); }});
  asio::posix::stream_descriptor in{io, ::dup(STDIN_FILENO)};
  asio::streambuf buffer{1 << 24};
  const std::function<void()> next = [&] {
    asio::async_read_until(in, buffer, '\n', [&](const boost::system::error_code& ended, std::size_t) {
      if (ended) {
        runner->leave();
        http->stop();
        io.stop();
        return;
      }
      std::istream stream{&buffer};
      std::string line;
      std::getline(stream, line);
      const json order = json::parse(line);
      const auto id = order.value("id", std::int64_t{0});
      if (order.contains("create")) runner->create(id, create_of(order["create"]), order.value("tried", false));
      if (order.contains("change")) runner->change(id, change_of(order["change"]));
      if (order.contains("read")) runner->read(id, read_of(order["read"]));
      if (order.contains("check")) asio::co_spawn(io, check(*http, access, order["check"]), asio::detached);
      next();
    });
  };
  next();
  io.run();
  return 0;
}
