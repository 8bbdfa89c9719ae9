// The one line to Trello: one request at a time, at Trello's pace, and what is known of the token. Network thread only;
// must outlive the coroutines it returns.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <memory>

#include "integrations/http/http.hpp"
#include "integrations/trello/trello_api.hpp"
#include "integrations/trello/trello_faults.hpp"
#include "integrations/trello/trello_pace.hpp"

namespace vakt::trello {

struct Left {};  // thrown to whoever waits when the line closes

class TrelloLine {
 public:
  TrelloLine(boost::asio::io_context&, HttpClient&, Access, Pace::Times, std::chrono::milliseconds probe_every);
  TrelloLine(const TrelloLine&) = delete;
  TrelloLine& operator=(const TrelloLine&) = delete;

  const Access& access() const { return access_; }
  const std::string& host() const { return access_.host; }

  // In the order asked, each when Trello's pace allows it. Throws Left.
  boost::asio::awaitable<Heard> ask(HttpRequest request);
  // The same, once the token is known to be good again where it was refused: nothing is written with a dead one.
  boost::asio::awaitable<Heard> write(HttpRequest request);
  boost::asio::awaitable<void> pause(std::chrono::milliseconds);
  void close();

  Instant now() const;  // of a clock that never goes back; for distances only

 private:
  boost::asio::awaitable<void> take_turn();
  void pass_on();

  boost::asio::io_context& io_;
  HttpClient& http_;
  const Access access_;
  const std::chrono::milliseconds probe_every_;
  Pace pace_;
  std::list<std::shared_ptr<boost::asio::steady_timer>> pauses_, turns_, unblocked_;
  bool busy_ = false, closed_ = false, token_dead_ = false;
  Instant probed_at_{};
};

}  // namespace vakt::trello
