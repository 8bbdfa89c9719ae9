// A flag service in memory, with faults on order: what FlagRun is driven against. Single-threaded.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "bot/flags/flag_run.hpp"

namespace vakt::test {

struct FlagService {
  // How a call goes that does not simply succeed.
  struct Trouble {
    flag::Fault fault = flag::Fault::uncertain;
    bool carried_out = false;  // done all the same
    std::string link = {};
  };

  std::map<std::string, flag::Flag> flags;
  std::vector<flag::Observation> events;
  std::deque<Trouble> read_troubles, call_troubles;  // one each for the next calls
  std::deque<flag::Served> served_instead;
  bool tells_events = true, tells_served = true;
  int reads = 0, served_asked = 0;
  std::vector<flag::Order> orders;  // every one that was sent

  static FlagService with(const std::string& name, bool enabled = true) {
    FlagService service;
    flag::Flag flag{.name = name, .project = "default"};
    flag.states["production"] = {enabled, {{.name = "default"}}};
    flag.states["development"] = {false, {{.name = "default"}}};
    service.flags[name] = flag;
    return service;
  }
  flag::State& state(const std::string& name, const std::string& environment = "production") {
    return flags.at(name).states.at(environment);
  }
  // Somebody does it there.
  void turn(const std::string& name, bool enabled, Instant at, const std::string& by = "ola") {
    state(name).enabled = enabled;
    tell(name, "production", enabled, at, by);
  }

  flag::Answer<flag::Reading> read(const std::string& name) {
    ++reads;
    if (!read_troubles.empty()) return fail(read_troubles);
    const auto found = flags.find(name);
    if (found == flags.end()) return std::unexpected(flag::ProviderError{flag::Fault::not_found, "no such flag", {}});
    snapshots_.push_back(found->second);
    return flag::Reading{found->second, {}, std::to_string(snapshots_.size() - 1)};
  }
  flag::Answer<void> carry_out(const flag::Order& order, Instant now) {
    orders.push_back(order);
    const bool troubled = !call_troubles.empty();
    if (!troubled || call_troubles.front().carried_out) land(order, now);
    if (troubled) return fail(call_troubles);
    return {};
  }
  // An order arrives, perhaps long after it was sent.
  void land(const flag::Order& order, Instant now) {
    auto& it = state(order.name, order.environment);
    const bool was = it.enabled;
    switch (order.action) {
      case flag::Action::off:
      case flag::Action::on:
        it.enabled = order.action == flag::Action::on;
        break;
      case flag::Action::percent:
        for (auto& strategy : it.strategies)
          if (strategy.parameters.contains("rollout")) strategy.parameters["rollout"] = std::to_string(order.percent);
        it.enabled = it.enabled || order.percent > 0;
        return;
      case flag::Action::restore:
        it = snapshots_.at(static_cast<std::size_t>(std::stoi(order.snapshot))).states.at(order.environment);
    }
    if (it.enabled != was) tell(order.name, order.environment, it.enabled, now, "vakt-token");
  }
  flag::Answer<flag::Observations> changes() {
    if (!tells_events) return std::unexpected(flag::ProviderError{flag::Fault::unsupported, "keeps no events", {}});
    return flag::Observations{events, std::to_string(events.size())};
  }
  flag::ServedAnswer served(const std::string& name, const std::string& environment) {
    ++served_asked;
    if (!served_instead.empty()) {
      const auto what = served_instead.front();
      if (served_instead.size() > 1) served_instead.pop_front();  // the last one stays
      return {what, what == flag::Served::unknown ? "the client API does not answer" : ""};
    }
    return {state(name, environment).enabled ? flag::Served::on : flag::Served::off, {}};
  }
  flag::Catalog catalog() { return {flags, {}}; }

  // Answers one step of a run; false when it is over. Time goes on as it would.
  bool answer(flag::FlagRun& run, Instant& now, Micros call_takes = std::chrono::milliseconds{5}) {
    const auto step = run.next(now);
    const auto& wanted = run.wanted();
    if (std::holds_alternative<flag::step::Over>(step)) return false;
    if (const auto* wait = std::get_if<flag::step::Wait>(&step)) {
      now = wait->until;
      return true;
    }
    now += call_takes;
    if (std::holds_alternative<flag::step::Read>(step))
      run.read(read(wanted.name), now);
    else if (std::holds_alternative<flag::step::Suggest>(step))
      run.suggested(catalog(), now);
    else if (const auto* call = std::get_if<flag::step::CarryOut>(&step))
      run.carried_out(carry_out(call->order, now), now);
    else if (std::holds_alternative<flag::step::AskChanges>(step))
      run.changes(changes(), now);
    else
      run.served(served(wanted.name, wanted.environment), now);
    return true;
  }

 private:
  std::unexpected<flag::ProviderError> fail(std::deque<Trouble>& troubles) {
    const auto [fault, carried_out, link] = troubles.front();
    troubles.pop_front();
    return std::unexpected(flag::ProviderError{fault, "the service is in trouble", link});
  }
  void tell(const std::string& name, const std::string& environment, bool enabled, Instant at, const std::string& by) {
    events.push_back({.at = at,
                      .name = name,
                      .project = "default",
                      .environment = environment,
                      .what = enabled ? "feature-environment-enabled" : "feature-environment-disabled",
                      .by = by,
                      .enabled = enabled});
  }

  std::vector<flag::Flag> snapshots_;
};

}  // namespace vakt::test
