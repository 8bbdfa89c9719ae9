// The stored fields of action items and of what is ordered for their cards. Internal to the codec's .cpp files.
#pragma once

#include "bot/actions/action_item.hpp"
#include "bot/actions/card_order.hpp"
#include "bot/actions/item_life.hpp"
#include "storage/codec_json.hpp"

namespace vakt::storage {

template <>
struct Names<action::State> {
  static constexpr auto all = std::to_array<std::string_view>(
      {"open", "in_progress", "done", "wont_do", "archived_undone", "deleted", "lost_access", "broken_link"});
};
template <>
struct Names<action::Kind> {
  static constexpr auto all = std::to_array<std::string_view>({"unset", "prevent", "mitigate", "detect", "process"});
};
template <>
struct Names<action::CardStage> {
  static constexpr auto all = std::to_array<std::string_view>({"none", "creating", "linked"});
};
template <>
struct Names<action::ListRole> {
  static constexpr auto all = std::to_array<std::string_view>({"other", "todo", "doing", "done"});
};

template <>
struct Shape<action::Snooze> {
  using T = action::Snooze;
  static constexpr std::tuple fields{Field{"until", &T::until}, Field{"reason", &T::reason}, Field{"by", &T::by}};
};
template <>
struct Shape<action::Synced> {
  using T = action::Synced;
  static constexpr std::tuple fields{Field{"title", &T::title},
                                     Field{"due", &T::due},
                                     Field{"complete", &T::complete},
                                     Field{"in_done_list", &T::in_done_list},
                                     Field{"closed", &T::closed},
                                     Field{"list_closed", &T::list_closed},
                                     Field{"board_closed", &T::board_closed},
                                     Field{"members", &T::members},
                                     Field{"owner", &T::owner},
                                     Field{"left_out", &T::left_out},
                                     Field{"written_at", &T::written_at}};
};
template <>
struct Shape<action::UnderWay> {
  using T = action::UnderWay;
  static constexpr std::tuple fields{Field{"title", &T::title}, Field{"due", &T::due}, Field{"owner", &T::owner},
                                     Field{"state", &T::state}};
};
template <>
struct Shape<action::CardRef> {
  using T = action::CardRef;
  static constexpr std::tuple fields{Field{"id", &T::id}, Field{"short_link", &T::short_link}, Field{"url", &T::url},
                                     Field{"board", &T::board}};
};
template <>
struct Shape<action::Item> {
  using T = action::Item;
  static constexpr std::tuple fields{Field{"id", &T::id},
                                     Field{"title", &T::title},
                                     Field{"owner", &T::owner},
                                     Field{"due", &T::due},
                                     Field{"kind", &T::kind},
                                     Field{"priority", &T::priority},
                                     Field{"team", &T::team},
                                     Field{"incidents", &T::incidents},
                                     Field{"state", &T::state},
                                     Field{"reason", &T::reason},
                                     Field{"created_at", &T::created_at},
                                     Field{"created_by", &T::created_by},
                                     Field{"closed_at", &T::closed_at},
                                     Field{"closed_by", &T::closed_by},
                                     Field{"snoozed", &T::snoozed},
                                     Field{"unowned_since", &T::unowned_since},
                                     Field{"channel", &T::channel},
                                     Field{"ts", &T::ts},
                                     Field{"stage", &T::stage},
                                     Field{"marker", &T::marker},
                                     Field{"card", &T::card},
                                     Field{"label", &T::label},
                                     Field{"board_known", &T::board_known},
                                     Field{"synced", &T::synced},
                                     Field{"under_way", &T::under_way},
                                     Field{"refused", &T::refused},
                                     Field{"suspect_since", &T::suspect_since},
                                     Field{"verified_at", &T::verified_at}};
};

template <>
struct Shape<action::NewItem> {
  using T = action::NewItem;
  static constexpr std::tuple fields{
      Field{"id", &T::id},     Field{"title", &T::title},       Field{"owner", &T::owner},
      Field{"due", &T::due},   Field{"kind", &T::kind},         Field{"priority", &T::priority},
      Field{"team", &T::team}, Field{"incident", &T::incident}, Field{"channel", &T::channel},
      Field{"ts", &T::ts},     Field{"marker", &T::marker}};
};
template <>
struct Shape<action::ListRef> {
  using T = action::ListRef;
  static constexpr std::tuple fields{Field{"name", &T::name}, Field{"role", &T::role}, Field{"id", &T::id}};
};
template <>
struct Shape<action::BoardRef> {
  using T = action::BoardRef;
  static constexpr std::tuple fields{Field{"name", &T::name}, Field{"id", &T::id}, Field{"lists", &T::lists}};
};
template <>
struct Shape<action::CreateCard> {
  using T = action::CreateCard;
  static constexpr auto type = "create_card";
  static constexpr std::tuple fields{Field{"item", &T::item},
                                     Field{"marker", &T::marker},
                                     Field{"board", &T::board},
                                     Field{"title", &T::title},
                                     Field{"description", &T::description},
                                     Field{"source_url", &T::source_url},
                                     Field{"due", &T::due},
                                     Field{"members", &T::members},
                                     Field{"labels", &T::labels},
                                     Field{"intended_at", &T::intended_at}};
};
template <>
struct Shape<action::ChangeCard> {
  using T = action::ChangeCard;
  static constexpr auto type = "change_card";
  static constexpr std::tuple fields{
      Field{"item", &T::item},      Field{"card", &T::card},         Field{"title", &T::title},
      Field{"due", &T::due},        Field{"complete", &T::complete}, Field{"closed", &T::closed},
      Field{"list", &T::list},      Field{"members", &T::members},   Field{"members_off", &T::members_off},
      Field{"comment", &T::comment}};
};
template <>
struct Shape<action::ReadCards::One> {
  using T = action::ReadCards::One;
  static constexpr std::tuple fields{Field{"item", &T::item}, Field{"card", &T::card}, Field{"board", &T::board}};
};
template <>
struct Shape<action::ReadCards> {
  using T = action::ReadCards;
  static constexpr std::tuple fields{Field{"purpose", &T::purpose}, Field{"boards", &T::boards},
                                     Field{"cards", &T::cards}};
};

}  // namespace vakt::storage
