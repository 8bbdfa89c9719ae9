#include "integrations/trello/exactly_once.hpp"

#include <algorithm>

namespace vakt::trello {

namespace {
constexpr int absences_needed = 2;
}

ExactlyOnce::ExactlyOnce(bool may_have_been_sent, Instant now, Times times)
    : times_(times), unsettled_(may_have_been_sent), since_(now), not_before_(now) {}

void ExactlyOnce::try_later(Instant now) {
  const auto longest = std::max(times_.again, times_.settle);
  not_before_ = now + std::min(longest, times_.again * (1 << std::min(failures_++, 10)));
}

Step ExactlyOnce::next(Instant now) {
  if (refused_ || (!id_.empty() && surplus_.empty())) return step::Over{};
  if (now < not_before_) return step::Wait{not_before_};
  if (!surplus_.empty()) return step::Drop{surplus_.back()};
  if (unsettled_) {
    look_began_ = now;
    return step::Look{};
  }
  unsettled_ = true;
  absences_ = 0;
  since_ = now;
  return step::Send{};
}

void ExactlyOnce::sent(Sent what, std::string id, Instant now) {
  unsettled_ = what == Sent::uncertain;
  since_ = now;
  if (what != Sent::not_sent) failures_ = 0;
  if (what == Sent::done) id_ = std::move(id);
  if (what == Sent::refused) refused_ = true;
  if (what == Sent::not_sent) try_later(now);
  if (what == Sent::uncertain) not_before_ = now + std::min(times_.early, times_.settle);
}

void ExactlyOnce::looked(std::optional<std::vector<std::string>> found, Instant now) {
  if (!found) return try_later(now);
  failures_ = 0;
  if (!found->empty()) {
    std::ranges::sort(*found);  // ids begin with the second of creation: the oldest comes first
    found->erase(std::ranges::unique(*found).begin(), found->end());
    id_ = found->front();
    surplus_.assign(found->begin() + 1, found->end());
    adopted_ = true;
    unsettled_ = false;
  } else if (look_began_ < since_ + times_.settle) {
    not_before_ = since_ + times_.settle;
  } else if (++absences_ < absences_needed) {
    not_before_ = now + times_.settle;
  } else {
    unsettled_ = false;
  }
}

void ExactlyOnce::dropped(bool done, Instant now) {
  if (done)
    surplus_.pop_back();
  else
    try_later(now);
}

}  // namespace vakt::trello
