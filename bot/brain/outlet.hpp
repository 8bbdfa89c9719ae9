// The brain's port to the outside. Called on the brain's thread, only after what caused the call is committed.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "bot/brain/ledger.hpp"
#include "bot/decide/decide.hpp"

namespace vakt {

struct Acknowledgement {
  std::uint64_t connection = 0;
  std::string envelope_id;
  std::optional<Answer> answer;  // where the envelope takes one
};

class Outlet {
 public:
  virtual ~Outlet() = default;
  virtual void acknowledge(Acknowledgement) = 0;
  virtual void submit(OutboxRow) = 0;
  // Who may turn flags off from now on; nothing: anyone. For kills while the ledger is out of reach.
  virtual void operators(std::optional<std::set<UserId>>) = 0;
  virtual void report(bool is_error, const std::string& sentence) = 0;
};

// What the brain counts, for the metrics page.
struct BrainCounts {
  std::uint64_t messages = 0, commands = 0, acks = 0, quarantined = 0, gaps = 0;
};

}  // namespace vakt
