// How long the weekly digest of one team with 10,000 action items takes, with all of its messages, and the reminders of
// a day. Prints a table (Markdown); exits 1 where the digest takes 100 ms or more.
#include "bot/actions/digest.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <vector>

#include "bot/time/zones.hpp"
#include "bot/view/digest_view.hpp"

namespace {

using namespace vakt;
using namespace vakt::action;

constexpr int items_in_all = 10'000, owners = 500, runs = 9;
constexpr double limit = 100;  // milliseconds

std::vector<Item> some_items(Instant now, Date today) {
  std::vector<Item> items;
  for (int i = 0; i < items_in_all; ++i) {
    Item item;
    item.id = i + 1;
    item.title = "Configure log retention for service number " + std::to_string(i);
    if (i % 10 != 0) item.owner = "U" + std::to_string(i % owners);
    if (i % 7 != 0) item.due = plus_days(today, i % 120 - 60);
    item.priority = static_cast<Severity>(i % 5);
    item.created_at = now - std::chrono::hours{i % 3'000};
    item.state = i % 20 == 0 ? State::done : i % 33 == 0 ? State::archived_undone : State::open;
    if (is_closed(item.state)) item.closed_at = now - std::chrono::hours{i % 200};
    item.label = "KM" + std::to_string(i);
    item.card = CardRef{.short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
    items.push_back(std::move(item));
  }
  return items;
}

// The median, in milliseconds.
double median_of(const std::function<void()>& work) {
  std::vector<double> took;
  for (int i = 0; i < runs; ++i) {
    const auto began = std::chrono::steady_clock::now();
    work();
    took.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
  }
  std::ranges::sort(took);
  return took[runs / 2];
}

}  // namespace

int main() {
  Team team;
  team.timezone = "Europe/Oslo";
  team.lead = "ULEAD";
  const Calendar calendar{team, Holidays::norway};
  const auto week = calendar.next_digest(from_iso_utc("2026-11-21T00:00:00Z").value()).value();
  const auto items = some_items(week.at, week.day);
  const std::map<IncidentNumber, UserId> leads;
  const std::set<Told> told;
  const Situation in{.team = team,
                     .calendar = calendar,
                     .items = items,
                     .leads = leads,
                     .told = told,
                     .last_digest = {},
                     .now = week.at};

  Digest made;
  std::size_t messages = 0, blocks = 0;
  const auto composing =
      median_of([&] { made = digest(in, digest_preview(calendar, week.at), Verified{true, week.at}); });
  const vakt::Settings settings;
  const Names names;
  const auto showing = median_of([&] {
    const view::DigestReader reader{settings, names, team.timezone};
    messages = 1 + made.owners.size();
    blocks = view::channel_digest(reader, made).blocks.size();
    for (const auto& one : view::thread_digest(reader, made)) ++messages, blocks += one.blocks.size();
    for (const auto& owner : made.owners) blocks += view::owner_digest(reader, made, owner).blocks.size();
  });
  const auto reminding = median_of([&] { (void)reminders(in); });

  std::printf("| %d action items, %zu messages, %zu blocks | ms, median of %d |\n| --- | --- |\n", items_in_all,
              messages, blocks, runs);
  std::printf("| digest | %.1f |\n| its messages | %.1f |\n| reminders of a day | %.1f |\n", composing, showing,
              reminding);
  if (composing + showing < limit) return 0;
  std::fprintf(stderr, "the digest took %.1f ms; it is to take less than %.0f\n", composing + showing, limit);
  return 1;
}
