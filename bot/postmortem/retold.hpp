// A sentence that vakt wrote into the record in the workspace's language, told in a document's. Pure.
#pragma once

#include <optional>
#include <string>

#include "bot/incident/entry.hpp"
#include "bot/types.hpp"

namespace vakt::postmortem {

// The entry's text (mrkdwn) in that language: what the record stores as a value, and the words around what people
// typed. What people typed stays, and so does a sentence that vakt no longer says in that way.
std::string retold(const Entry&, Language);

// Of an action item's entry; nothing where it was not written in `from`. For retold() alone.
std::optional<std::string> retold_action(const Entry&, Language from, Language to);

}  // namespace vakt::postmortem
