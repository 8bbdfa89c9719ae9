// The stages of a rollout as people type them: "10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %". Pure, fuzzed.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "bot/rollouts/rollout.hpp"

namespace vakt::rollout {

enum class StageFault : std::uint8_t {
  none,         // no stage at all
  bad_percent,  // no whole number from 1 to 100
  not_growing,  // not more than the stage before
  bad_time,     // no time as 30m, 12h, 7d or 2w, or longer than a year
  needs_time,   // only the last stage may lack one
  too_many,     // more than most_stages
};
struct StageError {
  StageFault fault;
  std::string part;  // what was typed for that stage, cut; never trusted as mrkdwn
};

inline constexpr std::size_t most_stages = 20;

// Between the stages: a comma, a semicolon, or a line's end. "10% 7d" will do; "for" may stand before the time.
std::expected<std::vector<Stage>, StageError> parse_stages(std::string_view text);

// As it is typed: "10 % for 7d, 100 %".
std::string stages_text(const std::vector<Stage>&);
std::string length_text(int minutes);  // "7d", "90m"

// "10", "≈10", "~ 1,000": unique users and whether that is an estimate; nothing where it is no number.
struct Users {
  std::int64_t count = 0;
  bool about = false;
};
std::optional<Users> parse_users(std::string_view text);

}  // namespace vakt::rollout
