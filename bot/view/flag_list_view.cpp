// Lists of flags and of what happened to them.
#include <algorithm>

#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/flag_view.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t rows_shown = 12, names_shown = 30, findings_shown = 25;

// A person in Slack for our own orders, else whatever the service calls them.
std::string who(const std::string& by) { return by.empty() ? std::string{"?"} : person(shortened(by, 60)); }

std::string more(const FlagTexts& t, std::size_t all, std::size_t shown) {
  return all > shown ? "\n" + fill(t.more, {std::to_string(all - shown)}) : "";
}

std::string finding_line(const FlagTexts& t, const flag::LintRow& row) {
  using enum flag::Finding;
  std::string_view pattern;
  switch (row.finding) {
    case unconstrained_beside_narrower:
      pattern = t.lint_unconstrained;
      break;
    case on_without_strategies:
      pattern = t.lint_on_without;
      break;
    case all_strategies_disabled:
      pattern = t.lint_all_disabled;
      break;
    case shared_environment:
      pattern = t.lint_shared;
      break;
    case unknown_strategy:
      pattern = t.lint_unknown;
      break;
  }
  const auto detail = row.finding == shared_environment ? escaped(row.detail) : code(row.detail);
  return fill(pattern, {code(row.flag), escaped(row.environment), detail, code(row.other)});
}

std::string errors_of(const inbound::FlagsRead& read) {
  std::string text;
  for (const auto& answer : read.answers)
    if (!answer.error.empty())
      text += (text.empty() ? "" : "\n") + std::string{":warning: "} + escaped(answer.provider) + ": " +
              escaped(shortened(answer.error, 300));
  return text;
}

Message of_text(std::string text) {
  Message message{.text = text};
  message.blocks.push_back(Section{std::move(text)});
  return message;
}

void add_environments(const Settings& settings, const inbound::FlagsOfProvider& answer, Message& message) {
  const auto& t = flag_texts(settings.language);
  const auto& [flag, catalog, snapshot] = *answer.reading;
  const auto& rules = settings.flags.rules;
  message.blocks.push_back(
      Section{fill(t.status_heading,
                   {code(flag.name), escaped(answer.provider + (flag.project.empty() ? "" : ", " + flag.project))})});
  std::string findings;
  Actions off;
  bool some_off = false;
  for (const auto& [environment, state] : flag.states) {
    std::string lines;
    const auto seen = flag::exposures(flag, environment, catalog, rules);
    for (const auto& one : seen)
      lines += (lines.empty() ? "" : "\n") + std::string{"*"} + escaped(environment) + "*" +
               (one.audience.empty() ? "" : " · " + escaped(one.audience)) + ": " +
               exposure_words(settings, one.exposure);
    message.blocks.push_back(Section{std::move(lines)});
    some_off = some_off || !state.enabled;
    if (flag::worst(seen).sees != flag::Sees::nobody && off.elements.size() < 5)
      off.elements.push_back(Button{.label = shortened(fill(t.turn_off_in, {environment}), 75),
                                    .action = action::flag_off,
                                    .value = write_target({answer.provider, flag.name, environment}),
                                    .style = Button::Style::danger});
    for (const auto& row : flag::lint(flag, environment, catalog, rules))
      findings += (findings.empty() ? "" : "\n") +
                  (row.finding == flag::Finding::shared_environment
                       ? fill(t.shared_red_line, {escaped(row.environment), escaped(row.detail)})
                       : ":warning: " + finding_line(t, row));
  }
  if (!findings.empty()) message.blocks.push_back(Section{std::move(findings)});
  if (some_off && off_is_default(settings, answer.provider))
    message.blocks.push_back(Section{std::string{t.off_is_default}});
  if (!off.elements.empty()) message.blocks.push_back(std::move(off));
}

}  // namespace

Message flag_recent(const Settings& settings, const std::vector<flag::Sighting>& seen, Instant now, int hours) {
  const auto& t = flag_texts(settings.language);
  const auto& environment = settings.flags.environment;
  std::vector<const flag::Sighting*> rows;
  for (const auto& one : seen)
    if (one.observation.at > now - std::chrono::hours{hours} &&
        (one.observation.environment.empty() || one.observation.environment == environment))
      rows.push_back(&one);
  const auto h = std::to_string(hours);
  if (rows.empty()) return sentence(fill(t.recent_empty, {h, escaped(environment), settings.flag_command}));
  const auto heading = fill(t.recent_heading, {h, escaped(environment)});
  Message message{.text = heading, .blocks = {Section{"*" + heading + "*"}}};
  std::vector<std::string> offered;
  for (std::size_t i = 0; i < rows.size() && i < rows_shown; ++i) {
    const auto& one = rows[i]->observation;
    const auto line =
        fill(t.recent_line, {clock_time(one.at, settings.timezone), code(one.name), escaped(one.what), who(one.by)});
    message.text += "\n" + line;
    message.blocks.push_back(Section{line});
    // One button a flag: the newest row says how it is now.
    const bool off_now = one.enabled && !*one.enabled;
    if (std::ranges::find(offered, one.name) == offered.end() && !off_now)
      message.blocks.push_back(Actions{{Button{.label = std::string{t.turn_off},
                                               .action = action::flag_off,
                                               .value = write_target({rows[i]->provider, one.name, environment}),
                                               .style = Button::Style::danger},
                                        Button{.label = std::string{t.status},
                                               .action = action::flag_status,
                                               .value = write_target({rows[i]->provider, one.name, environment})}}});
    offered.push_back(one.name);
  }
  if (rows.size() > rows_shown) message.blocks.push_back(Context{more(t, rows.size(), rows_shown).substr(1)});
  return message;
}

Message flag_status(const Settings& settings, const inbound::FlagsRead& read) {
  const auto& t = flag_texts(settings.language);
  Message message;
  std::string candidates;
  for (const auto& answer : read.answers) {
    if (answer.reading) {
      add_environments(settings, answer, message);
      for (const auto& block : message.blocks)
        if (const auto* section = std::get_if<Section>(&block); section && message.text.empty())
          message.text = section->text;
    } else if (answer.catalog) {
      for (const auto& name : flag::similar_names(read.asked.name, *answer.catalog))
        candidates += (candidates.empty() ? "" : ", ") + code(name);
    }
  }
  const auto errors = errors_of(read);
  if (message.blocks.empty()) {
    std::string asked;
    for (const auto& answer : read.answers) asked += (asked.empty() ? "" : ", ") + answer.provider;
    auto text = asked.empty()    ? std::string{t.no_providers}
                : errors.empty() ? fill(t.no_such_flag, {code(read.asked.name), escaped(asked)})
                                 : std::string{};
    if (!candidates.empty()) text += " " + fill(t.did_you_mean, {candidates});
    if (!errors.empty()) text += (text.empty() ? "" : "\n") + errors;
    return of_text(std::move(text));
  }
  if (!errors.empty()) message.blocks.push_back(Section{errors});
  return message;
}

Message flag_list(const Settings& settings, const inbound::FlagsRead& read) {
  const auto& t = flag_texts(settings.language);
  const auto& environment = read.asked.environment;
  std::string lines;
  std::size_t matching = 0;
  for (const auto& answer : read.answers) {
    if (!answer.catalog) continue;
    for (const auto& [name, flag] : answer.catalog->flags) {
      if (name.find(read.asked.context) == std::string::npos || ++matching > names_shown) continue;
      const auto seen = flag::worst(flag::exposures(flag, environment, *answer.catalog, settings.flags.rules));
      lines += "\n" + code(name) + " · " + audience_words(settings, seen);
    }
  }
  const auto errors = errors_of(read);
  if (matching == 0)
    return of_text(fill(t.list_empty, {escaped(read.asked.context), escaped(environment)}) +
                   (errors.empty() ? "" : "\n" + errors));
  return of_text("*" + fill(t.list_heading, {escaped(environment)}) + "*" + lines + more(t, matching, names_shown) +
                 (errors.empty() ? "" : "\n" + errors));
}

Message flag_lint(const Settings& settings, const inbound::FlagsRead& read) {
  const auto& t = flag_texts(settings.language);
  std::string lines;
  std::size_t found = 0, flags = 0;
  for (const auto& answer : read.answers) {
    if (!answer.catalog) continue;
    flags += answer.catalog->flags.size();
    for (const auto& environment : answer.environments)
      for (const auto& [name, flag] : answer.catalog->flags)
        for (const auto& row : flag::lint(flag, environment, *answer.catalog, settings.flags.rules))
          if (++found <= findings_shown) lines += "\n• " + finding_line(t, row);
  }
  const auto errors = errors_of(read);
  auto text = found == 0 ? fill(t.lint_clean, {std::to_string(flags)})
                         : "*" + std::string{t.lint_heading} + "*" + lines + more(t, found, findings_shown);
  if (!errors.empty()) text += "\n" + errors;
  return of_text(std::move(text));
}

Message flag_history(const Settings& settings, const std::string& name, const std::vector<flag::Change>& changes,
                     const std::vector<flag::Sighting>& seen) {
  const auto& t = flag_texts(settings.language);
  struct Row {
    Instant at;
    std::string line;
  };
  std::vector<Row> rows;
  for (const auto& change : changes)
    if (change.progress.standing != flag::Standing::asked)
      rows.push_back({change.requested_at, flag_change_line(settings, change)});
  for (const auto& [provider, one] : seen)
    rows.push_back(
        {one.at, code(one.name) + " · " + escaped(one.environment) + " · " + escaped(one.what) + " · " + who(one.by)});
  std::ranges::stable_sort(rows, std::ranges::greater{}, &Row::at);
  const auto shown_name = name.empty() ? std::string{"24 h"} : code(name);
  if (rows.empty()) return sentence(fill(t.history_empty, {shown_name}));
  std::string text = "*" + fill(t.history_heading, {shown_name}) + "*";
  for (std::size_t i = 0; i < rows.size() && i < rows_shown; ++i)
    text += "\n" + date_and_seconds(rows[i].at, settings.timezone) + " " + rows[i].line;
  return of_text(text + more(t, rows.size(), rows_shown));
}

}  // namespace vakt::view
