// The network side of `vakt run`: sockets, outbox and health page on one thread of its own, joined to the brain by
// values. start() and stop() are called by the main thread; the Outlet by the brain's.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "bot/brain/brain.hpp"
#include "bot/config/config.hpp"
#include "bot/result.hpp"
#include "integrations/runtime/document_writer.hpp"

namespace vakt {

class SlackService : public Outlet {
 public:
  // Errors: the health page's address cannot be listened on.
  static Result<std::unique_ptr<SlackService>> make(const Config&, Brain::Clock, std::string nonce_prefix,
                                                    WriteDocument);

  // Who we are, from auth.test; asks again with backoff while Slack cannot be reached, until `give_up` says so.
  // Errors: Slack refuses the token, or giving up. Call before start(), on the main thread.
  virtual Result<Self> identify(const std::function<bool()>& give_up) = 0;

  // cursors: flag provider -> how far an earlier run has watched it.
  virtual void start(Brain&, std::map<std::string, std::string> cursors) = 0;
  // Takes no more work; acks what the brain still commits. The brain is stopped between the two.
  virtual void stop_listening() = 0;
  virtual void stop() = 0;          // under 4 s
  virtual bool failed() const = 0;  // for good: Slack refuses our app token
};

}  // namespace vakt
