// The text of /rollout as a typed command, or an error that names the nearest right form. Pure, fuzzed.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <variant>

#include "bot/command/command.hpp"
#include "bot/rollouts/rollout.hpp"

namespace vakt {

namespace rollout_command {
struct List {};  // nothing typed
struct Help {};
struct Start {
  std::string flag, environment, provider;  // environment, provider empty: the default
};
// `text`: perhaps the rollout's number ("3", "#3") or its flag's name, then what is said of it; as Slack sent it.
struct Status {
  std::string text;
};
struct Record {
  std::string text;
};
struct Advance {
  std::string text;  // … the reason
};
struct Resume {
  std::string text;  // … the reason
};
struct Hold {
  std::string text;  // … the reason
};
struct Rollback {
  std::string text;  // … the reason
};
}  // namespace rollout_command

using RolloutCommand = std::variant<rollout_command::List, rollout_command::Help, rollout_command::Start,
                                    rollout_command::Status, rollout_command::Record, rollout_command::Advance,
                                    rollout_command::Resume, rollout_command::Hold, rollout_command::Rollback>;

std::expected<RolloutCommand, CommandError> parse_rollout_command(std::string_view text);

// The first word of such a text, unquoted and as it is spelled, and what follows it.
struct FirstWord {
  std::string word, rest;
};
FirstWord first_word(std::string_view text);

// "Engineering: Scott James": who said go; `by` is empty where nobody has yet.
rollout::GoNoGo parse_go(std::string_view line);

}  // namespace vakt
