// Where the command line leaves what it did, for `vakt run` to take into the record: now, or when it is next started.
#pragma once

#include <string>

#include "bot/inbound.hpp"
#include "bot/result.hpp"

namespace vakt {

// Works beside a running, hung or absent `vakt run`; waits up to 5 s for another's transaction. Makes no database:
// where there is none, and where it cannot be written, the error says so.
Result<void> leave_in_inbox(const std::string& database, const inbound::FlagProgress&);
Result<void> leave_in_inbox(const std::string& database, const inbound::RolloutAsked&);

}  // namespace vakt
