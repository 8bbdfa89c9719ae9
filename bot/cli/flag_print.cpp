#include "bot/cli/flag_print.hpp"

#include <algorithm>
#include <iomanip>
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/flag_print_json.hpp"
#include "bot/flags/flag_lint.hpp"
#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/flag_view.hpp"
#include "storage/record_json.hpp"

namespace vakt::cli {

namespace {

std::string milliseconds_since(Instant from, Instant to) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count()) + " ms";
}

const char* done_word(flag::Action action) {
  switch (action) {
    case flag::Action::off:
      return "OFF";
    case flag::Action::on:
      return "ON";
    case flag::Action::percent:
      return "changed";
    case flag::Action::restore:
      break;
  }
  return "as it was";
}

std::string named(const inbound::FlagProgress& told) {
  return "\"" + told.wanted.name + "\" in " + told.wanted.environment +
         (told.progress.provider.empty() ? "" : " (" + told.progress.provider + ")");
}

// mrkdwn for people at a terminal.
std::string plain(const std::string& mrkdwn) {
  auto text = readable(mrkdwn, {});
  std::erase(text, '*');
  return text;
}

// Errors on stderr; 1 if nothing at all could be read.
int errors_of(const inbound::FlagsRead& read) {
  bool any = read.answers.empty();
  for (const auto& answer : read.answers) {
    if (answer.reading || answer.catalog) any = true;
    if (!answer.error.empty()) std::cerr << answer.provider << ": " << answer.error << "\n";
  }
  return any ? 0 : 1;
}

}  // namespace

void print_step(std::ostream& out, const inbound::FlagProgress& told) {
  const auto& p = told.progress;
  if (p.standing == flag::Standing::unknown)
    out << "UNKNOWN " << named(told) << ": " << (p.problem.empty() ? "no proof yet" : p.problem) << " Trying again.\n"
        << std::flush;
  else if (p.stored_at && !p.verified_at)
    out << "stored   after " << milliseconds_since(told.requested_at, *p.stored_at) << "\n" << std::flush;
  else if (p.verified_at && !p.served_at && p.standing == flag::Standing::under_way)
    out << "read back after " << milliseconds_since(told.requested_at, *p.verified_at) << "\n" << std::flush;
}

void print_outcome(std::ostream& out, const Settings& settings, const inbound::FlagProgress& told, bool json) {
  if (json) {
    out << progress_json(told) << "\n" << std::flush;
    return;
  }
  const auto& p = told.progress;
  if (p.standing != flag::Standing::proven) return;
  out << named(told) << " is " << done_word(told.wanted.action) << (p.was_so_already ? ", and was before" : "") << ".";
  if (p.served_at) out << " Served after " << milliseconds_since(told.requested_at, *p.served_at) << ".";
  out << " Applications follow within their own refresh interval.\n";
  const auto& text = flag_texts(Language::en);
  if (told.wanted.action == flag::Action::off && view::off_is_default(settings, p.provider))
    out << text.off_is_default << "\n";
  if (p.sent_again) out << text.sent_again << "\n";
  for (const auto& other : p.also_at)
    out << "The flag service \"" << other << "\" has a flag of that name too: vakt flag off " << told.wanted.name
        << " --environment " << told.wanted.environment << " --provider " << other << "\n";
  out << std::flush;
}

std::string failure_line(const inbound::FlagProgress& told) {
  const auto& p = told.progress;
  std::string line = "Nothing was changed: " + p.problem;
  if (!p.link.empty()) line += " " + p.link;
  if (!p.candidates.empty()) {
    line += " Did you mean";
    for (const auto& name : p.candidates) line += (name == p.candidates.front() ? " " : ", ") + name;
    line += "?";
  }
  return line;
}

std::string not_proven_line(const inbound::FlagProgress& told) {
  const auto& p = told.progress;
  std::string line = p.standing == flag::Standing::overruled
                         ? named(told) + " is not as asked: " + p.problem
                         : "UNKNOWN: " + named(told) + " may have been changed, and that is not proven. " + p.problem;
  if (!p.by_hand.empty()) line += " By hand: " + p.by_hand;
  return line;
}

std::string not_found_line(const inbound::FlagsRead& read) {
  std::vector<std::string> names;
  std::string errors;
  for (const auto& answer : read.answers) {
    if (!answer.error.empty()) errors += " " + answer.provider + ": " + answer.error;
    if (answer.catalog)
      for (auto& name : flag::similar_names(read.asked.name, *answer.catalog)) names.push_back(std::move(name));
  }
  std::string line =
      errors.empty() ? "There is no flag \"" + read.asked.name + "\"." : "The flag could not be read." + errors;
  for (const auto& name : names) line += (name == names.front() ? " Did you mean " : ", ") + name;
  return line + (names.empty() ? "" : "?");
}

void print_before_and_after(std::ostream& out, const Settings& settings, const flag::Reading& reading,
                            const flag::Wanted& wanted) {
  const auto& rules = settings.flags.rules;
  auto english = settings;  // as the words around them
  english.language = Language::en;
  auto changed = reading.flag;
  if (const auto after = flag::state_after(wanted, reading.flag.states.at(wanted.environment)))
    changed.states[wanted.environment] = *after;
  const auto before = flag::exposures(reading.flag, wanted.environment, reading.catalog, rules);
  const auto after = flag::exposures(changed, wanted.environment, reading.catalog, rules);
  for (std::size_t i = 0; i < before.size() && i < after.size(); ++i)
    out << wanted.environment << (before[i].audience.empty() ? "" : " (" + before[i].audience + ")") << ": seen by "
        << plain(view::exposure_words(english, before[i].exposure)) << "\n    -> "
        << plain(view::exposure_words(english, after[i].exposure)) << "\n";
  out << std::flush;
}

void print_history(std::ostream& out, const Settings& settings, const std::vector<flag::Change>& changes, bool json) {
  if (json) {
    out << flag_changes_json(changes) << "\n";
    return;
  }
  for (const auto& change : changes)
    out << date_and_seconds(change.requested_at, settings.timezone) << "  " << change.by << "  "
        << plain(view::flag_change_line(settings, change)) << "\n";
}

int print_list(std::ostream& out, const Settings& settings, const inbound::FlagsRead& read, bool json) {
  if (json) {
    out << list_json(settings, read) << "\n";
    return errors_of(read);
  }
  for (const auto& answer : read.answers) {
    if (!answer.catalog) continue;
    for (const auto& [name, flag] : answer.catalog->flags) {
      if (name.find(read.asked.context) == std::string::npos) continue;
      const auto widest =
          flag::worst(flag::exposures(flag, read.asked.environment, *answer.catalog, settings.flags.rules));
      out << std::left << std::setw(12) << answer.provider << "  " << std::setw(40) << name << "  "
          << plain(view::audience_words(settings, widest)) << "\n";
    }
  }
  return errors_of(read);
}

int print_lint(std::ostream& out, const Settings& settings, const inbound::FlagsRead& read, bool json) {
  if (json)
    out << lint_json(settings, read) << "\n";
  else
    out << plain(view::flag_lint(settings, read).text) << "\n";
  return errors_of(read);
}

int print_status(std::ostream& out, const Settings& settings, const inbound::FlagsRead& read, bool json) {
  const bool found = std::ranges::any_of(read.answers, [](const auto& answer) { return answer.reading.has_value(); });
  if (!found) return failed(not_found_line(read));
  if (json) {
    out << status_json(settings, read) << "\n";
    return errors_of(read);
  }
  for (const auto& answer : read.answers) {
    if (!answer.reading) continue;
    const auto& [flag, catalog, snapshot] = *answer.reading;
    out << flag.name << " (" << answer.provider << (flag.project.empty() ? "" : ", project " + flag.project) << ")"
        << (flag.archived ? ", archived" : "") << "\n";
    for (const auto& [environment, state] : flag.states)
      for (const auto& one : flag::exposures(flag, environment, catalog, settings.flags.rules))
        out << "  " << environment << (one.audience.empty() ? "" : " (" + one.audience + ")") << ": "
            << plain(view::exposure_words(settings, one.exposure)) << "\n";
  }
  return errors_of(read);
}

}  // namespace vakt::cli
