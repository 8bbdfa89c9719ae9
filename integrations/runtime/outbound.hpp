// Runs committed effects against Slack and tells what became of each, exactly once; what is still under way at stop is
// not told and stays in the outbox. Lanes never wait for each other; effects for one channel run in order. Network
// thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "bot/inbound.hpp"
#include "integrations/http/http.hpp"
#include "integrations/runtime/document_writer.hpp"

namespace vakt {

struct OutboundTask {
  std::int64_t outbox_id = 0;
  Effect effect;
  bool tried = false;  // left by an earlier run, which may have carried it out
  Instant created{};   // when it was committed; the epoch: not known
};

struct OutboundOptions {
  std::string api_url;  // ends with '/'
  std::string bot_token;
  std::string nonce_prefix;        // of this database
  std::function<Instant()> now{};  // what `until` is compared with; empty: the system clock
  WriteDocument write_document{};  // empty: no document is written
};

class Outbound {
 public:
  // done: also with error "expired" for an answer that came too late.
  static std::unique_ptr<Outbound> make(boost::asio::io_context& io, HttpClient& http, OutboundOptions options,
                                        std::function<void(std::int64_t outbox_id, inbound::EffectDone)> done);
  virtual ~Outbound() = default;
  virtual void submit(OutboundTask task) = 0;
  virtual std::size_t pending() const = 0;
  // Requests under way get 3 s for their answer; nothing new is started. Then calls done, once.
  virtual void stop(std::function<void()> done) = 0;
};

}  // namespace vakt
