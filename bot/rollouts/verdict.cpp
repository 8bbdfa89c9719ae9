#include "bot/rollouts/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace vakt::rollout {

double error_rate_may_still_be(std::int64_t users) {
  return users <= 0 ? 1 : std::min(1.0, 3.0 / static_cast<double>(users));
}

const Record* last_record(const std::vector<Record>& records) { return records.empty() ? nullptr : &records.back(); }

Verdict verdict(const Stage& stage, const Record* record) {
  Verdict out{.least_users = stage.least_users};
  if (!record) return out;
  out.users = record->users;
  out.may_still_be = error_rate_may_still_be(record->users);
  out.kind = !says_nothing(record->errors)       ? Verdict::Kind::errors
             : record->users < stage.least_users ? Verdict::Kind::too_few
                                                 : Verdict::Kind::no_error_seen;
  return out;
}

std::string share_text(double share) {
  const double percent = std::clamp(share, 0.0, 1.0) * 100;
  int decimals = 0;
  double scale = 1;
  while (percent > 0 && percent * scale < 10 && decimals < 9) {
    scale *= 10;
    ++decimals;
  }
  const double up = std::max(0.0, std::ceil(percent * scale - 1e-6)) / scale;
  char text[40];
  std::snprintf(text, sizeof text, "%.*f", decimals, up);
  std::string out{text};
  if (decimals > 0) {
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.')) out.pop_back();
  }
  return out + " %";
}

}  // namespace vakt::rollout
