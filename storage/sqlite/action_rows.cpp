#include "storage/sqlite/action_rows.hpp"

#include "bot/actions/folded.hpp"
#include "storage/codec.hpp"

namespace vakt::sqlite {

namespace {

// The row that `rows` stands on, of SELECT id, body.
action::Item item_of(const Rows& rows) {
  return decoded_row([&] { return "Action item " + std::to_string(rows.integer(0)); },
                     [&] { return storage::decode_item(rows.text(1)); });
}

std::vector<action::Item> items(Rows rows, LeftOut& left_out) {
  return readable_rows(std::move(rows), left_out, item_of);
}

}  // namespace

void write_item(Connection& db, const action::Item& item) {
  std::optional<Instant> closed_at;
  if (action::is_closed(item.state)) closed_at = item.closed_at.value_or(item.created_at);
  const auto short_link = item.card ? std::optional{item.card->short_link} : std::nullopt;
  const auto label = item.label.empty() ? std::nullopt : std::optional{action::folded(item.label)};
  db.run(
      "INSERT INTO action_items (id, closed_at, short_link, label, body) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (id) DO UPDATE SET closed_at = ?2, short_link = ?3, label = ?4, body = ?5",
      item.id, closed_at, short_link, label, storage::encode(item));
  db.run("DELETE FROM action_incidents WHERE item = ?1", item.id);
  for (const auto incident : item.incidents)
    db.run("INSERT OR IGNORE INTO action_incidents (incident, item) VALUES (?1, ?2)", incident, item.id);
}

std::optional<action::Item> read_item(Connection& db, action::ItemId id) {
  Rows rows = db.query("SELECT id, body FROM action_items WHERE id = ?1", id);
  if (!rows.next()) return std::nullopt;
  return item_of(rows);
}

std::vector<action::Item> read_items(Connection& db, LeftOut& left_out) {
  return items(db.query("SELECT id, body FROM action_items ORDER BY id"), left_out);
}

std::vector<action::Item> read_items_of_card(Connection& db, const std::string& short_link, LeftOut& left_out) {
  return items(db.query("SELECT id, body FROM action_items WHERE short_link = ?1 ORDER BY id", short_link), left_out);
}

std::vector<action::Item> read_items_with_label(Connection& db, const std::string& label, LeftOut& left_out) {
  return items(db.query("SELECT id, body FROM action_items WHERE label = ?1 ORDER BY id", action::folded(label)),
               left_out);
}

std::vector<action::Item> read_items_of_incident(Connection& db, IncidentNumber incident, LeftOut& left_out) {
  return items(db.query("SELECT id, body FROM action_incidents JOIN action_items ON id = item"
                        " WHERE incident = ?1 ORDER BY item",
                        incident),
               left_out);
}

std::vector<action::Item> read_items_open_or_closed_since(Connection& db, Instant since, LeftOut& left_out) {
  // In two steps: an OR would read all that was ever closed.
  return items(
      db.query("SELECT id, body FROM action_items WHERE id IN (SELECT id FROM action_items WHERE closed_at IS NULL"
               " UNION ALL SELECT id FROM action_items WHERE closed_at >= ?1) ORDER BY id",
               since),
      left_out);
}

}  // namespace vakt::sqlite
