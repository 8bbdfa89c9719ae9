#include "bot/actions/digest.hpp"

#include <algorithm>
#include <tuple>

namespace vakt::action {

namespace {

constexpr int soon_days = 7;
constexpr std::array<std::size_t, part_count> shown_most{10, 10, 10, 5, 5, 5};  // of a part, in the channel
constexpr std::size_t thread_most = 200, owner_most = 20;

using Chosen = std::array<std::vector<const Item*>, part_count>;

std::vector<const Item*>& of(Chosen& chosen, Part part) { return chosen[static_cast<std::size_t>(part)]; }

// The one part of an open item that is not snoozed. A decision stands before all else: nobody can work on an item whose
// card is gone, whatever its date, and the buttons stand there. Then what is most pressing: a passed date concerns the
// team though nobody owns the item; an owner is found before a date, for the owner names the date.
std::optional<Part> part_of(const Item& item, Date today) {
  if (needs_decision(item.state)) return Part::decision;
  if (item.due && *item.due < today) return Part::overdue;
  if (item.due && *item.due <= plus_days(today, soon_days)) return Part::due_soon;
  if (item.owner.empty()) return Part::unowned;
  if (!item.due) return Part::no_due_date;
  return std::nullopt;
}

void sort_part(Part part, std::vector<const Item*>& items) {
  const auto severity = [](const Item* i) { return std::tuple{i->priority == Severity::unset, i->priority}; };
  if (part == Part::closed)
    // Done before won't do, in the order in which they were.
    std::ranges::sort(items, {}, [](const Item* i) { return std::tuple{i->state, i->closed_at, i->id}; });
  else if (part == Part::due_soon)
    std::ranges::sort(items, {}, [&severity](const Item* i) { return std::tuple{i->due, severity(i), i->id}; });
  else
    std::ranges::sort(items, {}, [&severity](const Item* i) {
      return std::tuple{severity(i), !i->due, i->due, i->created_at, i->id};
    });
}

void count(Ages& ages, Instant& oldest, const Item& item, Instant week_ago, Instant four_weeks_ago) {
  ++ages.open;
  ++(item.created_at > week_ago         ? ages.under_a_week
     : item.created_at > four_weeks_ago ? ages.to_four_weeks
                                        : ages.longer);
  oldest = std::min(oldest, item.created_at);
}

// Fills the channel's parts, then the thread; says which reminders they hold.
class Lines {
 public:
  Lines(const Situation& in, Digest& out) : in_{in}, out_{out} {}

  void channel(Part part, const std::vector<const Item*>& items) {
    if (items.empty()) return;
    const auto most = shown_most[static_cast<std::size_t>(part)];
    PartLines shown{part, {}, items.size()}, under{part, {}, items.size()};
    for (const auto* item : items) {
      if (shown.lines.size() < most)
        shown.lines.push_back(channel_line(*item));
      else if (in_thread_ < thread_most)
        ++in_thread_, under.lines.push_back(channel_line(*item));
      else
        ++out_.unlisted;
    }
    out_.parts.push_back(std::move(shown));
    if (!under.lines.empty()) out_.thread.push_back(std::move(under));
  }

  void owner(OwnerDigest& to, Part part, const std::vector<const Item*>& items) {
    PartLines shown{part, {}, items.size()};
    for (const auto* item : items) {
      if (listed_ == owner_most) {
        ++to.unlisted;
        continue;
      }
      ++listed_;
      shown.lines.push_back(line_of(*item, in_.calendar));
      for (const auto& step : steps_due(*item, in_))
        if (step.told.step == Step::due_soon) out_.told.push_back(step.told);
    }
    if (!shown.lines.empty()) to.parts.push_back(std::move(shown));
  }
  void next_owner() { listed_ = 0; }

 private:
  // What a reminder would have told the channel stands in it now; whom it would have told apart is mentioned here.
  Line channel_line(const Item& item) {
    auto line = line_of(item, in_.calendar);
    for (const auto& step : steps_due(item, in_)) {
      if (step.told.step == Step::due_soon) continue;
      out_.told.push_back(step.told);
      const bool is_new = !step.to.empty() && step.to != item.owner && std::ranges::count(line.pings, step.to) == 0;
      if (is_new) line.pings.push_back(step.to);
    }
    return line;
  }

  const Situation& in_;
  Digest& out_;
  std::size_t in_thread_ = 0, listed_ = 0;
};

bool needs_owner(Part part) { return part != Part::closed && part != Part::unowned; }

// An owner's open items; `others` do not need them this week.
struct Theirs {
  Chosen parts;
  std::size_t others = 0;

  void add(const Item& item, std::optional<Part> part) {
    if (part && needs_owner(*part))
      of(parts, *part).push_back(&item);
    else
      ++others;
  }
};

}  // namespace

Digest digest(const Situation& in, const DigestPlan& plan, std::optional<Verified> verified) {
  const auto today = in.calendar.date_of(in.now);
  Digest out{.week = plan.week, .today = today, .sending = plan.sending, .missed = plan.missed, .verified = verified};
  const auto last = in.last_digest.value_or(in.now - std::chrono::days{7});
  const auto week_ago = in.calendar.time_of(plus_days(today, -7));
  const auto four_weeks_ago = in.calendar.time_of(plus_days(today, -28));

  Chosen chosen;
  std::map<UserId, Theirs> owners;
  auto oldest = Instant::max();
  for (const auto& item : in.items) {
    if (is_closed(item.state)) {
      if (item.closed_at && *item.closed_at > last && *item.closed_at <= in.now)
        of(chosen, Part::closed).push_back(&item);
      continue;
    }
    count(out.ages, oldest, item, week_ago, four_weeks_ago);
    const bool snoozed = is_snoozed(item, today);
    if (snoozed) ++out.ages.snoozed;
    const auto part = snoozed ? std::nullopt : part_of(item, today);
    if (part) of(chosen, *part).push_back(&item);
    if (!item.owner.empty() && !in.written_to.contains(item.owner)) owners[item.owner].add(item, part);
  }
  // Who owns items of several teams hears of all of them at once, from the first team whose digest comes that week.
  for (const auto& item : in.elsewhere)
    if (const auto theirs = owners.find(item.owner); theirs != owners.end() && !is_closed(item.state))
      theirs->second.add(item, is_snoozed(item, today) ? std::nullopt : part_of(item, today));
  if (out.ages.open > 0) out.ages.oldest = in.calendar.date_of(oldest);
  out.for_channel = out.ages.open > 0 || !of(chosen, Part::closed).empty();

  Lines lines{in, out};
  for (std::size_t i = 0; i < part_count; ++i) {
    sort_part(static_cast<Part>(i), chosen[i]);
    lines.channel(static_cast<Part>(i), chosen[i]);
  }
  for (auto& [user, theirs] : owners) {
    OwnerDigest one{.owner = user, .parts = {}, .unlisted = 0, .others = theirs.others};
    lines.next_owner();
    for (std::size_t i = 0; i < part_count; ++i) {
      sort_part(static_cast<Part>(i), theirs.parts[i]);
      lines.owner(one, static_cast<Part>(i), theirs.parts[i]);
    }
    if (!one.parts.empty()) out.owners.push_back(std::move(one));
  }
  return out;
}

}  // namespace vakt::action
