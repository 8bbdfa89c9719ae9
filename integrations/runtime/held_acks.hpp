// Acks of commands whose answer is still on its way: each waits, for a moment, for the Respond that carries it. Nothing
// else is ever held. A value; time comes in; the network thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bot/brain/outlet.hpp"

namespace vakt {

class HeldAcks {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds longest{1500};  // Slack gives up after 3 s

  // What may be sent at once: the ack itself, unless it waits for an answer, or repeats one that does (Slack delivered
  // the command a second time: the repeat must not be acked empty before its answer is there).
  std::optional<Acknowledgement> hold(Acknowledgement ack, Moment now);

  // The acks that waited for this answer, now with it; none where nobody waits, or the time is up.
  std::vector<Acknowledgement> answered(const std::string& response_url, const view::Message& message);

  // Those whose time is up, with what they were to say meanwhile.
  std::vector<Acknowledgement> overdue(Moment now);
  std::vector<Acknowledgement> all();  // the same for each of them, at the end

  std::optional<Moment> next() const;  // when the first of them is overdue

 private:
  struct Held {
    Acknowledgement ack;
    Moment until;
  };
  std::vector<Held> held_;
};

}  // namespace vakt
