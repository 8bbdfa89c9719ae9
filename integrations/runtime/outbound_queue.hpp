// Which effect may run now: one at a time for each key (a channel, mostly), in the order they came. Newer topics, edits
// of one message, home tabs and readings of one channel replace older ones that still wait. Pure; one thread.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "integrations/runtime/outbound.hpp"

namespace vakt {

// What a task waits behind. Answers never wait.
std::string queue_key(const OutboundTask& task);

class OutboundQueue {
 public:
  // Returns the waiting tasks that the new one made needless.
  std::vector<OutboundTask> add(OutboundTask task);
  // A task of that key that may run now; the key is busy until freed.
  std::optional<OutboundTask> take(const std::string& key);
  void free(const std::string& key);

 private:
  struct Line {
    std::deque<OutboundTask> waiting;
    bool busy = false;
  };
  std::map<std::string, Line> lines_;
};

}  // namespace vakt
