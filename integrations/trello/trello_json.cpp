#include "integrations/trello/trello_json.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "bot/time/zones.hpp"
#include "integrations/json/json_read.hpp"
#include "integrations/trello/trello_api.hpp"

namespace vakt::trello {
namespace {

using json_read::at;
using json_read::number;
using json_read::text;
using json_read::truth;
using nlohmann::json;

// All elements that can be read; nothing where it is no array.
template <class T, class Read>
std::optional<std::vector<T>> all(const json& from, Read read) {
  if (!from.is_array()) return std::nullopt;
  std::vector<T> made;
  made.reserve(from.size());
  for (const json& one : from)
    if (std::optional<T> value = read(one)) made.push_back(std::move(*value));
  return made;
}

std::optional<ListBody> list_of(const json& from) {
  ListBody made{text(from, "id"), text(from, "name"), truth(from, "closed")};
  if (!is_id(made.id)) return std::nullopt;
  return made;
}

std::optional<MemberBody> member_of(const json& from) {
  MemberBody made{text(from, "id"), text(from, "username")};
  if (!is_id(made.id) || made.username.empty()) return std::nullopt;
  return made;
}

std::optional<LabelBody> label_of(const json& from) {
  LabelBody made{text(from, "id"), text(from, "name")};
  if (!is_id(made.id)) return std::nullopt;
  return made;
}

// Links go into Slack: only Trello's own.
std::string link_of(const json& from, const std::string& short_link) {
  const std::string own = "https://trello.com/c/" + short_link;
  const std::string url = text(from, "url");
  const bool trusted = url.starts_with(own) && (url.size() == own.size() || url[own.size()] == '/') &&
                       std::ranges::all_of(url, [](unsigned char c) {
                         return c > ' ' && c < 0x7f && c != '<' && c != '>' && c != '|' && c != '"';
                       });
  return trusted ? url : own;
}

std::string short_link_of(const json& from) {
  std::string made = text(from, "shortLink");
  if (const std::string url = text(from, "shortUrl"); made.empty() && url.size() > 8) made = url.substr(url.size() - 8);
  return made;
}

std::optional<CardBody> card_of(const json& from) {
  CardBody made;
  action::CardSeen& seen = made.seen;
  seen.card = {text(from, "id"), short_link_of(from), {}, text(from, "idBoard")};
  seen.list = text(from, "idList");
  if (!is_id(seen.card.id) || !is_short_link(seen.card.short_link) || !is_id(seen.card.board) || !is_id(seen.list) ||
      !at(from, "name").is_string() || !at(from, "closed").is_boolean())
    return std::nullopt;
  seen.card.url = link_of(from, seen.card.short_link);
  seen.number = number(from, "idShort");
  seen.title = text(from, "name");
  seen.complete = truth(from, "dueComplete");
  seen.closed = truth(from, "closed");
  if (const json& due = at(from, "due"); !due.is_null()) {
    seen.due = from_iso_utc(text(due));
    if (!seen.due) return std::nullopt;
  }
  if (const json& ids = at(from, "idMembers"); ids.is_array())
    for (const json& id : ids)
      if (is_id(text(id))) made.member_ids.push_back(text(id));
  if (const auto members = all<MemberBody>(at(from, "members"), member_of)) {
    for (const MemberBody& member : *members) seen.members.push_back(member.username);
    made.members_named = members->size() >= made.member_ids.size();
  }
  if (const json& list = at(from, "list"); at(list, "closed").is_boolean() && text(list, "id") == seen.list) {
    seen.list_closed = truth(list, "closed");
    made.list_told = true;
  }
  if (const json& board = at(from, "board"); at(board, "closed").is_boolean()) {
    seen.board_closed = truth(board, "closed");
    made.board_told = true;
  }
  made.description = text(from, "desc");
  if (const json& attached = at(from, "attachments"); attached.is_array())
    for (const json& one : attached) made.attachments.push_back(text(one, "url"));
  return made;
}

std::optional<BoardBody> board_of(const json& from) {
  BoardBody made;
  made.id = text(from, "id");
  made.name = text(from, "name");
  made.short_link = short_link_of(from);
  made.closed = truth(from, "closed");
  if (!is_id(made.id) || !at(from, "closed").is_boolean()) return std::nullopt;
  made.cards = all<CardBody>(at(from, "cards"), card_of);
  made.lists = all<ListBody>(at(from, "lists"), list_of);
  made.members = all<MemberBody>(at(from, "members"), member_of);
  return made;
}

std::optional<ActionBody> action_of(const json& from) {
  const json& data = at(from, "data");
  const json& card = at(data, "card");
  return ActionBody{text(from, "id"), text(card, "id"), text(card, "shortLink"), text(data, "text")};
}

// {"200": …}, or {"statusCode", "message"}.
std::optional<BatchEntry> entry_of(const json& from) {
  BatchEntry made;
  if (!from.is_object()) return made;
  if (from.contains("statusCode")) {
    const json& status = at(from, "statusCode");
    const std::string digits = status.is_string() ? text(status) : std::string();
    if (digits.empty())
      made.status = static_cast<int>(number(from, "statusCode"));
    else
      std::from_chars(digits.data(), digits.data() + digits.size(), made.status);
    made.message = text(from, "message");
    return made;
  }
  if (from.size() != 1) return made;
  const auto& key = from.begin().key();
  const auto end = std::from_chars(key.data(), key.data() + key.size(), made.status);
  if (end.ptr != key.data() + key.size()) made.status = 0;
  if (made.status == 200) made.card = card_of(from.begin().value());
  made.message = text(from.begin().value());
  return made;
}

}  // namespace

bool holds_marker(const CardBody& card, const std::string& marker) {
  if (marker.empty()) return false;
  return card.description.contains(marker) ||
         std::ranges::any_of(card.attachments, [&](const std::string& url) { return url.contains(marker); });
}

std::optional<CardBody> read_card(std::string_view body) { return card_of(json_read::parse(body)); }
std::optional<std::vector<CardBody>> read_cards(std::string_view body) {
  return all<CardBody>(json_read::parse(body), card_of);
}
std::optional<BoardBody> read_board(std::string_view body) { return board_of(json_read::parse(body)); }
std::optional<std::vector<BoardBody>> read_boards(std::string_view body) {
  return all<BoardBody>(json_read::parse(body), board_of);
}
std::optional<std::vector<ListBody>> read_lists(std::string_view body) {
  return all<ListBody>(json_read::parse(body), list_of);
}
std::optional<std::vector<MemberBody>> read_members(std::string_view body) {
  return all<MemberBody>(json_read::parse(body), member_of);
}
std::optional<std::vector<LabelBody>> read_labels(std::string_view body) {
  return all<LabelBody>(json_read::parse(body), label_of);
}
std::optional<MemberBody> read_member(std::string_view body) { return member_of(json_read::parse(body)); }
std::optional<std::vector<ActionBody>> read_actions(std::string_view body) {
  return all<ActionBody>(json_read::parse(body), action_of);
}
std::optional<std::vector<BatchEntry>> read_batch(std::string_view body) {
  return all<BatchEntry>(json_read::parse(body), entry_of);
}

}  // namespace vakt::trello
