// What the ledger keeps of flags: changes asked of vakt, changes seen at the services, and what the command line left.
// Same thread and errors as the ledger that it is part of.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/inbound.hpp"

namespace vakt {

// What the command line left: a change of a flag that it made, or something that is asked of a rollout.
using Left = std::variant<inbound::FlagProgress, inbound::RolloutAsked>;
struct InboxRow {
  std::int64_t id = 0;
  Left left;
  std::string damage, bytes;  // why it cannot be read, and what stands there; empty: it can
};

class FlagLedger {
 public:
  virtual ~FlagLedger() = default;

  virtual std::int64_t next_change() = 0;
  virtual void save_change(const flag::Change&) = 0;  // by number
  virtual std::optional<flag::Change> change(std::int64_t number) = 0;
  virtual std::optional<flag::Change> change_of(const std::string& key) = 0;
  virtual std::vector<flag::Change> changes_since(Instant) = 0;                    // newest first, at most 500
  virtual std::vector<flag::Change> changes_of_flag(const std::string& name) = 0;  // newest first, at most 500

  // Once each: the same change seen twice is kept once (true: it is new). Forgotten after 40 days.
  virtual bool observe(const std::string& provider, const flag::Observation&) = 0;
  virtual std::vector<flag::Sighting> observed_since(Instant) = 0;                    // newest first, at most 500
  virtual std::vector<flag::Sighting> observed_of_flag(const std::string& name) = 0;  // newest first, at most 500

  virtual std::vector<InboxRow> inbox() = 0;  // by id, at most 100
  virtual void take_from_inbox(std::int64_t id) = 0;
};

}  // namespace vakt
