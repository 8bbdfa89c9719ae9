// The Unleash provider: one server, or several where environments have servers of their own.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "integrations/flags/unleash_server.hpp"
#include "integrations/json/json_read.hpp"

namespace vakt::flag {
namespace {

namespace asio = boost::asio;
using nlohmann::json;
using unleash::Server;

class Unleash : public Provider {
 public:
  Unleash(HttpClient& http, const ProviderSettings& settings) : name_(settings.name) {
    if (!settings.url.empty()) home_ = server(http, unleash::access_of(settings, settings.url));
    for (const auto& [environment, url] : settings.environments)
      own_[environment] = server(http, unleash::access_of(settings, url));
  }

  const std::string& name() const override { return name_; }
  ProviderKind kind() const override { return ProviderKind::unleash; }
  bool tells_what_is_served() const override { return true; }

  asio::awaitable<void> prepare(std::string environment) override {
    if (Server* server = of(environment)) co_await server->prepare(std::move(environment));
  }
  // Off leaves the strategies as they are, and is answered with 404 where there is no such flag.
  bool can_turn_off_unread(const std::string& name, const std::string& environment) const override {
    const Server* server = of(environment);
    return server && server->knows(name);
  }

  asio::awaitable<Answer<std::vector<std::string>>> environments() override {
    std::vector<std::string> made;
    if (home_) {
      auto found = co_await home_->environments();
      if (!found) co_return std::unexpected(found.error());
      made = std::move(*found);
    }
    for (const auto& [environment, server] : own_)
      if (std::ranges::find(made, environment) == made.end()) made.push_back(environment);
    co_return made;
  }

  asio::awaitable<Answer<Catalog>> catalog(std::string environment) override {
    Server* server = of(environment);
    if (!server) co_return nowhere(environment);
    co_return co_await server->catalog(environment);
  }

  asio::awaitable<Answer<Reading>> read(std::string name) override {
    if (servers_.size() == 1 && own_.empty()) co_return co_await home_->read(name);
    Reading made;
    json kept = json::array();
    ProviderError first{Fault::not_found, "No Unleash server is configured.", {}};
    std::vector<std::string> silent;  // environments of servers that did not answer
    bool found_any = false, failed_any = false;
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      Server* server = servers_[i].get();
      auto found = co_await server->read(name);
      if (found) {
        merge(std::move(*found), i, !found_any, made, kept);
        found_any = true;
      } else if (found.error().fault != Fault::not_found) {
        if (server == home_) co_return std::unexpected(found.error());
        for (const auto& [environment, own] : own_)
          if (own == server) silent.push_back(environment);
        failed_any = true;
        first = found.error();
      } else if (!failed_any) {
        first = found.error();
      }
    }
    if (!found_any) co_return std::unexpected(first);
    // One server that is down must not keep the others' flags on: there, nothing can be told.
    for (const std::string& environment : silent) made.flag.states[environment] = unreadable();
    made.snapshot = json_read::dump({{"environments", std::move(kept)}});
    co_return made;
  }

  asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds) override {
    Server* server = of(order.environment);
    if (!server) co_return nowhere(order.environment);
    co_return co_await server->carry_out(std::move(order), milliseconds);
  }

  asio::awaitable<ServedAnswer> served(std::string name, std::string environment) override {
    Server* server = of(environment);
    if (!server) co_return ServedAnswer{Served::unknown, nowhere(environment).error().text};
    co_return co_await server->served(std::move(name), environment);
  }

  // With several servers the cursor is a JSON array, one of theirs each.
  asio::awaitable<Answer<Observations>> changes(std::string cursor, Instant now) override {
    if (servers_.size() == 1 && own_.empty()) co_return co_await home_->changes(std::move(cursor), now);
    const json before = json_read::parse(cursor);
    json after = json::array();
    Observations made;
    for (std::size_t i = 0; i < servers_.size(); ++i) {
      std::string own = before.is_array() && before.size() == servers_.size() ? json_read::text(before[i]) : "";
      auto found = co_await servers_[i]->changes(std::move(own), now);
      if (!found) co_return std::unexpected(found.error());
      after.push_back(found->cursor);
      for (Observation& one : found->changes)
        if (one.environment.empty() || of(one.environment) == servers_[i].get()) made.changes.push_back(std::move(one));
    }
    std::ranges::stable_sort(made.changes, {}, &Observation::at);
    made.cursor = json_read::dump(after);
    co_return made;
  }

  std::string by_hand(const Order& order) const override {
    const Server* server = of(order.environment);
    return server ? unleash::by_hand(server->access(), order) : std::string();
  }

 private:
  Server* server(HttpClient& http, unleash::Access access) {
    const auto same = std::ranges::find(servers_, access.base, [](const auto& one) { return one->access().base; });
    if (same != servers_.end()) return same->get();
    servers_.push_back(std::make_unique<Server>(http, std::move(access)));
    return servers_.back().get();
  }

  Server* of(const std::string& environment) const {
    const auto own = own_.find(environment);
    return own == own_.end() ? home_ : own->second;
  }

  std::unexpected<ProviderError> nowhere(const std::string& environment) const {
    return std::unexpected(ProviderError{
        Fault::no_environment, name_ + " has no environment " + environment + " in vakt's configuration.", {}});
  }

  // Of each server only the environments that are read from it. Ids of segments are each server's own.
  void merge(Reading from, std::size_t index, bool is_first, Reading& into, json& kept) const {
    const auto keep_its = [&](Flag& flag) {
      std::erase_if(flag.states, [&](const auto& state) { return of(state.first) != servers_[index].get(); });
      for (auto& [environment, state] : flag.states)
        for (Strategy& strategy : state.strategies)
          for (int& segment : strategy.segments) segment = id_of(segment, index);
    };
    const json snapshot = json_read::parse(from.snapshot);
    if (const json& environments = json_read::at(snapshot, "environments"); environments.is_array())
      for (const json& one : environments)
        if (of(json_read::text(one, "name")) == servers_[index].get()) kept.push_back(one);
    keep_its(from.flag);
    if (is_first) {
      into.flag = std::move(from.flag);
    } else {
      // What another server lets in under another parent cannot be told in one flag.
      if (into.flag.parents != from.flag.parents)
        for (auto& [environment, state] : from.flag.states) state = unreadable();
      into.flag.archived = into.flag.archived && from.flag.archived;
      into.flag.states.merge(from.flag.states);
    }
    for (auto& [name, flag] : from.catalog.flags) {
      keep_its(flag);
      const auto [at, is_new] = into.catalog.flags.try_emplace(name, flag);
      if (!is_new) at->second.states.merge(flag.states);
    }
    for (auto& [id, segment] : from.catalog.segments) into.catalog.segments[id_of(id, index)] = std::move(segment);
  }

  static int id_of(int segment, std::size_t index) { return segment + static_cast<int>(index) * 100'000'000; }

  static State unreadable() {
    State made{true, {Strategy{}}};
    made.strategies.back().readable = false;
    return made;
  }

  std::string name_;
  std::vector<std::unique_ptr<Server>> servers_;
  Server* home_ = nullptr;  // for every environment without one of its own
  std::map<std::string, Server*> own_;
};

}  // namespace

std::unique_ptr<Provider> make_unleash(HttpClient& http, const ProviderSettings& settings) {
  return std::make_unique<Unleash>(http, settings);
}

}  // namespace vakt::flag
