#include "integrations/runtime/held_acks.hpp"

#include <algorithm>

namespace vakt {

std::optional<Acknowledgement> HeldAcks::hold(Acknowledgement ack, Moment now) {
  if (ack.answer && !ack.answer->follows.empty()) {
    held_.push_back({std::move(ack), now + longest});
    return std::nullopt;
  }
  const auto first = std::ranges::find(held_, ack.envelope_id, [](const Held& held) { return held.ack.envelope_id; });
  if (first == held_.end() || ack.envelope_id.empty()) return ack;
  ack.answer = first->ack.answer;
  held_.push_back({std::move(ack), first->until});
  return std::nullopt;
}

std::vector<Acknowledgement> HeldAcks::answered(const std::string& response_url, const view::Message& message) {
  std::vector<Acknowledgement> out;
  std::erase_if(held_, [&](Held& held) {
    if (response_url.empty() || held.ack.answer->follows != response_url) return false;
    held.ack.answer = Answer{.message = message};
    out.push_back(std::move(held.ack));
    return true;
  });
  return out;
}

std::vector<Acknowledgement> HeldAcks::overdue(Moment now) {
  std::vector<Acknowledgement> out;
  std::erase_if(held_, [&](Held& held) {
    if (held.until > now) return false;
    out.push_back(std::move(held.ack));
    return true;
  });
  return out;
}

std::vector<Acknowledgement> HeldAcks::all() { return overdue(Moment::max()); }

std::optional<HeldAcks::Moment> HeldAcks::next() const {
  const auto first = std::ranges::min_element(held_, {}, &Held::until);
  return first == held_.end() ? std::nullopt : std::optional{first->until};
}

}  // namespace vakt
