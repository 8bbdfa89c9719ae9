#include "storage/sqlite/rollout_rows.hpp"

#include "storage/codec.hpp"

namespace vakt::sqlite {

namespace {

// The row that `rows` stands on, of SELECT id, body.
rollout::Rollout rollout_of(const Rows& rows) {
  return decoded_row([&] { return "Rollout " + std::to_string(rows.integer(0)); },
                     [&] { return storage::decode_rollout(rows.text(1)); });
}

}  // namespace

void write_rollout(Connection& db, const rollout::Rollout& rollout) {
  db.run(
      "INSERT INTO rollouts (id, followed, body) VALUES (?1, ?2, ?3)"
      " ON CONFLICT (id) DO UPDATE SET followed = ?2, body = ?3",
      rollout.id, static_cast<std::int64_t>(rollout.state != rollout::State::rolled_back), storage::encode(rollout));
}

std::optional<rollout::Rollout> read_rollout(Connection& db, rollout::Id id) {
  Rows rows = db.query("SELECT id, body FROM rollouts WHERE id = ?1", id);
  if (!rows.next()) return std::nullopt;
  return rollout_of(rows);
}

std::vector<rollout::Rollout> read_rollouts(Connection& db, LeftOut& left_out) {
  return readable_rows(db.query("SELECT id, body FROM rollouts ORDER BY id DESC LIMIT 500"), left_out, rollout_of);
}

std::vector<rollout::Rollout> read_rollouts_followed(Connection& db, LeftOut& left_out) {
  return readable_rows(db.query("SELECT id, body FROM rollouts WHERE followed = 1 ORDER BY id"), left_out, rollout_of);
}

}  // namespace vakt::sqlite
