#include "bot/brain/brain.hpp"

#include <algorithm>
#include <utility>

#include "bot/brain/loading.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t queue_limit = 20'000;
constexpr std::size_t batch_limit = 256;
constexpr auto heartbeat_every = 5s;
constexpr unsigned inbox_looked_at_every = 64;  // batches, where there is no idle moment
const std::string online_until = "online_until";

bool is_page(const Inbound& in) {
  const auto* done = std::get_if<inbound::EffectDone>(&in.body);
  return done && std::holds_alternative<effect::FetchPage>(done->effect.body);
}

}  // namespace

Brain::Brain(Ledger& ledger, Reader& reader, Outlet& outlet, Settings settings, Clock now)
    : ledger_(ledger), reader_(reader), outlet_(outlet), settings_(std::move(settings)), now_(std::move(now)) {}

Brain::~Brain() { stop(); }

void Brain::start() {
  tell_operators();
  auto left = ledger_.pending();
  for (const auto& why : left.lost)
    outlet_.report(true,
                   "Something that was to be sent to Slack cannot be read back and will not be sent (see the "
                   "quarantine table): " +
                       why);
  for (auto& row : left.rows) {
    row.tried = true;  // whether the earlier run got to it cannot be known
    if (resumes(row)) outlet_.submit(std::move(row));
  }
  thread_ = std::thread{[this] { loop(); }};
}

void Brain::stop() {
  {
    const std::scoped_lock lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Brain::push(Inbound in) {
  {
    const std::scoped_lock lock{mutex_};
    if (!take(in)) return false;
  }
  wake_.notify_one();
  return true;
}

void Brain::push_all(std::vector<Inbound>& batch) {
  {
    const std::scoped_lock lock{mutex_};
    std::erase_if(batch, [this](Inbound& in) { return take(in); });
  }
  wake_.notify_one();
}

bool Brain::take(Inbound& in) {
  const bool ours = in.envelope_id.empty();  // results and wake-ups have nobody who would send them again
  if (stopping_ && !ours) return false;
  if (!ours && !is_from_person(in) && urgent_.size() >= queue_limit) return false;
  (is_page(in) ? later_ : urgent_).push_back(std::move(in));
  return true;
}

BrainCounts Brain::counts() const {
  const std::scoped_lock lock{mutex_};
  return counts_;
}

// Waits until there is something to do. Empty: a wake-up or the heartbeat may be due, or we are stopping.
std::vector<Inbound> Brain::next_batch() {
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, 500ms, [&] { return stopping_ || !urgent_.empty() || !later_.empty(); });
  std::vector<Inbound> batch;
  while (!urgent_.empty() && batch.size() < batch_limit) {
    batch.push_back(std::move(urgent_.front()));
    urgent_.pop_front();
  }
  if (batch.empty() && !later_.empty()) {
    batch.push_back(std::move(later_.front()));
    later_.pop_front();
  }
  return batch;
}

void Brain::loop() {
  for (;;) {
    auto batch = next_batch();
    {
      const std::scoped_lock lock{mutex_};
      if (stopping_ && batch.empty()) return;
    }
    const bool idle = batch.empty();
    if (!idle) run_batch(std::move(batch));
    // While storage fails each look at it may take as long as people can wait: one a round.
    if (idle || storage_works_) heartbeat(idle);
  }
}

void Brain::fire_due(Instant now) {
  if (!wakes_known_) next_wake_ = ledger_.next_wake_up();
  wakes_known_ = true;
  if (!next_wake_ || *next_wake_ > now) return;
  wakes_known_ = false;
  std::vector<Inbound> due;
  for (const auto& wake_up : ledger_.due(now)) due.push_back({.at = now, .body = inbound::Due{wake_up.key}});
  if (!due.empty()) run_batch(std::move(due));
}

// Fires what is due and notes until when we have been listening. Shows that storage works again where nothing else
// would.
void Brain::heartbeat(bool idle) {
  const auto now = now_();
  try {
    if (storage_works_) fire_due(now);
    if (storage_works_ && (idle || ++busy_rounds_ % inbox_looked_at_every == 0)) drain_inbox();
    if (storage_works_ && (!online_ || now - last_heartbeat_ < heartbeat_every)) return;
    ledger_.begin();
    ledger_.set_cursor(online_ ? online_until : "storage_proved", iso_utc(now));
    ledger_.commit();
    last_heartbeat_ = now;
    storage_is_back();
  } catch (const std::exception& error) {
    ledger_.rollback();
    storage_fails(error.what());
  }
}

void Brain::run_batch(std::vector<Inbound> batch) {
  if (!try_batch(batch)) keep_for_later(std::move(batch));
}

bool Brain::try_batch(std::vector<Inbound>& batch) {
  Released released;
  try {
    ledger_.begin();
    for (const auto& in : batch) process(in, released);
    ledger_.commit();
  } catch (const std::exception& error) {
    ledger_.rollback();
    asked_names_.clear();  // what was asked in this batch was rolled back with it
    storage_fails(error.what());
    return false;
  }
  if (released.operators_changed) tell_operators();
  storage_is_back();
  for (auto& ack : released.acks) outlet_.acknowledge(std::move(ack));
  for (auto& row : released.effects) outlet_.submit(std::move(row));
  for (const auto& [is_error, sentence] : released.reports) outlet_.report(is_error, sentence);
  report_left_out();
  const std::scoped_lock lock{mutex_};
  counts_.messages += released.counts.messages;
  counts_.commands += released.counts.commands;
  counts_.acks += released.acks.size();
  counts_.quarantined += released.counts.quarantined;
  counts_.gaps += released.counts.gaps;
  return true;
}

// What lists had to leave out: said once, not with each list.
void Brain::report_left_out() {
  auto sentences = ledger_.left_out();
  std::ranges::move(reader_.left_out(), std::back_inserter(sentences));
  for (const auto& sentence : sentences)
    outlet_.report(true, sentence + " It is left out of every list until it can; nothing else waits for it.");
}

// One Inbound under a savepoint: one that throws is set aside and does not take the batch with it.
void Brain::process(const Inbound& in, Released& released) {
  Acknowledgement ack{.connection = in.connection, .envelope_id = in.envelope_id};
  ledger_.savepoint();
  Released own;
  try {
    if (in.dedupe_key.empty() || ledger_.claim(in.dedupe_key, in.at)) {
      if (in.outbox_id) ledger_.finish(in.outbox_id);
      decide_and_store(in, own);
      if (!own.acks.empty()) ack.answer = std::move(own.acks.front().answer);
    }
    ledger_.release();
  } catch (const StorageError&) {
    throw;
  } catch (const std::exception& error) {
    ledger_.rollback_to_savepoint();
    ledger_.release();
    asked_names_.clear();
    own = {};
    quarantine(in, error.what(), own);
    if (is_from_person(in)) ack.answer = refusal(in, texts(settings_.language).set_aside, own.effects);
  }
  if (!in.envelope_id.empty()) released.acks.push_back(std::move(ack));
  std::ranges::move(own.effects, std::back_inserter(released.effects));
  released.operators_changed |= own.operators_changed;
  std::ranges::move(own.reports, std::back_inserter(released.reports));
  released.counts.messages += own.counts.messages;
  released.counts.commands += own.counts.commands;
  released.counts.gaps += own.counts.gaps;
  released.counts.quarantined += own.counts.quarantined;
}

void Brain::quarantine(const Inbound& in, const std::string& error, Released& released) {
  ledger_.quarantine(in.at, "inbound kind " + std::to_string(in.body.index()) + " " + in.dedupe_key, error);
  if (in.outbox_id) ledger_.finish(in.outbox_id);
  if (const auto* due = std::get_if<inbound::Due>(&in.body))
    ledger_.cancel_wake_up(due->key);  // else it comes for ever
  ++released.counts.quarantined;
  released.reports.emplace_back(
      true, "One event could not be handled and was set aside (see the quarantine table): " + error);
}

// Those that the outlet was told of: it and we take the same kills for allowed while the ledger is out of reach.
void Brain::tell_operators() {
  known_operators_ = read_operators(settings_, [this](const std::string& name) { return ledger_.cursor(name); });
  outlet_.operators(known_operators_);
}

// What an earlier run was told of a kill goes with it: it is read again before anything is repeated.
bool Brain::resumes(OutboxRow& row) {
  auto* kill = std::get_if<effect::ChangeFlag>(&row.effect.body);
  if (!kill) return true;
  kill->wanted.resumed = true;
  std::optional<flag::Change> change;
  try {
    change = ledger_.change(kill->change);
  } catch (const DamagedRow& error) {  // the order itself can be read, and off is never blocked
    outlet_.report(true, error.what());
    return true;
  }
  if (!change || change->is_over()) return false;
  kill->wanted.stored_at = change->progress.stored_at;
  kill->wanted.asked_at = change->requested_at;
  return true;
}

// What the command line left while we were away, or beside us.
void Brain::drain_inbox() {
  for (auto& row : ledger_.inbox()) {
    ledger_.begin();
    Released released;
    if (row.damage.empty()) {
      std::visit([&](auto& left) { process({.at = now_(), .body = std::move(left)}, released); }, row.left);
    } else {
      ledger_.quarantine(now_(), "inbox: " + row.bytes, row.damage);
      released.reports.emplace_back(
          true,
          "What the command line left could not be read and was set aside (see the quarantine table): " + row.damage);
    }
    ledger_.take_from_inbox(row.id);
    ledger_.commit();
    for (auto& effect : released.effects) outlet_.submit(std::move(effect));
    for (const auto& [is_error, sentence] : released.reports) outlet_.report(is_error, sentence);
  }
}

void Brain::decide_and_store(const Inbound& in, Released& released) {
  if (const auto* online = std::get_if<inbound::Online>(&in.body); online && online->since == Instant{}) {
    const auto until = from_iso_utc(ledger_.cursor(online_until));
    Inbound known = in;
    known.body = inbound::Online{until && *until < in.at ? *until : in.at};
    return decide_and_store(known, released);
  }
  if (const auto* due = std::get_if<inbound::Due>(&in.body)) {
    ledger_.cancel_wake_up(due->key);
    wakes_known_ = false;
  }

  std::vector<std::string> passed_over;
  auto decision = decide(in, load(needs(in, settings_), in.at, settings_, ledger_, reader_, passed_over), settings_);
  for (auto& sentence : passed_over) released.reports.emplace_back(true, std::move(sentence));
  for (const auto& state : decision.changed) {
    std::vector<Event> events;
    for (const auto& event : decision.events)
      if (event.incident == state.number) events.push_back(event);
    ledger_.save(state, events);
  }
  for (const auto& entry : decision.added) {
    ledger_.add(entry);
    released.counts.messages += entry.kind == EntryKind::message;
    released.counts.gaps += entry.kind == EntryKind::gap;
  }
  for (const auto& entry : decision.replaced) ledger_.replace(entry);
  wakes_known_ = wakes_known_ && decision.wakes.empty();
  for (const auto& wake : decision.wakes) {
    if (wake.at)
      ledger_.set_wake_up({wake.key, *wake.at});
    else
      ledger_.cancel_wake_up(wake.key);
  }
  for (const auto& [key, draft] : decision.drafts) ledger_.keep(key, draft, in.at);
  for (const auto& key : decision.drafts_finished) ledger_.forget_draft(key);
  for (const auto& [id, name] : decision.names) ledger_.remember_name(id, name);
  for (const auto& change : decision.changes) ledger_.save_change(change);
  for (const auto& item : decision.items) ledger_.save_item(item);
  for (const auto& rollout : decision.rollouts) ledger_.save_rollout(rollout);
  for (const auto& seen : decision.observed) ledger_.observe(seen.provider, seen.observation);
  for (const auto& [name, value] : decision.cursors) {
    ledger_.set_cursor(name, value);
    released.operators_changed |= name.starts_with(group_cursor);
  }
  if (decision.audit)
    ledger_.audit({in.at, decision.audit->actor, decision.audit->channel, decision.audit->command,
                   decision.audit->outcome, decision.audit->detail});
  look_up_names(decision.names_wanted, decision.effects);
  for (const auto& effect : decision.effects)
    released.effects.push_back({.id = ledger_.enqueue(effect, in.at), .effect = effect, .created_at = in.at});
  released.counts.commands += is_from_person(in);
  if (decision.answer) released.acks.push_back({.answer = std::move(decision.answer)});
  for (const auto& next : decision.then) {
    try {
      decide_and_store(next, released);
    } catch (const DamagedRow& error) {  // thrown before it wrote anything: set aside alone, its siblings go on
      quarantine(next, error.what(), released);
    }
  }
}

void Brain::look_up_names(const std::vector<std::string>& ids, std::vector<Effect>& effects) {
  for (const auto& id : ids)
    if (asked_names_.insert(id).second && ledger_.known_name(id).empty())
      effects.push_back({.body = effect::LookUpUser{id}});
}

}  // namespace vakt
