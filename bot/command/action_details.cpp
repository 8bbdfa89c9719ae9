#include "bot/command/action_details.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "bot/actions/due_date.hpp"
#include "bot/command/typed_words.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using action_command::Details;
using action_command::Person;
using Words = std::vector<std::string_view>;

constexpr std::array<std::string_view, 3> options{"--kind", "--priority", "--team"};
constexpr std::string_view kind_form = "--kind prevent|mitigate|detect|process";
constexpr std::string_view priority_form = "--priority sev1|sev2|sev3|sev4";

CommandError bad(std::string_view word, std::string_view form) {
  return {CommandFault::bad_value, shortened(word, 40), std::string{form}};
}

// What Slack made of a mention or an address is one word, spaces and all.
Words words_of(std::string_view text) {
  Words words;
  while (true) {
    const auto start = text.find_first_not_of(" \n");
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    auto end = text.find_first_of(" \n");
    if (text.starts_with('<'))
      if (const auto close = text.find_first_of("<>", 1); close != std::string_view::npos && text[close] == '>')
        end = text.find_first_of(" \n", close);
    end = std::min(end, text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
}

std::string joined(Words::const_iterator from, Words::const_iterator to) {
  std::string out;
  for (; from != to; ++from) {
    if (!out.empty()) out += ' ';
    out += *from;
  }
  return out;
}

std::optional<CommandError> take_option(Details& details, std::string_view option, std::string_view value) {
  if (option == "--kind") {
    details.kind = kind_word(value);
    if (details.kind == action::Kind::unset) return bad(value, kind_form);
  } else if (option == "--priority") {
    details.priority = priority_word(value);
    if (details.priority == Severity::unset) return bad(value, priority_form);
  } else {
    if (value.empty()) return bad(option, "--team NAME");
    details.team = std::string{value};
  }
  return std::nullopt;
}

// Options wherever they stand after the first word; what only looks like one is part of the title.
std::optional<CommandError> take_options(Words& words, std::size_t first, Details& details) {
  for (auto word = words.begin() + static_cast<std::ptrdiff_t>(std::min(first, words.size())); word != words.end();) {
    const auto typed = keyword(*word);
    auto name = typed.substr(0, typed.find('='));
    if (name == "--prio" || name == "--severity") name = "--priority";
    if (!name.starts_with("--") || name.size() < 5) {
      ++word;
      continue;
    }
    if (std::ranges::find(options, name) == options.end()) {
      const auto* const near =
          std::ranges::find_if(options, [&](std::string_view option) { return edit_distance(name, option) <= 1; });
      if (near == options.end()) {
        ++word;
        continue;
      }
      return bad(*word, *near == "--kind" ? kind_form : *near == "--team" ? "--team NAME" : priority_form);
    }
    const bool joined_value = typed.size() > name.size() && typed.find('=') != std::string::npos;
    const auto next = word + 1;
    std::string value = joined_value ? typed.substr(typed.find('=') + 1) : std::string{};
    if (!joined_value && next != words.end()) value = std::string{*next};
    if (auto wrong = take_option(details, name, value)) return wrong;
    word = words.erase(word, joined_value || next == words.end() ? next : next + 1);
  }
  return std::nullopt;
}

// The last one mentioned; a real mention before a name that is only typed. The first word of a title is an owner only
// where it surely is one.
void take_owner(Words& words, std::size_t first, Details& details) {
  for (const bool mentions : {true, false})
    for (auto i = words.size(); i-- > (mentions && words.size() > 1 ? 0 : first);) {
      const auto person = words[i].starts_with('@') || words[i].starts_with('<') ? person_from(words[i]) : std::nullopt;
      if (!person || person->user.empty() == mentions) continue;
      details.owner = person;
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
}

bool is_due_word(std::string_view word) {
  const auto typed = keyword(word);
  return typed == "due" || typed == "due:" || typed == "frist" || typed == "frist:";
}

// "due DATE" as the last words. Words that are no date and do not mean to be one are the title's.
std::optional<CommandError> take_due(Words& words, std::size_t first, Details& details, std::string_view form) {
  for (auto i = words.size(); i-- > first;) {
    if (!is_due_word(words[i])) continue;
    const auto due = words.begin() + static_cast<std::ptrdiff_t>(i);
    if (due + 1 == words.end()) return std::nullopt;
    auto date = joined(due + 1, words.end());
    if (action::due_error(date)) {
      if (!action::resembles_due(date)) return std::nullopt;
      return wrong_date(date, form);
    }
    details.due = std::move(date);
    words.erase(due, words.end());
    return std::nullopt;
  }
  return std::nullopt;
}

std::optional<CommandError> take_all(Words& words, std::size_t first, Details& details, std::string_view form) {
  if (auto wrong = take_options(words, first, details)) return wrong;
  take_owner(words, first, details);
  return take_due(words, first, details, form);
}

bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80U || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
         c == '-' || c == '_';
}

}  // namespace

std::optional<Person> person_from(std::string_view word) {
  while (!word.empty() && (word.ends_with(',') || word.ends_with('.') || word.ends_with(':') || word.ends_with(';')))
    word.remove_suffix(1);
  if (auto user = mentioned_user(word); !user.empty()) return Person{.user = std::move(user)};
  const auto typed = keyword(word);
  if (typed == "me" || typed == "@me" || typed == "meg" || typed == "@meg") return Person{.me = true};
  if (!word.starts_with('@') || word.size() < 3 || !std::ranges::all_of(word.substr(1), is_name_byte))
    return std::nullopt;
  if (typed == "@here" || typed == "@channel" || typed == "@everyone") return std::nullopt;
  return Person{.name = std::string{word.substr(1)}};
}

action::Kind kind_word(std::string_view word) {
  const auto typed = keyword(word);
  for (const auto kind : {action::Kind::prevent, action::Kind::mitigate, action::Kind::detect, action::Kind::process})
    if (typed.size() >= 4 && action::name(kind).starts_with(typed)) return kind;
  return action::Kind::unset;
}

Severity priority_word(std::string_view word) {
  const auto typed = keyword(word);
  return severity_from(typed.size() == 1 ? "sev" + typed : typed).value_or(Severity::unset);
}

CommandError wrong_date(std::string_view typed, std::string_view form) {
  const auto error = action::due_error(typed);
  std::string right{form};
  const bool several = error && error->form.find(", ") != std::string::npos;  // what is typed has to be one of them
  if (const auto at = right.find("DATE"); error && at != std::string::npos)
    right.replace(at, 4, several ? std::string{"+1w"} : error->form);
  return {CommandFault::bad_date, shortened(typed, 40), right};
}

std::expected<TitledDetails, CommandError> parse_action_details(std::string_view text, std::string_view form) {
  TitledDetails out;
  auto after = text;
  if (const auto quoted = take_quoted(after); quoted && !quoted->empty()) {
    auto words = words_of(after);
    Details details;
    if (auto wrong = take_all(words, 0, details, form)) return std::unexpected(std::move(*wrong));
    if (words.empty()) return TitledDetails{std::string{*quoted}, std::move(details)};
  }
  auto words = words_of(text);
  if (auto wrong = take_all(words, 1, out.details, form)) return std::unexpected(std::move(*wrong));
  out.title = joined(words.begin(), words.end());
  return out;
}

}  // namespace vakt
