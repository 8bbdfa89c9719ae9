#include "storage/sqlite/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>

#include "storage/sqlite/connection.hpp"
#include "tests/storage/samples.hpp"
#include "tests/storage/sqlite/folder.hpp"

namespace vakt {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::entry;
using test::incident;
using test::noon;

std::optional<Entry> find(Ledger& ledger, IncidentNumber incident, const ChannelId& channel, const Ts& ts) {
  for (const auto& one : ledger.entries_of(channel, ts))
    if (one.incident == incident) return one;
  return std::nullopt;
}

class LedgerTest : public testing::Test {
 protected:
  void SetUp() override {
    ledger->begin();
    ledger->save(incident(1, "C1"), {});
    ledger->commit();
  }
  void reopen() {
    ledger.reset();
    ledger = open_ledger(folder.file());
  }

  test::Folder folder;
  std::unique_ptr<Ledger> ledger = open_ledger(folder.file());
};

TEST_F(LedgerTest, KeepsStateAndEventsAcrossRestarts) {
  Incident state = incident(2, "C2");
  ledger->begin();
  ledger->save(state, {{2, at(noon), "U1", event::Resolved{}}});
  state.title = "Worse";
  ledger->save(state, {});
  ledger->commit();
  reopen();
  EXPECT_EQ(ledger->incident(2), state);
  EXPECT_EQ(ledger->incident_of_channel("C2"), state);
  EXPECT_EQ(ledger->events(2).size(), 1u);
  EXPECT_TRUE(ledger->events(1).empty());
}

TEST_F(LedgerTest, GivesEventsInTheOrderTheyCame) {
  auto events = test::every_event();
  for (Event& event : events) event.incident = 1;
  ledger->begin();
  ledger->save(incident(1, "C1"), events);
  ledger->commit();
  reopen();
  const auto stored = ledger->events(1);
  ASSERT_EQ(stored.size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(storage::encode(stored[i]), storage::encode(events[i]));
}

TEST_F(LedgerTest, ListsOpenIncidentsAndRecordedChannels) {
  Incident resolved = incident(2, "C2"), archived = incident(3, "C3"), unbound = incident(4, "");
  resolved.status = Status::resolved;
  archived.archived = true;
  ledger->begin();
  for (const auto& state : {unbound, archived, resolved}) ledger->save(state, {});
  ledger->commit();
  const auto numbers = [](const std::vector<Incident>& list) {
    std::vector<IncidentNumber> found;
    for (const auto& one : list) found.push_back(one.number);
    return found;
  };
  EXPECT_THAT(numbers(ledger->incidents(false)), testing::ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(numbers(ledger->incidents(true)), testing::ElementsAre(1, 3, 4));
  EXPECT_THAT(numbers(ledger->recorded_channels()), testing::ElementsAre(1, 2));
  EXPECT_EQ(ledger->next_number(), 5);
}

TEST_F(LedgerTest, FindsTheIncidentOfAChannelAsItChanges) {
  EXPECT_FALSE(ledger->incident_of_channel("C2"));
  EXPECT_EQ(ledger->incident_of_channel("C1")->number, 1);
  ledger->begin();
  ledger->save(incident(1, "C2"), {});
  EXPECT_EQ(ledger->incident_of_channel("C2")->number, 1);
  EXPECT_FALSE(ledger->incident_of_channel("C1"));
  ledger->rollback();
  EXPECT_EQ(ledger->incident_of_channel("C1")->number, 1);
  EXPECT_FALSE(ledger->incident_of_channel("C2"));
  EXPECT_FALSE(ledger->incident_of_channel(""));
}

TEST_F(LedgerTest, AChannelServesOneIncidentAfterAnother) {
  Incident first = incident(1, "C1"), second = incident(2, "C1"), third = incident(3, "C1");
  const auto recorder = [&] { return ledger->incident_of_channel("C1")->number; };
  const auto save = [&](const Incident& state) {
    ledger->begin();
    ledger->save(state, {});
    ledger->commit();
  };
  first.status = Status::resolved;
  save(first);
  EXPECT_EQ(recorder(), 1);
  save(second);
  EXPECT_EQ(recorder(), 2);
  second.status = Status::cancelled;
  save(second);
  EXPECT_EQ(recorder(), 2) << "none is open: the latest";
  first.status = Status::open;
  save(first);
  EXPECT_EQ(recorder(), 1) << "the open one";
  first.status = third.status = Status::resolved;
  save(first);
  save(third);
  reopen();
  EXPECT_EQ(recorder(), 3);
  ASSERT_EQ(ledger->recorded_channels().size(), 1u);
  EXPECT_EQ(ledger->recorded_channels()[0].number, 3);
  EXPECT_EQ(ledger->incidents_of_channel("C1").size(), 3u);
  third.archived = true;
  save(third);
  EXPECT_TRUE(ledger->recorded_channels().empty()) << "not the one before it";
}

TEST_F(LedgerTest, DraftsAreKeptForADay) {
  ledger->begin();
  ledger->keep("a", test::draft(), at(noon));
  ledger->keep("b", Draft{}, at(noon) + 1h);
  ledger->commit();
  reopen();
  EXPECT_EQ(storage::encode(*ledger->draft("a")), storage::encode(test::draft()));
  ledger->begin();
  ledger->keep("c", Draft{}, at(noon) + 24h);
  EXPECT_FALSE(ledger->draft("a"));
  EXPECT_TRUE(ledger->draft("b"));
  ledger->forget_draft("b");
  EXPECT_FALSE(ledger->draft("b"));
  EXPECT_FALSE(ledger->draft("unheard of"));
  ledger->commit();
}

TEST_F(LedgerTest, FindsTheEventEndThatVaktSetItself) {
  EXPECT_FALSE(ledger->own_end(1));
  Entry theirs;
  theirs.incident = 1;
  theirs.kind = EntryKind::marker;
  theirs.detail = "event_end";
  theirs.actor = "U1";
  Entry ours = theirs, other = theirs;
  ours.actor = other.actor = "";
  other.detail = "downtime_end";
  ledger->begin();
  for (const auto& one : {theirs, ours, other, theirs}) ledger->add(one);
  ledger->commit();
  EXPECT_EQ(ledger->own_end(1)->seq, 2);
}

TEST_F(LedgerTest, FindsFieldsAndAnEntryByItsNumber) {
  Entry summary;
  summary.incident = 1;
  summary.kind = EntryKind::field;
  summary.detail = "summary";
  summary.text = "down";
  Entry impact = summary;
  impact.detail = "impact";
  ledger->begin();
  ledger->add(summary);
  ledger->add(entry(1, "C1", "1700000000.000100"));
  ledger->add(impact);
  const auto uncommitted = ledger->fields(1);
  ledger->commit();
  ASSERT_EQ(uncommitted.size(), 2u);
  EXPECT_EQ(uncommitted[0].detail, "summary");
  EXPECT_EQ(uncommitted[1].seq, 3);
  EXPECT_TRUE(ledger->fields(2).empty());
  EXPECT_EQ(ledger->entry(1, 2)->slack->ts, "1700000000.000100");
  EXPECT_FALSE(ledger->entry(1, 4));
  EXPECT_FALSE(ledger->entry(2, 1));
}

TEST_F(LedgerTest, SavedStateIsSeenThroughTheChannel) {
  ledger->incident_of_channel("C1");
  Incident state = incident(1, "C1");
  state.title = "Renamed";
  ledger->begin();
  ledger->save(state, {});
  EXPECT_EQ(ledger->incident_of_channel("C1")->title, "Renamed");
  ledger->commit();
}

TEST_F(LedgerTest, RollbackToSavepointTakesOneInboundOnly) {
  ledger->begin();
  ledger->savepoint();
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.1")), 1);
  ledger->release();
  ledger->savepoint();
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.2")), 2);
  ledger->enqueue(test::every_effect()[0], at(noon));
  Incident changed = incident(1, "C1");
  changed.title = "gone";
  ledger->save(changed, {});
  ledger->rollback_to_savepoint();
  ledger->release();
  ledger->quarantine(at(noon), "message", "broken");
  ledger->savepoint();
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.3")), 2);
  ledger->release();
  ledger->commit();
  reopen();
  EXPECT_EQ(ledger->incident(1)->title, "Checkout is slow");
  EXPECT_FALSE(find(*ledger, 1, "C1", "1.2"));
  EXPECT_EQ(find(*ledger, 1, "C1", "1.3")->seq, 2);
  EXPECT_TRUE(ledger->pending().rows.empty());
  sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_only);
  EXPECT_EQ(db.number("SELECT count(*) FROM quarantine"), 1);
}

TEST_F(LedgerTest, RollbackTakesTheBatchAndCanBeRepeated) {
  ledger->rollback();
  ledger->begin();
  ledger->savepoint();
  ledger->add(entry(1, "C1", "1.1"));
  ledger->rollback();
  ledger->rollback();
  ledger->begin();
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.1")), 1);
  ledger->commit();
}

TEST_F(LedgerTest, AMessageIsRecordedOnce) {
  ledger->begin();
  ledger->add(entry(1, "C1", "1.1"));
  EXPECT_THROW(ledger->add(entry(1, "C1", "1.1")), std::logic_error);
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.2")), 2);
  Entry note = entry(1, "C1", "1.1");
  note.slack.reset();
  EXPECT_EQ(ledger->add(note), 3);
  EXPECT_EQ(ledger->add(note), 4);
  EXPECT_THROW(ledger->add(entry(9, "C9", "1.1")), std::logic_error) << "no such incident";
  ledger->commit();
}

TEST_F(LedgerTest, AMessageMayStandInTwoRecords) {
  ledger->begin();
  ledger->save(incident(2, "C2"), {});
  ledger->add(entry(1, "C1", "1.1", "first"));
  EXPECT_EQ(ledger->add(entry(2, "C1", "1.1", "second")), 1);
  ledger->commit();
  EXPECT_EQ(find(*ledger, 1, "C1", "1.1")->text, "first");
  EXPECT_EQ(find(*ledger, 2, "C1", "1.1")->text, "second");
  EXPECT_FALSE(find(*ledger, 2, "C2", "1.1"));
  EXPECT_EQ(ledger->entries_of("C1", "1.1").size(), 2u);
}

TEST_F(LedgerTest, ReplaceKeepsThePlace) {
  ledger->begin();
  Entry one = entry(1, "C1", "1.1", "secret");
  one.seq = ledger->add(one);
  one.text = one.slack->text = "removed";
  one.versions = {{at(1), "older"}};
  one.deleted_at = at(2);
  one.held_by = {"U1", "pin"};
  ledger->replace(one);
  one.seq = 77;
  EXPECT_THROW(ledger->replace(one), std::logic_error);
  ledger->commit();
  one.seq = 1;
  EXPECT_EQ(find(*ledger, 1, "C1", "1.1"), one);
}

TEST_F(LedgerTest, AKeyIsClaimedOnceIn7Days) {
  ledger->begin();
  EXPECT_TRUE(ledger->claim("envelope", at(noon)));
  EXPECT_FALSE(ledger->claim("envelope", at(noon)));
  EXPECT_TRUE(ledger->claim("other", at(noon)));
  ledger->commit();
  reopen();
  EXPECT_FALSE(ledger->claim("envelope", at(noon) + 7 * 24h - 1us));
  EXPECT_TRUE(ledger->claim("envelope", at(noon) + 7 * 24h));
  EXPECT_FALSE(ledger->claim("envelope", at(noon) + 8 * 24h));
}

TEST_F(LedgerTest, OldKeysAreForgottenInSmallSteps) {
  ledger->begin();
  for (int i = 0; i < 3000; ++i) ledger->claim("old" + std::to_string(i), at(noon));
  for (int i = 0; i < 3000; ++i) ledger->claim("new" + std::to_string(i), at(noon) + 8 * 24h);
  EXPECT_FALSE(ledger->claim("new0", at(noon) + 8 * 24h));
  ledger->commit();
  sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_only);
  EXPECT_EQ(db.number("SELECT count(*) FROM seen"), 3000);
}

TEST_F(LedgerTest, OutboxKeepsEffectsUntilTheyAreDone) {
  ledger->begin();
  std::vector<std::int64_t> ids;
  for (const Effect& effect : test::every_effect()) ids.push_back(ledger->enqueue(effect, at(noon)));
  ledger->finish(ids[0]);
  ledger->finish(ids.back());
  ledger->commit();
  reopen();
  const auto rows = ledger->pending().rows;
  ASSERT_EQ(rows.size(), ids.size() - 2);
  EXPECT_EQ(rows[0].id, ids[1]);
  EXPECT_EQ(rows[0].created_at, at(noon));
  EXPECT_EQ(storage::encode(rows[0].effect), storage::encode(test::every_effect()[1]));
  EXPECT_GT(ledger->enqueue(test::every_effect()[0], at(noon)), ids.back()) << "an id is never used again";
}

TEST_F(LedgerTest, AnUnreadableOutboxRowIsSetAsideAndTheOthersGoOn) {
  ledger->begin();
  ledger->enqueue(test::every_effect()[0], at(noon));
  const auto bad = ledger->enqueue(test::every_effect()[1], at(noon));
  ledger->enqueue(test::every_effect()[2], at(noon));
  ledger->commit();
  sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_write);
  db.run("UPDATE outbox SET effect = '{\"type\":' WHERE id = ?1", bad);
  const auto first = ledger->pending();
  EXPECT_EQ(first.rows.size(), 2U);
  ASSERT_EQ(first.lost.size(), 1U);
  EXPECT_EQ(db.number("SELECT count(*) FROM quarantine WHERE what = 'outbox ' || ?1", bad), 1);
  EXPECT_TRUE(ledger->pending().lost.empty()) << "said once";
  ledger->begin();
  ledger->commit();
}

TEST_F(LedgerTest, ErasedTextIsInNoFileAnyMore) {
  const std::string secret = "the customer's telephone number";
  const auto kept = [&] {
    return test::bytes(folder.file()).find(secret) != std::string::npos ||
           test::bytes(folder.file() + "-wal").find(secret) != std::string::npos;
  };
  ledger->begin();
  ledger->save(test::incident(1, "C1"), {});
  auto entry = test::entry(1, "C1", "1", secret);
  entry.curated = Curation{.text = secret, .by = "U1"};
  entry.seq = ledger->add(entry);
  ledger->commit();
  EXPECT_TRUE(kept());
  entry.deleted_at = at(noon);
  entry.text.clear();
  entry.curated->text.clear();
  entry.slack->text.clear();
  {
    sqlite::Connection reading(folder.file(), sqlite::Connection::Mode::read_only);
    reading.run("BEGIN");
    reading.number("SELECT count(*) FROM entries");
    ledger->begin();
    ledger->replace(entry);
    ledger->commit();
    EXPECT_TRUE(kept()) << "somebody is reading what was before";
  }
  ledger->begin();
  ledger->commit();
  EXPECT_FALSE(kept());
}

TEST_F(LedgerTest, WakeUpsHaveOneTimeEach) {
  EXPECT_FALSE(ledger->next_wake_up());
  ledger->begin();
  ledger->set_wake_up({"b", at(30)});
  ledger->set_wake_up({"a", at(30)});
  ledger->set_wake_up({"c", at(90)});
  ledger->set_wake_up({"c", at(10)});
  ledger->set_wake_up({"d", at(1)});
  ledger->cancel_wake_up("d");
  ledger->cancel_wake_up("never set");
  ledger->commit();
  EXPECT_EQ(ledger->next_wake_up(), at(10));
  std::string keys;
  for (const auto& wake_up : ledger->due(at(30))) keys += wake_up.key;
  EXPECT_EQ(keys, "cab");
  EXPECT_TRUE(ledger->due(at(9)).empty());
}

TEST_F(LedgerTest, CursorsAndNames) {
  EXPECT_EQ(ledger->cursor("online"), "");
  EXPECT_EQ(ledger->known_name("U1"), "");
  ledger->set_cursor("online", "1");
  ledger->set_cursor("online", "2");
  ledger->remember_name("U1", "Ada");
  ledger->remember_name("U1", "Ada L.");
  EXPECT_EQ(ledger->cursor("online"), "2");
  EXPECT_EQ(ledger->known_name("U1"), "Ada L.");
}

TEST_F(LedgerTest, ForgetsWhatItKnewWhenAnotherProgramWrote) {
  EXPECT_FALSE(ledger->incident_of_channel("C2"));
  ledger->begin();
  ledger->add(entry(1, "C1", "1.1"));
  ledger->commit();
  {
    const auto other = open_ledger(folder.file());
    other->begin();
    other->save(incident(2, "C2"), {});
    EXPECT_EQ(other->add(entry(1, "C1", "1.2")), 2);
    other->commit();
  }
  ledger->begin();
  EXPECT_EQ(ledger->incident_of_channel("C2")->number, 2);
  EXPECT_EQ(ledger->add(entry(1, "C1", "1.3")), 3);
  ledger->commit();
}

TEST_F(LedgerTest, CallsOutOfOrderAreTheCallersMistake) {
  EXPECT_THROW(ledger->commit(), std::logic_error);
  EXPECT_THROW(ledger->savepoint(), std::logic_error);
  ledger->begin();
  EXPECT_THROW(ledger->begin(), std::logic_error);
  EXPECT_THROW(ledger->rollback_to_savepoint(), std::logic_error);
  ledger->savepoint();
  EXPECT_THROW(ledger->savepoint(), std::logic_error);
  ledger->rollback();
}

TEST_F(LedgerTest, ReplacedTextLeavesNoCopyOnceTheFileIsClosed) {
  const std::string secret = "hunter2-hunter2-hunter2";
  ledger->begin();
  Entry one = entry(1, "C1", "1.1", secret);
  one.seq = ledger->add(one);
  ledger->commit();
  ledger->begin();
  one.text = one.slack->text = "";
  ledger->replace(one);
  ledger->commit();
  ledger.reset();
  EXPECT_EQ(test::bytes(folder.file()).find(secret), std::string::npos);
}

TEST(Ledger, ItsFilesAreForItsUserOnly) {
  const auto before = ::umask(0);
  test::Folder folder;
  const auto ledger = open_ledger(folder.file());
  ledger->begin();
  ledger->set_cursor("a", "b");
  ledger->commit();
  ::umask(before);
  for (const std::string suffix : {"", "-wal", "-shm"}) EXPECT_EQ(test::mode(folder.file() + suffix), 0600u) << suffix;
}

RC_GTEST_PROP(LedgerProperty, RoundTripsAnyEntry, ()) {
  static test::Folder folder;
  static const auto ledger = [] {
    auto made = open_ledger(folder.file());
    made->save(incident(1, "C1"), {});
    return made;
  }();
  static int count = 0;
  const auto text = rc::gen::container<std::string>(rc::gen::arbitrary<char>());  // any bytes, also no UTF-8 and NUL
  const auto instant = [] { return Instant{Micros{*rc::gen::arbitrary<std::int64_t>()}}; };
  Entry e;
  e.incident = 1;
  e.at = instant();
  e.approximate = *rc::gen::arbitrary<bool>();
  e.kind = static_cast<EntryKind>(*rc::gen::inRange(0, 13));
  e.detail = *text;
  e.actor = *text;
  e.actor_name = *text;
  e.text = *text;
  e.on_timeline = *rc::gen::arbitrary<bool>();
  e.backfilled = *rc::gen::arbitrary<bool>();
  e.slack = SlackRef{"C1", std::to_string(++count), *text, *text, *text};
  if (*rc::gen::arbitrary<bool>()) e.files = {{"F1", "ø.png", "https://files"}, {}};
  if (*rc::gen::arbitrary<bool>()) e.versions = {{instant(), "v\n1"}};
  if (*rc::gen::arbitrary<bool>()) e.deleted_at = instant();
  if (*rc::gen::arbitrary<bool>())
    e.curated = Curation{.text = "ø", .at = instant(), .left_out = *rc::gen::arbitrary<bool>(), .made = instant()};
  e.seq = ledger->add(e);
  RC_ASSERT(e.seq == count);
  RC_ASSERT(*find(*ledger, 1, "C1", e.slack->ts) == e);
}

// Batches of adds with random failures: what was committed is there, and seq has no hole.
RC_GTEST_PROP(LedgerProperty, SeqStaysDenseThroughRollbacks, ()) {
  static test::Folder folder;
  static const auto ledger = open_ledger(folder.file());
  static IncidentNumber number = 0;
  ledger->rollback();
  ledger->begin();
  ++number;
  ledger->save(incident(number, "C" + std::to_string(number)), {});
  ledger->commit();
  std::int64_t kept = 0;
  int ts = 0;
  for (int batch = *rc::gen::inRange(1, 6); batch > 0; --batch) {
    std::int64_t in_batch = kept;
    ledger->begin();
    for (int inbound = *rc::gen::inRange(0, 5); inbound > 0; --inbound) {
      const int adds = *rc::gen::inRange(0, 4);
      ledger->savepoint();
      for (int i = 0; i < adds; ++i)
        RC_ASSERT(ledger->add(entry(number, "C" + std::to_string(number), std::to_string(++ts))) == in_batch + i + 1);
      if (*rc::gen::arbitrary<bool>()) {
        ledger->release();
        in_batch += adds;
      } else {
        ledger->rollback_to_savepoint();
      }
    }
    if (*rc::gen::arbitrary<bool>()) {
      ledger->commit();
      kept = in_batch;
    } else {
      ledger->rollback();
    }
  }
  sqlite::Connection db(folder.file(), sqlite::Connection::Mode::read_only);
  RC_ASSERT(db.number("SELECT count(*) FROM entries WHERE incident = ?1", number) == kept);
  RC_ASSERT(db.number("SELECT coalesce(max(seq), 0) FROM entries WHERE incident = ?1", number) == kept);
}

}  // namespace
}  // namespace vakt
