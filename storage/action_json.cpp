#include "storage/action_json.hpp"

#include "storage/shown_json.hpp"

namespace vakt {

namespace {

using storage::shown::Json, storage::shown::or_null, storage::shown::when, storage::shown::day;

Json card_json(const action::Item& item) {
  if (!item.card) return nullptr;
  return {
      {"url", or_null(item.card->url)}, {"short_link", or_null(item.card->short_link)}, {"label", or_null(item.label)}};
}

Json item_json(const action::Item& item) {
  return {{"id", item.id},
          {"title", item.title},
          {"state", action::name(item.state)},
          {"kind", or_null(action::name(item.kind))},
          {"priority", or_null(action::priority_name(item.priority))},
          {"team", or_null(item.team)},
          {"owner", or_null(item.owner)},
          {"due", day(item.due)},
          {"snoozed_until", item.snoozed ? Json(iso_date(item.snoozed->until)) : Json(nullptr)},
          {"card", card_json(item)},
          {"incidents", item.incidents},
          {"created_at", iso_utc(item.created_at)},
          {"created_by", or_null(item.created_by)},
          {"closed_at", when(item.closed_at)},
          {"closed_by", or_null(item.closed_by)},
          {"reason", or_null(item.reason)},
          {"verified_at", when(item.verified_at)}};
}

}  // namespace

std::string items_json(const std::vector<action::Item>& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(item_json(item));
  return storage::shown::printed(list);
}

}  // namespace vakt
