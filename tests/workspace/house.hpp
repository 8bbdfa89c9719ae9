#pragma once
// Everything the workspace consists of, in one place.
#include <set>

#include "delivery.hpp"
#include "views.hpp"
#include "workspace.hpp"

namespace workspace {

using Reply = std::function<void(json)>;

// A response_url: five uses in thirty minutes.
struct Answer {
  std::string channel, user, ts;
  int uses = 0;
  long long until = 0;
};

struct Fault {
  std::string method, error, drop, body;
  long times = 1;
  int status = 0;
  long retry_after = -1;
  long long delay_ms = 0;
};

struct House {
  House(After later, std::vector<std::string> slash_commands)
      : delivery(later), after(std::move(later)), commands(std::move(slash_commands)) {
    space.on_event = [this](const json& event) { delivery.send_event(event); };
  }

  void reset() {
    delivery.reset();
    views.reset();
    answers.clear();
    toasts.clear();
    faults.clear();
    calls = json::array();
    limits = refuse_create = false;
    call_times.clear();
    post_times.clear();
    tickets.clear();
    space.reset();
  }

  std::string new_answer(const std::string& channel, const std::string& user, const std::string& ts) {
    std::string id = std::string(team_id) + "-" + std::to_string(++answers_made_) + "-" + std::to_string(millis_now());
    answers[id] = {channel, user, ts, 0, millis_now() + 30LL * 60 * 1000};
    return space.base_url + "/respond/" + id;
  }

  // A toast is shown for ten seconds.
  void toast(const std::string& user, const std::string& text) {
    toasts[user].push_back(text);
    space.touch();
    after(10000, [this, user, text] {
      std::erase(toasts[user], text);
      space.touch();
    });
  }

  Workspace space;
  Views views{space};
  Delivery delivery;
  After after;
  std::vector<std::string> commands;
  std::map<std::string, Answer> answers;
  std::map<std::string, std::vector<std::string>> toasts;
  std::vector<Fault> faults;
  json calls = json::array();
  bool limits = false, refuse_create = false;
  std::map<std::string, std::vector<long long>> call_times;
  std::map<std::string, long long> post_times;
  std::set<std::string> tickets;

 private:
  long answers_made_ = 0;
};

}  // namespace workspace
