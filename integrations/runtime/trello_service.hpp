// Trello as the outbox sees it: orders and readings go to the runner, what becomes of them comes back as Inbound.
// Network thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>

#include "bot/config/config.hpp"
#include "bot/inbound.hpp"
#include "integrations/http/http.hpp"
#include "integrations/runtime/outbound.hpp"
#include "integrations/trello/trello_runner.hpp"

namespace vakt {

class TrelloService {
 public:
  using Tell = std::function<void(std::int64_t outbox_id, InboundBody)>;
  TrelloService(boost::asio::io_context&, HttpClient&, const Config&, std::function<Instant()> now, Tell);

  bool submit(OutboundTask&);  // false: nothing of Trello's, left as it was
  void leave() { runner_->leave(); }

 private:
  void written(std::int64_t outbox_id, const action::CardOrder& asked, action::CardWritten);
  void read(std::int64_t outbox_id, action::CardsRead);

  const Tell tell_;
  std::map<std::int64_t, effect::WriteCard> writes_;  // under way, by outbox id
  std::map<std::int64_t, effect::ReadCards> reads_;
  std::unique_ptr<TrelloRunner> runner_;
};

}  // namespace vakt
