// When Trello may be asked again, so that we stay below its limits (300 requests in 10 s a key, 100 a token; more than
// 200 answers of 429 in one such window block the key) and leave it alone while it is away. Pure: time comes in as a
// value that never goes back.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

#include "bot/types.hpp"
#include "integrations/http/http.hpp"
#include "integrations/trello/trello_faults.hpp"

namespace vakt::trello {

class Pace {
 public:
  struct Times {
    std::chrono::milliseconds window{10'000};
    // After a 429: what it asks for by Retry-After or its limits' headers, else one window. However many in a row:
    // with each window everything may be sent again.
    std::chrono::milliseconds limited_most{300'000};
    std::chrono::milliseconds away{1'000}, away_most{60'000};  // after no answer; doubled with each in a row
  };
  static constexpr std::size_t most_in_window = 80;
  static constexpr int spared = 5;  // of what Trello says remains, for other users of the token

  explicit Pace(Times times) : times_(times) {}

  Instant earliest(Instant now);  // when the next request may go; now or earlier: at once
  void sent(Instant now);
  void heard(const HttpResult&, Verdict, Instant now);

 private:
  std::chrono::milliseconds asked_for(const HttpResult&) const;  // by a 429

  Times times_;
  std::deque<Instant> recent_;
  Instant blocked_{};
  int away_in_a_row_ = 0;
};

}  // namespace vakt::trello
