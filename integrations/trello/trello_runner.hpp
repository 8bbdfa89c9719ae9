// Writes cards and reads them, until what became of each order is known. Network thread only. Orders for one card keep
// their order; one sweep of reads never overtakes another; nothing waits for a card that is still being created.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "bot/actions/card_order.hpp"
#include "integrations/http/http.hpp"
#include "integrations/trello/exactly_once.hpp"
#include "integrations/trello/trello_pace.hpp"

namespace vakt {

struct TrelloHooks {
  // outbox_id is 0 while the order is still being tried: then `trouble` says why, once each time that it changes.
  std::function<void(std::int64_t outbox_id, action::CardOrder asked, action::CardWritten)> written;
  std::function<void(std::int64_t outbox_id, action::CardsRead)> read;
  std::function<void(const std::string& sentence)> warn;  // for the log
};

struct TrelloOptions {
  std::string url = "https://api.trello.com/1/";
  std::string key, token;                // either empty: not configured
  std::vector<action::BoardRef> boards;  // that teams name: what the lists of a changed card mean
  trello::ExactlyOnce::Times times{};
  trello::Pace::Times pace{};
  std::chrono::milliseconds probe_every{60'000};  // a refused token, while something is to be written
};

class TrelloRunner {
 public:
  static std::unique_ptr<TrelloRunner> make(boost::asio::io_context&, HttpClient&, TrelloOptions,
                                            std::function<Instant()> now, TrelloHooks);
  virtual ~TrelloRunner() = default;

  // An outbox_id that is under way already is not carried out a second time. tried: an earlier run may have sent it.
  virtual void create(std::int64_t outbox_id, action::CreateCard, bool tried) = 0;
  virtual void change(std::int64_t outbox_id, action::ChangeCard) = 0;
  virtual void read(std::int64_t outbox_id, action::ReadCards) = 0;
  // Ends every wait; what is under way is not told any more and stays in the outbox.
  virtual void leave() = 0;
};

}  // namespace vakt
