// What `vakt check` says of Trello: the token, the boards and lists that teams name, the labels, the members. Network
// thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "bot/actions/action_settings.hpp"
#include "integrations/http/http.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {

struct CheckLine {
  enum class Kind : std::uint8_t { ok, look, wrong } kind = Kind::ok;
  std::string text;  // begins with "trello: "; never a secret
};

// labels: of Trello, that new cards are to bear.
boost::asio::awaitable<std::vector<CheckLine>> check_trello(HttpClient&, Access, action::Settings,
                                                            std::vector<std::string> labels);

}  // namespace vakt::trello
