#include "bot/command/command.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "bot/actions/due_date.hpp"
#include "bot/command/nearest_form.hpp"
#include "bot/command/norwegian_words.hpp"
#include "bot/command/typed_words.hpp"
#include "bot/record/record.hpp"
#include "bot/spelling.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using Parsed = std::expected<IncidentCommand, CommandError>;

// A time, whatever dash stands before its minutes ("–10m").
std::optional<TypedTime> time_of(std::string_view words) {
  auto typed = as_typed(words);
  replace_all(typed, "--", "-");
  return parse_time(typed);
}

std::unexpected<CommandError> wrong(CommandFault fault, std::string_view word, std::string_view form) {
  return std::unexpected(CommandError{fault, shortened(word, 40), std::string{form}});
}

Severity severity_word(std::string_view word) {
  const auto text = keyword(word);
  const auto bare = text.size() == 1 ? "sev" + text : text;
  const auto severity = severity_from(bare);
  return severity && *severity != Severity::unset ? *severity : Severity::unset;
}

// "sev1", or "sev 1"; unset, and nothing taken, where neither stands there.
Severity take_severity(std::string_view& text) {
  auto after = text;
  const auto word = keyword(take_word(after));
  const auto severity = word == "sev"             ? severity_word(take_word(after))
                        : word.starts_with("sev") ? severity_word(word)
                                                  : Severity::unset;
  if (severity != Severity::unset) text = after;
  return severity;
}

Parsed declare(std::string_view rest, bool test) {
  command::Declare out{.test = test};
  for (bool more = true; more;) {
    auto after = rest;
    more = false;
    if (!out.here && keyword(take_word(after)) == "here") {
      out.here = more = true;
      rest = after;
    } else if (out.severity == Severity::unset) {
      out.severity = take_severity(rest);
      more = out.severity != Severity::unset;
    }
  }
  out.title = std::string{rest};
  return out;
}

Parsed severity(std::string_view rest) {
  const auto word = take_word(rest);
  static constexpr std::string_view form = "severity sev1|sev2|sev3|sev4";
  if (word.empty()) return wrong(CommandFault::needs_text, {}, form);
  const auto chosen = severity_word(word);
  if (chosen == Severity::unset) return wrong(CommandFault::bad_value, word, form);
  return command::SetSeverity{chosen};
}

Parsed role(std::string_view rest, std::string name) {
  const auto word = take_word(rest);
  const auto user = mentioned_user(word);
  if (!word.empty() && keyword(word) != "me" && user.empty())
    return wrong(CommandFault::bad_value, word, name == "lead" ? "lead @user" : "role " + name + " @user");
  return command::AssignRole{std::move(name), user};
}

Parsed status(std::string_view rest) {
  static constexpr std::string_view form = "status investigating|identified|monitoring";
  const auto typed = keyword(take_word(rest));
  if (typed.empty()) return wrong(CommandFault::needs_text, {}, form);
  const auto word = in_english(typed);
  for (const auto phase : {Phase::investigating, Phase::identified, Phase::monitoring})
    if (word.size() >= 3 && name(phase).starts_with(word)) return command::SetPhase{phase};
  if (word == "resolved" || word == "resolve") return command::Resolve{std::string{rest}};
  if (word == "cause") return command::SetPhase{Phase::identified};  // "årsak funnet"
  return wrong(CommandFault::bad_value, typed, form);
}

// 2015 at the head of a note is a year more often than a quarter past eight: with its colon it is a time.
bool looks_like_a_year(std::string_view word) { return word.size() == 4 && word.starts_with("20"); }

Parsed note(std::string_view rest) {
  command::Note out;
  auto after = rest;
  auto first = take_word(after);
  if (auto then = after; keyword(first) == "kl" || keyword(first) == "kl.")
    if (const auto clock = take_word(then); time_of(clock)) {  // Norwegian: "kl 04:00"
      first = clock;
      after = then;
    }
  auto after_clock = after;
  const auto second = take_word(after_clock);
  if (const auto dated = time_of(std::string{first} + " " + std::string{second}); dated && first.size() >= 10) {
    out.when = dated;
    rest = after_clock;
  } else if (const auto time = time_of(first); time && !after.empty() && !looks_like_a_year(first)) {
    out.when = time;
    rest = after;
  }
  if (rest.empty()) return wrong(CommandFault::needs_text, "note", "note [TIME] TEXT");
  out.text = std::string{rest};
  return out;
}

constexpr std::array<std::pair<std::string_view, Marker>, 9> marker_words{{{"downtime-start", Marker::downtime_start},
                                                                           {"down", Marker::downtime_start},
                                                                           {"event-start", Marker::event_start},
                                                                           {"fixed", Marker::problem_fixed},
                                                                           {"problem-fixed", Marker::problem_fixed},
                                                                           {"downtime-end", Marker::downtime_end},
                                                                           {"up", Marker::downtime_end},
                                                                           {"event-end", Marker::event_end},
                                                                           {"end", Marker::event_end}}};

std::optional<Marker> marker_named(std::string word) {
  replace_all(word, "--", "-");
  std::ranges::replace(word, '_', '-');
  const auto found = std::ranges::find(marker_words, in_english(word), &std::pair<std::string_view, Marker>::first);
  return found == marker_words.end() ? std::nullopt : std::optional{found->second};
}

Parsed mark(std::string_view rest) {
  static constexpr std::string_view form = "mark downtime-start|event-start|fixed|downtime-end|event-end [TIME]";
  const auto typed = take_word(rest);
  if (typed.empty()) return wrong(CommandFault::needs_text, {}, form);
  auto word = keyword(typed);
  auto marker = marker_named(word);
  // In two words, as it is shown: "mark downtime start".
  auto after = rest;
  const auto both = word + "-" + keyword(take_word(after));
  if (const auto named = marker_named(both); named && !marker) {
    marker = named;
    word = both;
    rest = after;
  }
  if (!marker) return wrong(CommandFault::bad_value, typed, form);
  command::Mark out{.marker = *marker};
  if (rest.empty()) return out;
  out.when = time_of(rest);
  if (!out.when) return wrong(CommandFault::bad_value, rest, "mark " + word + " 09:20");
  return out;
}

constexpr std::string_view postmortem_forms = "postmortem [oslo|nav] | publish URL | owner @user | due DATE";

Parsed publish(std::string_view rest) {
  static constexpr std::string_view form = "postmortem publish https://…";
  if (rest.empty()) return wrong(CommandFault::needs_text, {}, form);
  const auto url = typed_url(rest);
  if (url.empty()) return wrong(CommandFault::bad_value, rest, form);
  return command::PublishPostmortem{url};
}

Parsed postmortem_due(std::string_view rest) {
  if (rest.empty()) return wrong(CommandFault::needs_text, {}, "postmortem due DATE");
  if (const auto error = action::due_error(rest))
    return wrong(CommandFault::bad_value, rest, "postmortem due " + error->form);
  return command::PostmortemDue{std::string{rest}};
}

Parsed postmortem(std::string_view rest) {
  const auto typed = take_word(rest);
  const auto word = keyword(typed);
  if (word == "publish" || word == "published") return publish(rest);
  if (word == "due") return postmortem_due(rest);
  if (word == "owner") {
    const auto who = take_word(rest);
    const auto user = mentioned_user(who);
    if (!who.empty() && keyword(who) != "me" && user.empty())
      return wrong(CommandFault::bad_value, who, "postmortem owner @user");
    return command::OwnPostmortem{user};
  }
  if (!typed_url(typed).empty()) return wrong(CommandFault::bad_value, typed, "postmortem publish URL");
  if (!rest.empty() || (!word.empty() && word != "oslo" && word != "nav"))
    return wrong(CommandFault::bad_value, typed, postmortem_forms);
  return command::Postmortem{word};
}

Parsed text_needed(IncidentCommand command, std::string_view rest, std::string_view form) {
  if (rest.empty()) return wrong(CommandFault::needs_text, {}, form);
  return command;
}

struct Word {
  std::string_view word;
  std::string_view form;  // shown to people
  Parsed (*parse)(std::string_view rest);
};

template <class Command>
Parsed plain(std::string_view) {
  return Command{};
}

constexpr std::array words{
    Word{"declare", "declare [sev1..sev4] TITLE", [](std::string_view r) { return declare(r, false); }},
    Word{"open", "declare [sev1..sev4] TITLE", [](std::string_view r) { return declare(r, false); }},
    Word{"new", "declare [sev1..sev4] TITLE", [](std::string_view r) { return declare(r, false); }},
    Word{"test", "test TITLE", [](std::string_view r) { return declare(r, true); }},
    Word{"update", "update TEXT", [](std::string_view r) -> Parsed { return command::Update{std::string{r}}; }},
    Word{"severity", "severity sev1|sev2|sev3|sev4", severity},
    Word{"sev", "severity sev1|sev2|sev3|sev4", severity},
    Word{"lead", "lead @user", [](std::string_view r) { return role(r, "lead"); }},
    Word{"role", "role NAME @user",
         [](std::string_view r) -> Parsed {
           const auto name = keyword(take_word(r));
           if (name.empty() || name.starts_with('<')) return wrong(CommandFault::needs_text, name, "role NAME @user");
           return role(r, shortened(name, 40));
         }},
    Word{"status", "status investigating|identified|monitoring", status},
    Word{"team", "team NAME",
         [](std::string_view r) { return text_needed(command::SetTeam{std::string{r}}, r, "team NAME"); }},
    Word{"note", "note [TIME] TEXT", note},
    Word{"mark", "mark down|up|fixed|event-start|event-end [TIME]", mark},
    Word{"resolve", "resolve [TEXT]", [](std::string_view r) -> Parsed { return command::Resolve{std::string{r}}; }},
    Word{"close", "resolve [TEXT]", [](std::string_view r) -> Parsed { return command::Resolve{std::string{r}}; }},
    Word{"reopen", "reopen [TEXT]", [](std::string_view r) -> Parsed { return command::Reopen{std::string{r}}; }},
    Word{"cancel", "cancel REASON",
         [](std::string_view r) { return text_needed(command::Cancel{std::string{r}}, r, "cancel REASON"); }},
    Word{"postmortem", "postmortem [oslo|nav]", postmortem},
    Word{"post-mortem", "postmortem [oslo|nav]", postmortem},
    Word{"list", "list", plain<command::List>},
    Word{"who", "who", plain<command::Who>},
    Word{"timeline", "timeline", plain<command::Timeline>},
    Word{"help", "help", plain<command::Help>},
};

std::string nearest(std::string_view typed) {
  std::vector<KnownWord> known;
  known.reserve(words.size() + field_names.size() + marker_words.size());
  for (const auto& word : words) known.push_back({word.word, std::string{word.form}});
  for (const auto field : field_names) known.push_back({field, std::string{field} + " TEXT"});
  for (const auto& [word, marker] : marker_words)
    known.push_back({word, "mark " + std::string{word}, word.size() <= 4});
  if (!mentioned_user(typed).empty()) return "lead @user";
  if (time_of(typed)) return "note " + std::string{typed} + " TEXT";
  return nearest_form(keyword(typed), known);
}

Parsed parse(std::string_view text) {
  if (text.empty()) return command::Menu{};
  auto rest = text;
  const auto typed = take_word(rest);
  const auto lower = keyword(typed);
  const std::string first{in_english(lower)};
  if (const auto found = std::ranges::find(words, std::string_view{first}, &Word::word); found != words.end())
    return found->parse(rest);
  if (std::ranges::find(field_names, first) != field_names.end())
    return text_needed(command::SetField{first, std::string{rest}}, rest, first + " TEXT");
  // With a title behind it, it is a new incident; alone, the severity of this one.
  if (!rest.empty() && first.starts_with("sev") && severity_word(first) != Severity::unset)
    return wrong(CommandFault::unknown, typed, "declare " + first + " TITLE");
  return wrong(CommandFault::unknown, typed, nearest(typed));
}

}  // namespace

std::expected<ParsedCommand, CommandError> parse_incident_command(std::string_view text) {
  const auto typed = tidy(text);
  std::string_view rest = typed;
  ParsedCommand out;
  auto after = rest;
  const auto first = take_word(after);
  if (!first.empty() && first.size() <= 9 && std::ranges::all_of(first, [](char c) { return c >= '0' && c <= '9'; })) {
    out.number = std::stoll(std::string{first});
    rest = after;
  }
  auto parsed = parse(rest);
  if (!parsed) return std::unexpected(std::move(parsed.error()));
  out.command = std::move(*parsed);
  return out;
}

}  // namespace vakt
