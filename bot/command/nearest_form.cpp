#include "bot/command/nearest_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "bot/spelling.hpp"

namespace vakt {

namespace {

// Right words in the wrong place, and the names that other bots give.
constexpr auto synonyms = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"sev1", "severity sev1"},
    {"sev2", "severity sev2"},
    {"sev3", "severity sev3"},
    {"sev4", "severity sev4"},
    {"investigating", "status investigating"},
    {"identified", "status identified"},
    {"monitoring", "status monitoring"},
    {"here", "declare here TITLE"},
    {"create", "declare [sev1..sev4] TITLE"},
    {"start", "declare [sev1..sev4] TITLE"},
    {"drill", "test TITLE"},
    {"commander", "lead @user"},
    {"owner", "lead @user"},
    {"assign", "role NAME @user"},
    {"comment", "note [TIME] TEXT"},
    {"log", "note [TIME] TEXT"},
    {"history", "timeline"},
    {"retro", "postmortem [oslo|nav]"},
    {"retrospective", "postmortem [oslo|nav]"},
    {"review", "postmortem [oslo|nav]"},
    {"report", "postmortem [oslo|nav]"},
    {"finish", "resolve [TEXT]"},
    {"done", "resolve [TEXT]"},
});

}  // namespace

std::string nearest_form(std::string_view typed, const std::vector<KnownWord>& known) {
  if (const auto same = std::ranges::find(known, typed, &KnownWord::word); same != known.end()) return same->form;
  for (const auto& [word, form] : synonyms)
    if (word == typed) return std::string{form};
  const KnownWord* best = nullptr;
  std::size_t fewest = 4;
  for (const auto& one : known) {
    if (one.exact_only) continue;
    const auto distance = one.word.starts_with(typed) && typed.size() >= 3 ? 1 : edit_distance(typed, one.word);
    if (distance >= fewest || distance >= one.word.size()) continue;
    fewest = distance;
    best = &one;
  }
  return best ? best->form : "help";
}

}  // namespace vakt
