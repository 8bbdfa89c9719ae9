// One change of a flag as people see it: as it stands, what it did, and what can be done now.
#include <algorithm>
#include <array>

#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/flag_view.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

using namespace std::chrono_literals;
using flag::Action;
using flag::Standing;

constexpr std::size_t buttons_in_a_row = 5;
constexpr std::size_t elsewhere_told = 4;
constexpr std::size_t problem_length = 400, command_length = 900;

// "640 ms", "1.2 s", "7 min 47 s", "2 h 5 min".
std::string time_taken(Micros time) {
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
  if (ms < 1000) return std::to_string(std::max<std::int64_t>(ms, 0)) + " ms";
  if (ms < 60'000) return std::to_string(ms / 1000) + "." + std::to_string(ms % 1000 / 100) + " s";
  const auto s = ms / 1000;
  if (s < 3600) return std::to_string(s / 60) + " min " + std::to_string(s % 60) + " s";
  return std::to_string(s / 3600) + " h " + std::to_string(s % 3600 / 60) + " min";
}

using Patterns = std::array<std::string_view, 4>;  // off, on, percent, restore

std::string heading(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  std::string_view pattern;
  const auto action = static_cast<std::size_t>(change.wanted.action);
  switch (change.progress.standing) {
    case Standing::asked:
    case Standing::under_way:
      pattern = Patterns{t.under_way_off, t.under_way_on, t.under_way_percent, t.under_way_restore}[action];
      break;
    case Standing::proven:
      pattern = Patterns{t.proven_off, t.proven_on, t.proven_percent, t.proven_restore}[action];
      break;
    case Standing::unknown:
      pattern = t.unknown;
      break;
    case Standing::stopped:
      pattern = t.stopped;
      break;
    case Standing::overruled:
      pattern = t.overruled;
      break;
    case Standing::failed:
      pattern = t.failed;
      break;
  }
  return fill(pattern, {code(change.wanted.name), escaped(change.wanted.environment), person(change.by),
                        std::to_string(change.wanted.percent)});
}

// "Stored after 6 ms, read back after 14 ms, served after 640 ms. …"
std::string times(const FlagTexts& t, const flag::Change& change) {
  const auto& p = change.progress;
  std::string line;
  const auto add = [&](std::string_view pattern, const std::optional<Instant>& at) {
    if (at) line += (line.empty() ? "" : ", ") + fill(pattern, {time_taken(*at - change.requested_at)});
  };
  add(t.stored_after, p.stored_at);
  add(t.read_back_after, p.verified_at);
  add(t.served_after, p.served_at);
  return line.empty() ? line : line + ".";
}

void add_line(std::string& text, const std::string& line) {
  if (!line.empty()) text += (text.empty() ? "" : "\n") + line;
}

std::string exposure_lines(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  std::string text;
  if (const auto seconds = flag::exposed_seconds(change); seconds && change.before)
    add_line(text, fill(t.exposed_for,
                        {time_taken(std::chrono::duration_cast<Micros>(std::chrono::duration<double>(*seconds))),
                         audience_words(settings, *change.before)}));
  else if (change.before && change.progress.standing == Standing::proven)
    add_line(text, fill(t.seen_before, {audience_words(settings, *change.before)}));
  if (change.after && change.progress.standing == Standing::proven && change.wanted.action != Action::off)
    add_line(text, fill(t.seen_now, {audience_words(settings, *change.after)}));
  return text;
}

std::string what_went_wrong(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  const auto& p = change.progress;
  std::string text = escaped(shortened(p.problem, problem_length));
  if (!p.candidates.empty()) {
    std::string names;
    for (const auto& name : p.candidates) names += (names.empty() ? "" : ", ") + code(name);
    add_line(text, fill(t.did_you_mean, {names}));
  }
  if (!p.link.empty()) add_line(text, fill(t.see_link, {escaped(p.link)}));
  const bool by_hand = p.standing == Standing::unknown || p.standing == Standing::stopped ||
                       (p.standing == Standing::failed && !p.not_found);
  if (by_hand && !p.by_hand.empty())
    add_line(text, std::string{t.by_hand} + "\n```" + escaped(shortened(p.by_hand, command_length)) + "```");
  return text;
}

std::vector<std::variant<Button, Select>> buttons(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  const auto& p = change.progress;
  const auto number = std::to_string(change.number);
  const auto provider = p.provider.empty() ? change.wanted.provider : p.provider;
  std::vector<std::variant<Button, Select>> out;
  if (p.standing == Standing::unknown && change.number)
    out.push_back(Button{.label = std::string{t.stop}, .action = action::flag_stop, .value = number});
  if (p.standing == Standing::overruled && change.wanted.action == Action::off)
    out.push_back(Button{.label = std::string{t.turn_off},
                         .action = action::flag_off,
                         .value = write_target({provider, change.wanted.name, change.wanted.environment}),
                         .style = Button::Style::danger});
  if (p.standing == Standing::proven && change.number && !change.undone_by && change.wanted.action != Action::restore &&
      !p.was_so_already && !change.snapshot.empty()) {
    Button undo{.label = std::string{t.undo}, .action = action::flag_undo, .value = number};
    if (change.before) undo.confirm = fill(t.undo_confirm, {audience_words(settings, *change.before)});
    out.push_back(std::move(undo));
  }
  if (p.standing == Standing::proven && change.wanted.action == Action::off)
    for (const auto& other : change.elsewhere)
      if (out.size() < buttons_in_a_row)
        out.push_back(Button{.label = shortened(fill(t.turn_off_in, {other.environment}), 75),
                             .action = action::flag_off,
                             .value = write_target({provider, change.wanted.name, other.environment}),
                             .style = Button::Style::danger});
  if (p.standing == Standing::failed && change.wanted.action == Action::off)
    for (const auto& name : p.candidates)
      if (out.size() < buttons_in_a_row)
        out.push_back(Button{.label = shortened(std::string{t.turn_off} + " " + name, 75),
                             .action = action::flag_off,
                             .value = write_target({provider, name, change.wanted.environment}),
                             .style = Button::Style::danger});
  return out;
}

std::string details(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  const auto& p = change.progress;
  const bool proven = p.standing == Standing::proven;
  std::string text;
  if (p.was_so_already && proven) add_line(text, std::string{t.was_so});
  if (p.sent_again && proven) add_line(text, std::string{t.sent_again});
  if (proven && change.wanted.action == Action::off && off_is_default(settings, p.provider))
    add_line(text, std::string{t.off_is_default});
  if (auto line = times(t, change); proven && !p.was_so_already && !line.empty())
    add_line(text, line + " " + std::string{t.applications_follow});
  add_line(text, exposure_lines(settings, change));
  if (proven && change.wanted.action == Action::off)
    for (std::size_t i = 0; i < change.elsewhere.size() && i < elsewhere_told; ++i)
      add_line(text, fill(t.exposed_elsewhere, {escaped(change.elsewhere[i].environment),
                                                audience_words(settings, change.elsewhere[i].seen)}));
  if (proven)
    for (const auto& other : p.also_at)
      add_line(text,
               fill(t.also_at, {escaped(other), escaped(settings.flag_command + " off " + change.wanted.name + " " +
                                                        change.wanted.environment + " --provider " + other)}));
  if (!proven) add_line(text, what_went_wrong(settings, change));
  if (!change.reason.empty()) add_line(text, fill(t.reason_given, {harmless(change.reason)}));
  if (!change.confirmed_by.empty()) add_line(text, fill(t.confirmed_by, {person(change.confirmed_by)}));
  if (change.restore_at && proven && !change.undone_by)
    add_line(text, fill(t.restores_at, {clock_time(*change.restore_at, settings.timezone)}));
  if (change.restore_at && p.standing == Standing::stopped) add_line(text, std::string{t.stays});
  if (change.undone_by) add_line(text, std::string{t.undone});
  return text;
}

}  // namespace

bool off_is_default(const Settings& settings, const std::string& provider) {
  return std::ranges::any_of(settings.flags.providers, [&](const flag::ProviderSettings& one) {
    return one.name == provider && one.kind == flag::ProviderKind::flagd;
  });
}

std::string write_target(const FlagTarget& target) {
  return target.provider + "\t" + target.environment + "\t" + target.name;
}

FlagTarget read_target(const std::string& value) {
  const auto first = value.find('\t');
  const auto second = first == std::string::npos ? first : value.find('\t', first + 1);
  if (second == std::string::npos) return {.name = value};
  return {.provider = value.substr(0, first),
          .name = value.substr(second + 1),
          .environment = value.substr(first + 1, second - first - 1)};
}

Message flag_change(const Settings& settings, const flag::Change& change) {
  const auto head = heading(settings, change);
  Message message{.text = head, .blocks = {Section{head}}};
  if (auto rest = details(settings, change); !rest.empty()) message.blocks.push_back(Section{std::move(rest)});
  if (auto row = buttons(settings, change); !row.empty()) message.blocks.push_back(Actions{std::move(row)});
  return message;
}

std::string flag_change_line(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  auto line = heading(settings, change);
  if (line.starts_with(':')) line = line.substr(line.find(' ') + 1);  // the record needs no sign
  std::erase(line, '*');
  if (const auto taken = times(t, change); change.progress.standing == Standing::proven && !taken.empty())
    line += " " + taken;
  if (const auto seen = exposure_lines(settings, change); !seen.empty()) line += " " + seen;
  if (change.progress.standing != Standing::proven && !change.progress.problem.empty())
    line += " " + escaped(shortened(change.progress.problem, problem_length));
  if (!change.reason.empty()) line += " " + fill(t.reason_given, {change.reason});
  return line;
}

Message flag_answer(const Settings& settings, const flag::Change& change, const std::vector<Incident>& open) {
  auto message = flag_change(settings, change);
  if (change.incident != 0 || change.progress.standing != Standing::proven) return message;
  const auto& t = flag_texts(settings.language);
  const auto number = std::to_string(change.number);
  Actions row;
  for (auto incident = open.rbegin(); incident != open.rend() && row.elements.size() < 3; ++incident)
    row.elements.push_back(Button{.label = fill(t.add_to, {std::to_string(incident->number)}),
                                  .action = std::string{action::flag_add},
                                  .value = number + ":" + std::to_string(incident->number)});
  // What was put back is no reason to declare.
  if (change.wanted.action == flag::Action::off)
    row.elements.push_back(
        Button{.label = std::string{t.declare_with}, .action = action::flag_declare, .value = number});
  if (row.elements.empty()) return message;
  message.blocks.push_back(std::move(row));
  return message;
}

Block off_button(const Settings& settings, const FlagTarget& target) {
  return Actions{{Button{.label = shortened(fill(flag_texts(settings.language).turn_off_in, {target.environment}), 75),
                         .action = action::flag_off,
                         .value = write_target(target),
                         .style = Button::Style::danger}}};
}

std::string operators_words(const Settings& settings) {
  std::string words;
  for (const auto& one : flag_operators(settings)) words += (words.empty() ? "" : ", ") + person(one);
  return words;
}

Message flag_asked(const Settings& settings, const FlagTarget& target, const UserId& asker) {
  auto message =
      sentence(fill(flag_texts(settings.language).asked_of_operators,
                    {person(asker), code(target.name), escaped(target.environment), operators_words(settings)}));
  message.blocks.push_back(off_button(settings, target));
  return message;
}

Message flag_protected(const Settings& settings, const FlagTarget& target) {
  const auto& t = flag_texts(settings.language);
  auto message = sentence(fill(t.is_protected, {code(target.name)}));
  message.blocks.push_back(Actions{{Button{.label = std::string{t.turn_off_anyway},
                                           .action = action::flag_off_sure,
                                           .value = write_target(target),
                                           .style = Button::Style::danger}}});
  return message;
}

}  // namespace vakt::view
