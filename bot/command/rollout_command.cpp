#include "bot/command/rollout_command.hpp"

#include <algorithm>
#include <array>

#include "bot/command/flag_command.hpp"
#include "bot/command/typed_words.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace rollout_command;
using Parsed = std::expected<RolloutCommand, CommandError>;

constexpr std::string_view start_form = "start FLAG [ENVIRONMENT]";

// A flag is named as /flag names it.
Parsed start(std::string_view rest) {
  const auto named = parse_flag_command("on " + std::string{rest});
  if (!named) return std::unexpected(CommandError{named.error().fault, named.error().word, std::string{start_form}});
  const auto& change = std::get<flag_command::Change>(*named);
  if (change.duration) return std::unexpected(CommandError{CommandFault::bad_value, "for", std::string{start_form}});
  return Start{change.name, change.environment, change.provider};
}

struct Verb {
  std::string_view word, form, also;  // also: other words for it, each between blanks
  Parsed (*parse)(std::string_view rest);
};

template <class Command>
Parsed with_text(std::string_view rest) {
  return Command{std::string{rest}};
}

constexpr std::array verbs{
    Verb{"list", "list", "", [](std::string_view) -> Parsed { return List{}; }},
    Verb{"start", start_form, " new plan ", start},
    Verb{"status", "status [NUMBER]", " show ", with_text<rollout_command::Status>},
    Verb{"record", "record [NUMBER]", " report results ", with_text<rollout_command::Record>},
    Verb{"advance", "advance [NUMBER] [REASON]", " next begin ", with_text<Advance>},
    Verb{"hold", "hold [NUMBER] [REASON]", " pause stop ", with_text<Hold>},
    Verb{"resume", "resume [NUMBER] [REASON]", " continue ", with_text<Resume>},
    Verb{"rollback", "rollback [NUMBER] [REASON]", " off kill revert ", with_text<Rollback>},
    Verb{"help", "help", " hjelp ", [](std::string_view) -> Parsed { return Help{}; }},
};

}  // namespace

std::expected<RolloutCommand, CommandError> parse_rollout_command(std::string_view text) {
  const auto typed = tidy(text);
  std::string_view rest = typed;
  if (rest.empty()) return List{};
  const auto first = take_word(rest);
  auto word = keyword(first);
  // "roll back 3"
  if (word == "roll")
    if (auto after = rest; keyword(take_word(after)) == "back") {
      rest = after;
      word = "rollback";
    }
  const auto between = " " + word + " ";
  const auto* const verb = std::ranges::find_if(
      verbs, [&](const Verb& one) { return one.word == word || one.also.find(between) != std::string_view::npos; });
  if (verb == verbs.end()) {
    const auto* const near = nearest(verbs, word, &Verb::word);
    return std::unexpected(CommandError{CommandFault::unknown, shortened(first, 40),
                                        near == verbs.end() ? "help" : std::string{near->form}});
  }
  return verb->parse(rest);
}

FirstWord first_word(std::string_view text) {
  auto rest = text.substr(std::min(text.find_first_not_of(" \t\n"), text.size()));
  if (const auto quoted = take_quoted(rest)) return {readable(*quoted, {}), std::string{rest}};
  const auto word = take_word(rest);
  return {readable(word, {}), std::string{rest}};
}

rollout::GoNoGo parse_go(std::string_view line) {
  const auto colon = std::min(line.find(':'), line.size());
  return {.discipline = tidy(line.substr(0, colon)), .by = tidy(line.substr(std::min(colon + 1, line.size())))};
}

}  // namespace vakt
