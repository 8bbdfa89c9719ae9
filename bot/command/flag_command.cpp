#include "bot/command/flag_command.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "bot/command/typed_words.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using Parsed = std::expected<FlagCommand, CommandError>;

constexpr auto longest_duration = std::chrono::minutes{30 * 24 * 60};

std::unexpected<CommandError> wrong(CommandFault fault, std::string_view word, std::string_view form) {
  return std::unexpected(CommandError{fault, shortened(word, 40), std::string{form}});
}

struct Word {
  std::string text;
  bool quoted = false;  // meant as it stands: never a command word, an option or "for"
};

// Slack shows what looks like an address as a link: <http://a.no|a.no>. The name is what was typed.
std::string unlinked(std::string_view word) {
  if (word.starts_with('<') && word.ends_with('>')) {
    word = word.substr(1, word.size() - 2);
    if (const auto bar = word.find('|'); bar != std::string_view::npos) word = word.substr(bar + 1);
  }
  std::string out;
  for (std::size_t i = 0; i < word.size();) {
    const auto rest = word.substr(i);
    if (rest.starts_with("&amp;"))
      out += '&', i += 5;
    else if (rest.starts_with("&lt;"))
      out += '<', i += 4;
    else if (rest.starts_with("&gt;"))
      out += '>', i += 4;
    else
      out += word[i++];
  }
  return out;
}

std::vector<Word> words_of(std::string_view text) {
  std::vector<Word> words;
  while (true) {
    const auto start = text.find_first_not_of(" \t\n");
    if (start == std::string_view::npos) return words;
    text.remove_prefix(start);
    if (const auto quoted = take_quoted(text)) {
      words.push_back({unlinked(*quoted), true});
      continue;
    }
    const auto end = std::min(text.find_first_of(" \t\n"), text.size());
    words.push_back({unlinked(text.substr(0, end)), false});
    text.remove_prefix(end);
  }
}

// "--provider P" taken out, wherever it stands; phones write dashes for "--". What follows a lone "--" is meant as it
// is.
std::expected<std::string, CommandError> take_provider(std::vector<Word>& words, std::string_view form) {
  std::string provider;
  for (auto word = words.begin(); word != words.end();) {
    auto text = word->text;
    for (const std::string_view dash : {"—", "–"})
      if (text.starts_with(dash)) text.replace(0, dash.size(), "--");
    if (word->quoted || !text.starts_with("--")) {
      ++word;
    } else if (text == "--") {
      word = words.erase(word);
      for (; word != words.end(); ++word) word->quoted = true;
    } else if (lower(text) == "--provider" && word + 1 != words.end()) {
      provider = (word + 1)->text;
      word = words.erase(word, word + 2);
    } else {
      return wrong(CommandFault::bad_value, text, form);
    }
  }
  return provider;
}

struct Arguments {
  std::vector<Word> words;
  std::string provider;
};

std::optional<int> percentage(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > 100) return {};
  return value;
}

Parsed change(Arguments arguments, flag::Action action, std::string_view form) {
  auto& words = arguments.words;
  flag_command::Change out{.action = action, .provider = std::move(arguments.provider)};
  if (words.empty()) return wrong(CommandFault::needs_text, {}, form);
  out.name = words.front().text;
  words.erase(words.begin());
  if (action == flag::Action::percent) {
    if (words.empty()) return wrong(CommandFault::needs_text, {}, form);
    const auto percent = percentage(words.front().text);
    if (!percent) return wrong(CommandFault::bad_value, words.front().text, form);
    out.percent = *percent;
    words.erase(words.begin());
    if (!words.empty() && words.front().text == "%") words.erase(words.begin());
  }
  if (!words.empty() && (words.front().quoted || lower(words.front().text) != "for")) {
    out.environment = words.front().text;
    words.erase(words.begin());
  }
  if (!words.empty() && !words.front().quoted && lower(words.front().text) == "for" && action != flag::Action::off) {
    std::string typed;
    for (std::size_t i = 1; i < words.size(); ++i) typed += words[i].text;
    out.duration = parse_duration(typed);
    if (!out.duration) return wrong(CommandFault::bad_value, typed, form);
    return out;
  }
  if (!words.empty()) return wrong(CommandFault::bad_value, words.front().text, form);
  return out;
}

struct Verb {
  std::string_view word;
  std::string_view form;  // shown to people; empty: another word for one that is
  Parsed (*parse)(Arguments&&, std::string_view form);
};

template <class Command>
Parsed with_name(Arguments&& arguments, std::string_view form) {
  if (arguments.words.empty()) return wrong(CommandFault::needs_text, {}, form);
  if (arguments.words.size() > 1) return wrong(CommandFault::bad_value, arguments.words[1].text, form);
  return Command{arguments.words.front().text, std::move(arguments.provider)};
}

constexpr std::string_view off_form = "off NAME [ENVIRONMENT]";
constexpr std::string_view on_form = "on NAME [ENVIRONMENT] [for 30m]";
constexpr std::string_view percent_form = "percent NAME N [ENVIRONMENT]";

Parsed off(Arguments&& a, std::string_view) { return change(std::move(a), flag::Action::off, off_form); }
Parsed on(Arguments&& a, std::string_view) { return change(std::move(a), flag::Action::on, on_form); }

Parsed help(Arguments&&, std::string_view) { return flag_command::Help{}; }

constexpr std::array verbs{
    Verb{"off", off_form, off},
    Verb{"kill", "", off},
    Verb{"disable", "", off},
    Verb{"av", "", off},
    Verb{"on", on_form, on},
    Verb{"enable", "", on},
    Verb{"på", "", on},
    Verb{"percent", percent_form,
         [](Arguments&& a, std::string_view form) { return change(std::move(a), flag::Action::percent, form); }},
    Verb{"undo", "undo NAME", with_name<flag_command::Undo>},
    Verb{"status", "status NAME", with_name<flag_command::Status>},
    Verb{"list", "list [TEXT]",
         [](Arguments&& a, std::string_view) -> Parsed {
           return flag_command::List{a.words.empty() ? std::string{} : a.words.front().text};
         }},
    Verb{"history", "history [NAME]",
         [](Arguments&& a, std::string_view) -> Parsed {
           return flag_command::History{a.words.empty() ? std::string{} : a.words.front().text};
         }},
    Verb{"lint", "lint", [](Arguments&&, std::string_view) -> Parsed { return flag_command::Lint{}; }},
    Verb{"help", "help", help},
    Verb{"hjelp", "help", help},
};

std::string_view form_of(const Verb& verb) {
  return !verb.form.empty() ? verb.form : verb.parse == on ? on_form : off_form;
}

}  // namespace

std::optional<std::chrono::minutes> parse_duration(std::string_view text) {
  std::int64_t amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc{} || amount <= 0 || amount > longest_duration.count()) return {};
  auto unit = lower(std::string_view{end, static_cast<std::size_t>(text.data() + text.size() - end)});
  std::erase(unit, ' ');
  std::int64_t minutes = 0;
  if (unit == "m" || unit == "min" || unit == "minutes" || unit == "minutter")
    minutes = 1;
  else if (unit == "h" || unit == "t" || unit == "hours" || unit == "timer")
    minutes = 60;
  else if (unit == "d" || unit == "days" || unit == "dager")
    minutes = std::int64_t{24} * 60;
  const std::chrono::minutes duration{amount * minutes};
  if (minutes == 0 || duration > longest_duration) return {};
  return duration;
}

std::expected<FlagCommand, CommandError> parse_flag_command(std::string_view text) {
  auto words = words_of(tidy(text));
  if (words.empty()) return flag_command::Recent{};
  const auto typed = lower(words.front().text);
  const auto verb = std::ranges::find(verbs, std::string_view{typed}, &Verb::word);
  if (verb == verbs.end() || words.front().quoted) {
    const auto* const near = nearest(verbs, typed, &Verb::word);
    return wrong(CommandFault::unknown, typed, std::string{near == verbs.end() ? "help" : form_of(*near)});
  }
  words.erase(words.begin());
  const auto form = form_of(*verb);
  auto provider = take_provider(words, form);
  if (!provider) return std::unexpected(std::move(provider.error()));
  return verb->parse({std::move(words), std::move(*provider)}, form);
}

}  // namespace vakt
