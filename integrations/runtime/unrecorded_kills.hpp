// Kills that the ledger does not take in time (disk full, locked, hung): after 200 ms they go out all the same, the
// answer says so, and what became of them is told without the ledger. Network thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "bot/decide/decide.hpp"

namespace vakt {

class UnrecordedKills {
 public:
  struct Ways {
    std::function<void(const flag::Wanted&)> expect;  // it is about to be written down
    std::function<void(flag::Wanted)> start;
    std::function<void(std::uint64_t connection, const std::string& envelope_id, const view::Message&)> acknowledge;
    std::function<void(effect::Respond)> respond;
  };
  UnrecordedKills(boost::asio::io_context&, const Settings&, Ways);
  ~UnrecordedKills();

  void operators(std::optional<std::set<UserId>> users) { operators_ = std::move(users); }
  // Of every envelope, before the brain has it.
  void arrived(const Inbound&);
  // The brain acknowledges: true if that was done here already.
  bool answered(const std::string& envelope_id);
  // A step of a kill that the ledger does not know.
  void moved(const inbound::FlagProgress&);

 private:
  struct Waiting;
  void go(const std::string& envelope_id);

  boost::asio::io_context& io_;
  const Settings& settings_;
  const Ways ways_;
  std::optional<std::set<UserId>> operators_;
  std::map<std::string, std::shared_ptr<Waiting>> waiting_, gone_out_;  // by envelope
};

}  // namespace vakt
