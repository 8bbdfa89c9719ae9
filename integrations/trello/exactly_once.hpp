// Sends once what Trello gives no idempotency key for (a new card, a comment): what may have been sent is looked for by
// its marker before it is ever sent again. Says what to do next and does nothing itself. Pure; any thread; `now` should
// come from a clock that never goes back.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/types.hpp"

namespace vakt::trello {

namespace step {
struct Send {};
struct Look {};  // for everything that bears the marker
struct Wait {
  Instant until;
};
struct Drop {  // a surplus one
  std::string id;
};
struct Over {};
}  // namespace step
using Step = std::variant<step::Send, step::Look, step::Wait, step::Drop, step::Over>;

enum class Sent : std::uint8_t { done, refused, not_sent, uncertain };

class ExactlyOnce {
 public:
  struct Times {
    std::chrono::milliseconds settle{60'000};  // what was sent can still land so long after its answer was lost
    std::chrono::milliseconds early{5'000};    // a first look, that can find it and cannot miss it
    // After a look or a send that failed; doubled with each in a row, up to `settle`.
    std::chrono::milliseconds again{2'000};
  };
  // may_have_been_sent: by an earlier run.
  ExactlyOnce(bool may_have_been_sent, Instant now, Times times);

  // Each Send and each Look is answered before the next call. A Send that is never answered counts as uncertain.
  Step next(Instant now);
  void sent(Sent, std::string id, Instant now);  // id: of `done`
  // Ids, in any order; nothing: could not look.
  void looked(std::optional<std::vector<std::string>> found, Instant now);
  void dropped(bool done, Instant now);

  bool refused() const { return refused_; }
  bool adopted() const { return adopted_; }
  const std::string& id() const { return id_; }  // empty: not known
  bool unsettled() const { return unsettled_; }  // it may have been sent

 private:
  void try_later(Instant now);

  Times times_;
  bool unsettled_ = false, refused_ = false, adopted_ = false;
  Instant since_{};       // no send can have begun later
  Instant not_before_{};  // for whatever is next
  Instant look_began_{};
  int failures_ = 0;  // in a row
  int absences_ = 0;  // looks in a row that began after it had settled, and found nothing
  std::string id_;
  std::vector<std::string> surplus_;
};

}  // namespace vakt::trello
