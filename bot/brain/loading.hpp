// What an Inbound needs to know before it can be decided, from the ledger. The brain's thread. DamagedRow: a row that
// it names cannot be read.
#pragma once

#include "bot/brain/ledger.hpp"
#include "bot/brain/reader.hpp"
#include "bot/decide/decide.hpp"

namespace vakt {

// passed_over: a sentence for each row that it goes on without, because it is none that a kill may wait for.
Facts load(const Needs&, Instant at, const Settings&, Ledger&, Reader&, std::vector<std::string>& passed_over);

}  // namespace vakt
