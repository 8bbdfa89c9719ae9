// Items, cards and settings as the tests of bot/actions use them.
#pragma once

#include "bot/actions/item_life.hpp"
#include "bot/time/zones.hpp"

namespace vakt::action {

using namespace std::chrono_literals;

inline const std::string oslo = "Europe/Oslo";
inline const Instant start = from_iso_utc("2026-11-21T02:10:00Z").value();
inline constexpr Date christmas_eve = std::chrono::December / 24 / 2026;

inline Settings with_trello() {
  Settings settings{.members = {{"UKARI", "kari"}, {"UPER", "per"}}, .trello = true};
  settings.deadlines = {15, 30, std::nullopt, std::nullopt};
  settings.teams = {
      {.name = "drift",
       .timezone = oslo,
       .board = {.name = "Drift",
                 .lists = {{"To do", ListRole::todo}, {"Doing", ListRole::doing}, {"Done", ListRole::done}}},
       .label = "KM"}};
  return settings;
}

inline CardSeen card_on_board(std::string title = "Rotate the logs") {
  return {.card = {.id = "5f0000000000000000000001",
                   .short_link = "QIgNLSh1",
                   .url = "https://trello.com/c/QIgNLSh1",
                   .board = "b1"},
          .number = 676,
          .title = std::move(title),
          .list = "l1",
          .role = ListRole::todo};
}

inline Act by_kari(Instant at = start) { return {.by = "UKARI", .at = at}; }

inline Item linked_item(const CardSeen& card = card_on_board(), const Settings& settings = with_trello()) {
  return adopt({.id = 1, .incident = 7, .marker = "01J"}, card, start, by_kari(), settings).value().item;
}

inline std::vector<What> whats(const Changed& changed) {
  std::vector<What> out;
  for (const auto& one : changed.happened) out.push_back(one.what);
  return out;
}

inline const ChangeCard* change_of(const Changed& changed) {
  return changed.order ? std::get_if<ChangeCard>(&*changed.order) : nullptr;
}

}  // namespace vakt::action
