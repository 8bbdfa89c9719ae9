#include "bot/command/action_command.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bot/actions/card_link.hpp"
#include "bot/actions/due_date.hpp"
#include "bot/command/action_details.hpp"
#include "bot/command/typed_words.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using action_command::ItemRef;
using Parsed = std::expected<ActionCommand, CommandError>;

std::unexpected<CommandError> wrong(CommandFault fault, std::string_view word, std::string_view form) {
  return std::unexpected(CommandError{fault, shortened(word, 40), std::string{form}});
}

std::string_view address_in(std::string_view word) {
  if (word.starts_with('<') && word.ends_with('>')) word = word.substr(1, word.size() - 2);
  return word.substr(0, word.find('|'));
}

bool is_label(std::string_view word) {
  const auto digits = word.find_first_of("0123456789");
  return digits != std::string_view::npos && digits > 0 && word.size() <= 40 &&
         word.substr(digits).find_first_not_of("0123456789") == std::string_view::npos &&
         std::ranges::all_of(word.substr(0, digits), [](char c) {
           return static_cast<unsigned char>(c) >= 0x80U || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

std::optional<ItemRef> item_from(std::string_view word) {
  if (const auto link = action::short_link_in(address_in(word))) return ItemRef{.short_link = *link};
  if (const auto id = typed_number(word); id && *id > 0) return ItemRef{.id = *id};
  if (is_label(word)) return ItemRef{.label = std::string{word}};
  return std::nullopt;
}

struct Verb {
  std::string_view word;
  std::string_view form;  // shown to people
  Parsed (*parse)(std::string_view rest, std::string_view form);
  std::string_view also{};  // other words for it, each between spaces
};

// Every command that begins with an item: the item, what follows it, and the right form with that item in it.
template <class Then>
Parsed of_item(std::string_view rest, std::string_view form, const Then& then) {
  constexpr std::string_view some = "ID";
  const auto word = take_word(rest);
  if (word.empty()) return wrong(CommandFault::needs_text, {}, form);
  auto item = item_from(word);
  if (!item) return wrong(CommandFault::bad_value, word, form);
  std::string its{form};
  if (const auto at = its.find(some); at != std::string::npos) its.replace(at, some.size(), address_in(word));
  return then(std::move(*item), rest, std::string_view{its});
}

template <class Command>
Parsed item_alone(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view more, std::string_view its) -> Parsed {
    if (!more.empty()) return wrong(CommandFault::bad_value, more, its);
    return Command{std::move(item)};
  });
}

template <class Command>
Parsed item_and_text(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view text, std::string_view its) -> Parsed {
    if (text.empty()) return wrong(CommandFault::needs_text, {}, its);
    return Command{std::move(item), std::string{text}};
  });
}

Parsed add(std::string_view rest, std::string_view form) {
  auto details = parse_action_details(rest, form);
  if (!details) return std::unexpected(std::move(details.error()));
  return action_command::Add{std::move(details->title), std::move(details->details)};
}

Parsed link(std::string_view rest, std::string_view form) {
  const auto word = take_word(rest);
  if (word.empty()) return wrong(CommandFault::needs_text, {}, form);
  auto what = item_from(word);
  if (const auto bare = address_in(word); (!what || !what->label.empty()) && action::is_short_link(bare))
    what = ItemRef{.short_link = std::string{bare}};
  if (!what) return wrong(CommandFault::bad_value, address_in(word), form);
  // A word of no meaning in front: nothing of what follows is taken for the beginning of a title.
  auto details = parse_action_details("link " + std::string{rest}, form);
  if (!details) return std::unexpected(std::move(details.error()));
  if (details->title != "link") return wrong(CommandFault::bad_value, details->title.substr(5), form);
  return action_command::Link{std::move(*what), std::move(details->details)};
}

Parsed list(std::string_view rest, std::string_view form) {
  using action_command::Which;
  const auto typed = keyword(rest);
  if (typed.empty() || typed == "open") return action_command::List{};
  if (typed == "mine" || typed == "my" || typed == "me" || typed == "mitt") return action_command::List{Which::mine};
  if (typed == "overdue" || typed == "late") return action_command::List{Which::overdue};
  if (typed == "all") return action_command::List{Which::all};
  return wrong(CommandFault::bad_value, rest, form);
}

Parsed owner(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view who, std::string_view its) -> Parsed {
    const auto typed = keyword(who);
    if (typed.empty()) return wrong(CommandFault::needs_text, {}, its);
    if (typed == "none" || typed == "nobody" || typed == "ingen" || typed == "-")
      return action_command::Owner{std::move(item), {}};
    const auto person = person_from(who);
    if (!person) return wrong(CommandFault::bad_value, who, its);
    return action_command::Owner{std::move(item), *person};
  });
}

Parsed due(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view date, std::string_view its) -> Parsed {
    const auto typed = keyword(date);
    if (typed.empty()) return wrong(CommandFault::needs_text, {}, its);
    if (typed == "none" || typed == "never" || typed == "ingen" || typed == "-")
      return action_command::Due{std::move(item), {}};
    if (action::due_error(date)) return std::unexpected(wrong_date(date, its));
    return action_command::Due{std::move(item), std::string{date}};
  });
}

// As many words as make a date; the reason is the rest.
Parsed snooze(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view text, std::string_view its) -> Parsed {
    if (text.empty()) return wrong(CommandFault::needs_text, {}, its);
    action_command::Snooze out{.item = std::move(item)};
    auto after = text;
    for (int words = 0; words < 4 && !after.empty(); ++words) {
      take_word(after);
      auto until = text.substr(0, text.size() - after.size());
      until = until.substr(0, until.find_last_not_of(" \n") + 1);
      if (action::due_error(until)) continue;
      out.until = std::string{until};
      out.reason = std::string{after};
    }
    auto first = text;
    if (out.until.empty()) return std::unexpected(wrong_date(take_word(first), its));
    if (out.reason.empty()) return wrong(CommandFault::needs_text, {}, its);
    return out;
  });
}

Parsed priority(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view word, std::string_view its) -> Parsed {
    const auto chosen = priority_word(word);
    if (chosen == Severity::unset) return wrong(CommandFault::bad_value, word, its);
    return action_command::SetPriority{std::move(item), chosen};
  });
}

Parsed kind(std::string_view rest, std::string_view form) {
  return of_item(rest, form, [](ItemRef item, std::string_view word, std::string_view its) -> Parsed {
    const auto chosen = kind_word(word);
    if (chosen == action::Kind::unset) return wrong(CommandFault::bad_value, word, its);
    return action_command::SetKind{std::move(item), chosen};
  });
}

using namespace action_command;
constexpr std::array verbs{
    Verb{"add", "add TITLE [@owner] [due DATE]", add, " new create todo "},
    Verb{"link", "link CARD-URL [@owner] [due DATE]", link, " adopt "},
    Verb{"list", "list [mine|overdue|all]", list, " show ls "},
    Verb{"done", "done ID", item_alone<Done>, " close complete finish finished ferdig "},
    Verb{"wontdo", "wontdo ID REASON", item_and_text<WontDo>, " wont-do won't wont cancel drop "},
    Verb{"reopen", "reopen ID", item_alone<Reopen>, " undone unarchive "},
    Verb{"owner", "owner ID @user", owner, " assign give "},
    Verb{"due", "due ID DATE", due, " frist deadline "},
    Verb{"snooze", "snooze ID DATE REASON", snooze, " later postpone utsett "},
    Verb{"title", "title ID TEXT", item_and_text<Title>, " rename "},
    Verb{"priority", "priority ID sev1|sev2|sev3|sev4", priority, " prio severity "},
    Verb{"kind", "kind ID prevent|mitigate|detect|process", kind, " type "},
    Verb{"team", "team ID NAME", item_and_text<SetTeam>},
    Verb{"card", "card ID", item_alone<MakeCard>, " push "},
    Verb{"help", "help", [](std::string_view, std::string_view) -> Parsed { return Help{}; }, " hjelp "},
};

const Verb* verb_named(std::string_view word) {
  const auto between = " " + std::string{word} + " ";
  const auto* const found = std::ranges::find_if(
      verbs, [&](const Verb& verb) { return verb.word == word || verb.also.find(between) != std::string_view::npos; });
  return found == verbs.end() || word.empty() ? nullptr : found;
}

// The nearest word's; a number first and then what to do; else a title that misses its "add".
std::string meant(std::string_view typed, std::string_view rest) {
  if (item_from(typed))
    if (const auto* verb = verb_named(keyword(take_word(rest)))) return std::string{verb->form};
  if (const auto* near = nearest(verbs, typed, &Verb::word); near != verbs.end()) return std::string{near->form};
  return std::string{rest.empty() ? "help" : verbs.front().form};
}

}  // namespace

std::expected<ActionCommand, CommandError> parse_action_command(std::string_view text) {
  const auto typed = tidy(text);
  std::string_view rest = typed;
  if (rest.empty()) return List{};
  const auto first = take_word(rest);
  const auto word = keyword(first);
  if ((word == "mine" || word == "overdue" || word == "all") && rest.empty()) return list(word, {});
  // "won't do 12 moot", "wont do 12 moot"
  if (word == "won't" || word == "wont")
    if (auto after = rest; keyword(take_word(after)) == "do") rest = after;
  const auto* verb = verb_named(word);
  if (!verb) return wrong(CommandFault::unknown, first, meant(word, rest));
  return verb->parse(rest, verb->form);
}

}  // namespace vakt
