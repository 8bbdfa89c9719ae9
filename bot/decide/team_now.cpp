#include "bot/decide/team_now.hpp"

#include <algorithm>

#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt {

namespace {

constexpr std::chrono::hours fresh{1};  // a reading of the cards that a digest may rest on

std::optional<Instant> time_kept(const std::map<std::string, std::string>& kept, const std::string& name) {
  const auto found = kept.find(name);
  return found == kept.end() ? std::nullopt : from_iso_utc(found->second);
}

}  // namespace

TeamNow::TeamNow(const action::Settings& settings, const action::Team& its, const std::vector<action::Item>& all_items,
                 const std::vector<Incident>& incidents, const std::map<std::string, std::string>& kept, Instant when)
    : team(its),
      calendar(its, settings.holidays),
      at(when),
      memory(digest_memory(kept, its.name, action::monday_of(calendar.date_of(when)))),
      trello_(settings.trello),
      cards_read_(time_kept(kept, cards_verified_cursor)) {
  for (const auto& item : all_items)
    (&action::team_named(settings, item.team) == &its ? items : elsewhere).push_back(item);
  for (const auto& incident : incidents)
    if (const auto lead = incident.roles.find("lead"); lead != incident.roles.end())
      leads.emplace(incident.number, lead->second);
  postmortems = view::postmortems_outstanding(incidents);
  std::erase_if(postmortems, [&](const Incident* one) { return &action::team_named(settings, one->team) != &its; });
}

std::set<action::Date> TeamNow::claimed() const {
  std::set<action::Date> weeks;
  for (const auto& [week, composed] : memory.composed) weeks.insert(week);
  return weeks;
}

std::optional<Instant> TeamNow::last_digest() const {
  std::optional<Instant> last;
  for (const auto& [week, composed] : memory.composed) last = std::max(last.value_or(composed), composed);
  return last;
}

bool TeamNow::has_cards() const {
  return std::ranges::any_of(items, [](const action::Item& item) { return item.card.has_value(); });
}

std::optional<action::Verified> TeamNow::verified(Instant now) const {
  if (!trello_ || !has_cards()) return std::nullopt;
  return action::Verified{.now = cards_read_ && now - *cards_read_ <= fresh, .at = cards_read_};
}

action::Situation TeamNow::situation() const {
  return {.team = team,
          .calendar = calendar,
          .items = items,
          .leads = leads,
          .told = memory.told,
          .elsewhere = elsewhere,
          .written_to = memory.written_to,
          .last_digest = last_digest(),
          .now = at};
}

}  // namespace vakt
