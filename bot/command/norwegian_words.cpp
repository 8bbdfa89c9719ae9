#include "bot/command/norwegian_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vakt {

namespace {

constexpr auto words = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"meld", "declare"},
    {"øvelse", "test"},
    {"Øvelse", "test"},  // phones write the first letter large, and only ASCII is folded
    {"oppdater", "update"},
    {"oppdatering", "update"},
    {"alvorlighet", "severity"},
    {"alvorlighetsgrad", "severity"},
    {"leder", "lead"},
    {"rolle", "role"},
    {"notat", "note"},
    {"noter", "note"},
    {"merk", "mark"},
    {"løs", "resolve"},
    {"løst", "resolve"},
    {"ferdig", "resolve"},
    {"gjenåpne", "reopen"},
    {"avbryt", "cancel"},
    {"avlys", "cancel"},
    {"liste", "list"},
    {"hvem", "who"},
    {"tidslinje", "timeline"},
    {"hjelp", "help"},
    {"sammendrag", "summary"},
    {"konsekvens", "impact"},
    {"årsak", "cause"},
    {"Årsak", "cause"},
    {"løsning", "solution"},
    {"lenke", "link"},
    // After `mark`, as the headline shows them.
    {"nede", "down"},
    {"oppe", "up"},
    {"rettet", "fixed"},
    {"nedetid-start", "downtime-start"},
    {"nedetid-slutt", "downtime-end"},
    {"hendelse-start", "event-start"},
    {"hendelse-slutt", "event-end"},
    // After `status`, as the headline shows them.
    {"undersøkes", "investigating"},
    {"undersøker", "investigating"},
    {"identifisert", "identified"},
    {"følges", "monitoring"},
    {"overvåkes", "monitoring"},
});

}  // namespace

std::string_view in_english(std::string_view keyword) {
  const auto found = std::ranges::find(words, keyword, &std::pair<std::string_view, std::string_view>::first);
  return found == words.end() ? keyword : found->second;
}

}  // namespace vakt
