#include "bot/postmortem/retold.hpp"

#include <algorithm>

#include "bot/incident/incident.hpp"
#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"

namespace vakt::postmortem {

namespace {

using Told = std::optional<std::string>;

// "Resolved", "Resolved: what somebody typed".
Told with_words(std::string_view from, std::string_view to, std::string_view text) {
  if (!text.starts_with(from)) return {};
  const auto rest = text.substr(from.size());
  if (!rest.empty() && !rest.starts_with(": ")) return {};
  return std::string{to} += rest;
}

Told retold_status(const Entry& entry, const Texts& from, const Texts& to) {
  if (entry.detail == name(Status::resolved)) return with_words(from.entry_resolved, to.entry_resolved, entry.text);
  if (entry.detail == name(Status::open)) return with_words(from.entry_reopened, to.entry_reopened, entry.text);
  if (entry.detail == name(Status::cancelled)) return refilled(from.entry_cancelled, to.entry_cancelled, entry.text);
  const auto phase = phase_from(entry.detail);
  if (!phase || entry.text != fill(from.entry_status, {shown(from, *phase)})) return {};
  return fill(to.entry_status, {shown(to, *phase)});
}

// As the record has it: without its sign and its emphasis.
std::string recorded(std::string_view heading) {
  std::string words{heading.substr(heading.starts_with(':') ? heading.find(' ') + 1 : 0)};
  std::erase(words, '*');
  return words;
}

// What came of an order that is not proven. What the flag service said stays; the reason is a person's.
Told retold_outcome(std::string_view text, const FlagTexts& from, const FlagTexts& to) {
  for (const auto outcome : {&FlagTexts::unknown, &FlagTexts::stopped, &FlagTexts::overruled, &FlagTexts::failed}) {
    const auto heading = recorded(from.*outcome), in_other = recorded(to.*outcome);
    const auto with = [](const std::string& words, std::string_view reason) {
      return words + "{3} " + fill(reason, {"{4}"});
    };
    if (auto told = refilled(with(heading, from.reason_given), with(in_other, to.reason_given), text)) return told;
    if (auto told = refilled(heading + "{3}", in_other + "{3}", text)) return told;
  }
  return {};
}

Told retold_flag(const Entry& entry, const FlagTexts& from, const FlagTexts& to) {
  if (auto told = retold_outcome(entry.text, from, to)) return told;
  const auto seen = read_back(from.changed_elsewhere, entry.text);
  if (!seen || seen->front() != code(entry.detail)) return {};
  return refilled(from.changed_elsewhere, to.changed_elsewhere, entry.text);
}

Told told_from(const Entry& entry, Language from, Language to) {
  switch (entry.kind) {
    case EntryKind::status:
      return retold_status(entry, texts(from), texts(to));
    case EntryKind::flag:
      return retold_flag(entry, flag_texts(from), flag_texts(to));
    case EntryKind::action:
      return retold_action(entry, from, to);
    default:
      return {};
  }
}

}  // namespace

std::string retold(const Entry& entry, Language language) {
  for (const auto from : {Language::en, Language::nb})
    if (from != language)
      if (auto told = told_from(entry, from, language)) return *std::move(told);
  return entry.text;
}

}  // namespace vakt::postmortem
