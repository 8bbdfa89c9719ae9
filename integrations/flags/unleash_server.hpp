// One Unleash server, spoken to with coroutines. Which requests it knows is found by what answers, not by its version.
// Network thread only; must outlive the coroutines it returns.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "integrations/flags/unleash_api.hpp"
#include "integrations/flags/unleash_json.hpp"

namespace vakt::flag::unleash {

class Server {
 public:
  Server(HttpClient& http, Access access) : http_(http), access_(std::move(access)) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  const Access& access() const { return access_; }

  bool knows(const std::string& name) const { return projects_.contains(name); }

  // As in flag_provider.hpp.
  boost::asio::awaitable<void> prepare(std::string environment);
  boost::asio::awaitable<Answer<std::vector<std::string>>> environments();
  boost::asio::awaitable<Answer<Catalog>> catalog(std::string environment);
  boost::asio::awaitable<Answer<Reading>> read(std::string name);
  boost::asio::awaitable<Answer<void>> carry_out(Order order, int milliseconds);
  boost::asio::awaitable<ServedAnswer> served(std::string name, std::string environment);
  boost::asio::awaitable<Answer<Observations>> changes(std::string cursor, Instant now);

 private:
  struct Feature {
    Flag flag;
    std::string body;  // empty where it is archived: newer versions tell no more of it
  };
  Answer<Catalog> client_catalog(HttpResult result, const std::string& environment);
  boost::asio::awaitable<Answer<std::string>> ask(std::string path, int milliseconds);
  boost::asio::awaitable<Answer<bool>> has_environment(std::string environment);
  boost::asio::awaitable<Answer<Listed>> find(std::string name);
  boost::asio::awaitable<Answer<std::vector<Listed>>> list(std::string path);
  boost::asio::awaitable<Answer<Feature>> feature(std::string name, int milliseconds);
  boost::asio::awaitable<Catalog> beside(Flag flag);
  boost::asio::awaitable<Answer<Catalog>> catalog_of_admin();
  boost::asio::awaitable<Answer<void>> toggle_once(Order order, int milliseconds);
  boost::asio::awaitable<Answer<void>> carry_out_steps(Order order, int milliseconds);

  HttpClient& http_;
  Access access_;
  std::map<std::string, std::string> projects_;  // of flags that were seen, by name
  std::set<std::string> environments_;           // that were seen
  bool events_by_post_ = false;                  // 4 and 5: POST /events/search
};

}  // namespace vakt::flag::unleash
