#include "bot/brain/loading.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "bot/time/zones.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;
using Items = Needs::Items;

constexpr auto flags_remembered = 24h;
constexpr Micros cards_read_for = 90 * 24h, closed_told_for = 30 * 24h;  // after an item was closed

// The incident that recorded the channel when the message was said: a page, or a late delivery, may bring one from
// before a newer incident took the channel over.
std::optional<Incident> recorder_then(const Incident& now, const Needs& wanted, Ledger& ledger) {
  const auto said = from_ts(wanted.ts);
  if (!now.here || !said || *said >= now.declared_at) return now;
  const auto all = ledger.incidents_of_channel(wanted.channel);
  for (auto one = all.rbegin(); one != all.rend(); ++one)
    if (one->declared_at <= *said) return *one;
  return now;
}

std::optional<Incident> incident_meant(const Needs& wanted, Ledger& ledger) {
  if (wanted.number) return ledger.incident(wanted.number);
  return wanted.channel.empty() ? std::nullopt : ledger.incident_of_channel(wanted.channel);
}

void load_flags(const Needs& wanted, Instant now, const Settings& settings, Ledger& ledger, Facts& facts) {
  if (wanted.flag_name.empty()) {
    if (wanted.changes_of.empty()) facts.changes = ledger.changes_since(now - flags_remembered);
    for (const auto& name : wanted.changes_of)
      std::ranges::move(ledger.changes_of_flag(name), std::back_inserter(facts.changes));
    facts.observed = ledger.observed_since(now - flags_remembered);
  } else {
    facts.changes = ledger.changes_of_flag(wanted.flag_name);
    facts.observed = ledger.observed_of_flag(wanted.flag_name);
  }
  facts.operators = read_operators(settings, [&](const std::string& name) { return ledger.cursor(name); });
  facts.next_change = ledger.next_change();
}

// Those that any of the three names, by id.
std::vector<action::Item> items_meant(const Needs& wanted, Ledger& ledger) {
  std::vector<action::Item> found;
  if (wanted.item)
    if (auto item = ledger.item(wanted.item)) found.push_back(std::move(*item));
  if (!wanted.card.empty()) std::ranges::move(ledger.items_of_card(wanted.card), std::back_inserter(found));
  if (!wanted.label.empty()) std::ranges::move(ledger.items_with_label(wanted.label), std::back_inserter(found));
  std::ranges::sort(found, {}, &action::Item::id);
  const auto repeated = std::ranges::unique(found, {}, &action::Item::id);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

std::vector<action::Item> items_wanted(const Needs& wanted, Instant at, const Facts& facts, Ledger& ledger) {
  switch (wanted.items) {
    case Items::one:
      return items_meant(wanted, ledger);
    case Items::incident:
      return ledger.items_of_incident(facts.incident ? facts.incident->number : wanted.number);
    case Items::open:
      return ledger.items_open_or_closed_since(Instant::max());
    case Items::linked: {
      auto items = ledger.items_open_or_closed_since(at - cards_read_for);
      std::erase_if(items, [](const action::Item& item) { return !item.card; });
      return items;
    }
    case Items::digest:
      return ledger.items_open_or_closed_since(at - closed_told_for);
    case Items::none:
      break;
  }
  return {};
}

std::map<std::string, std::string> names_of_people(const std::vector<action::Item>& items, const UserId& besides,
                                                   Ledger& ledger) {
  std::set<UserId> people{besides};
  for (const auto& item : items) {
    people.insert({item.owner, item.created_by, item.closed_by});
    if (item.snoozed) people.insert(item.snoozed->by);
  }
  std::map<std::string, std::string> names;
  for (const auto& user : people)
    if (auto name = user.empty() ? std::string{} : ledger.known_name(user); !name.empty())
      names.emplace(user, std::move(name));
  return names;
}

void load_items(const Needs& wanted, Instant at, Ledger& ledger, Facts& facts) {
  facts.items = items_wanted(wanted, at, facts, ledger);
  facts.next_item = ledger.next_item();
  if (wanted.items != Items::linked) facts.known_names = names_of_people(facts.items, wanted.person, ledger);
  if (wanted.items == Items::digest) facts.incidents = ledger.incidents(false);
}

// The item's own, which need not be that of the channel. What is done to the item does not wait for it.
void load_first_incident(Ledger& ledger, Facts& facts, std::vector<std::string>& passed_over) {
  if (facts.items.size() != 1 || facts.items.front().incidents.empty()) return;
  try {
    if (auto first = ledger.incident(facts.items.front().incidents.front()))
      facts.incidents.push_back(std::move(*first));
  } catch (const DamagedRow& error) {
    passed_over.emplace_back(error.what());
  }
}

// Those that are asked for, and the one that the change of a flag belongs to.
void load_rollouts(const Needs& wanted, Ledger& ledger, Facts& facts) {
  using Rollouts = Needs::Rollouts;
  if (wanted.rollouts == Rollouts::all) facts.rollouts = ledger.rollouts();
  if (wanted.rollouts == Rollouts::followed) facts.rollouts = ledger.rollouts_followed();
  auto id = wanted.rollout;
  if (!id && facts.change)
    if (const auto key = rollout::read_change_key(facts.change->wanted.key)) id = key->id;
  facts.next_rollout = ledger.next_rollout();
  if (!id) return;
  if (std::ranges::find(facts.rollouts, id, &rollout::Rollout::id) == facts.rollouts.end())
    if (auto one = ledger.rollout(id)) facts.rollouts.push_back(std::move(*one));
  const auto one = std::ranges::find(facts.rollouts, id, &rollout::Rollout::id);
  if (one != facts.rollouts.end() && one->change) facts.rollout_change = ledger.change(one->change);
}

}  // namespace

Facts load(const Needs& wanted, Instant at, const Settings& settings, Ledger& ledger, Reader& reader,
           std::vector<std::string>& passed_over) {
  Facts facts;
  // Off is never blocked: what has to do with flags goes on without an incident that cannot be read.
  const auto find_incident = [&](const auto& find) {
    try {
      facts.incident = find();
    } catch (const DamagedRow& error) {
      if (!wanted.flags) throw;
      passed_over.emplace_back(error.what());
    }
  };
  find_incident([&] { return incident_meant(wanted, ledger); });
  if (facts.incident && !wanted.ts.empty()) facts.incident = recorder_then(*facts.incident, wanted, ledger);
  if (!wanted.draft.empty()) facts.draft = ledger.draft(wanted.draft);
  if (!facts.incident && facts.draft && facts.draft->incident)
    find_incident([&] { return ledger.incident(facts.draft->incident); });
  if (facts.draft && facts.draft->message) {
    const auto& message = *facts.draft->message;
    facts.entries = ledger.entries_of(message.channel, message.ts);
  } else if (!wanted.ts.empty() && (facts.incident || wanted.anywhere)) {
    facts.entries = ledger.entries_of(wanted.channel, wanted.ts);
  }
  if (wanted.own_end && facts.incident) facts.own_end = ledger.own_end(facts.incident->number);
  if (wanted.fields && facts.incident) facts.fields = ledger.fields(facts.incident->number);
  if (wanted.entry && facts.incident) facts.chosen = ledger.entry(facts.incident->number, wanted.entry);
  if (wanted.open) {
    facts.open = ledger.incidents(true);
    facts.next_number = ledger.next_number();
  }
  if (wanted.recorded) facts.recorded = ledger.recorded_channels();
  if (wanted.timeline && facts.incident) facts.timeline = reader.timeline(facts.incident->number);
  if (wanted.change)
    facts.change = ledger.change(wanted.change);
  else if (!wanted.change_key.empty())
    facts.change = ledger.change_of(wanted.change_key);
  // What goes on with a change belongs to its incident, wherever it was heard, and even if that is over.
  if (!facts.incident && facts.change && facts.change->incident)
    find_incident([&] { return ledger.incident(facts.change->incident); });
  if (wanted.flags) load_flags(wanted, at, settings, ledger, facts);
  if (wanted.items != Items::none) load_items(wanted, at, ledger, facts);
  if (wanted.items == Items::one) load_first_incident(ledger, facts, passed_over);
  if (wanted.rollouts != Needs::Rollouts::none || wanted.rollout || facts.change) {
    try {
      load_rollouts(wanted, ledger, facts);
    } catch (const DamagedRow& error) {
      if (!wanted.flags) throw;
      passed_over.emplace_back(error.what());
    }
  }
  for (const auto& prefix : wanted.kept) facts.kept.merge(ledger.cursors_with(prefix));
  return facts;
}

}  // namespace vakt
