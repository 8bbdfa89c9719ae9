// Looks for the cards that bear a marker: those on a board, and those that were made there and have been archived or
// moved since. Network thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "integrations/trello/trello_line.hpp"

namespace vakt::trello {

// since: when one can have been made at the earliest; nothing: ever.
// Ids; nothing: it cannot be told, `why` says what answer stood in the way. Throws Left.
boost::asio::awaitable<std::optional<std::vector<std::string>>> find_marked(TrelloLine&, std::string board,
                                                                            std::string marker,
                                                                            std::optional<Instant> since, Heard& why);

}  // namespace vakt::trello
