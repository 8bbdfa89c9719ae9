#include "bot/texts/action_texts.hpp"

#include <array>

namespace vakt {

extern const ActionTexts actions_in_english, actions_in_bokmal;

const ActionTexts& action_texts(Language language) {
  return language == Language::nb ? actions_in_bokmal : actions_in_english;
}

std::string_view happened_text(const ActionTexts& t, action::What what) {
  // In the order of What.
  const std::array all{t.added,         t.adopted,         t.joined,     t.linked,       t.is_done,
                       t.wont_do,       t.reopened,        t.begun,      t.put_back,     t.owner,
                       t.due,           t.snoozed,         t.title,      t.priority,     t.kind,
                       t.team,          t.archived_undone, t.deleted,    t.lost_access,  t.broken_link,
                       t.restored,      t.moved,           t.moved_away, t.card_refused, t.member_left_out,
                       t.label_left_out};
  static_assert(std::tuple_size_v<decltype(all)> == static_cast<std::size_t>(action::What::label_left_out) + 1);
  return all[static_cast<std::size_t>(what)];
}

std::string_view meaning_of(const ActionTexts& t, action::What what, bool has_card) {
  using enum action::What;
  switch (what) {
    case archived_undone:
      return t.means_archived;
    case deleted:
      return t.means_deleted;
    case lost_access:
      return t.means_lost_access;
    case broken_link:
      return t.means_broken_link;
    case moved_away:
      return t.means_moved_away;
    case card_refused:
      return has_card ? t.means_card_refused : t.means_not_created;
    case member_left_out:
      return t.means_member;
    case label_left_out:
      return t.means_label;
    default:
      return {};
  }
}

std::string_view refusal_text(const ActionTexts& t, action::Refusal refusal) {
  using enum action::Refusal;
  switch (refusal) {
    case needs_title:
      return t.needs_title;
    case title_too_long:
      return t.title_too_long;
    case needs_reason:
      return t.needs_reason;
    case closed_already:
      return t.closed_already;
    case open_already:
      return t.open_already;
    case not_the_owner:
      return t.not_the_owner;
    case snooze_not_ahead:
      return t.snooze_not_ahead;
    case snooze_too_long:
      return t.snooze_too_long;
    case no_such_day:
      return t.no_such_day;
    case has_card:
      return t.has_card;
    case no_board:
      break;
  }
  return t.no_board;
}

std::string_view refused_text(const ActionTexts& t, action::RefusedFor why) {
  // In the order of RefusedFor.
  const std::array all{t.refused_other,         t.refused_not_configured, t.refused_no_board,
                       t.refused_board_unknown, t.refused_board_archived, t.refused_no_list,
                       t.refused_list_unknown,  t.refused_list_archived,  t.refused_card_gone,
                       t.refused_no_access};
  static_assert(std::tuple_size_v<decltype(all)> == static_cast<std::size_t>(action::RefusedFor::no_access) + 1);
  return all[static_cast<std::size_t>(why)];
}

std::string_view kind_shown(const ActionTexts& t, action::Kind kind) {
  using enum action::Kind;
  switch (kind) {
    case prevent:
      return t.kind_prevent;
    case mitigate:
      return t.kind_mitigate;
    case detect:
      return t.kind_detect;
    case process:
      return t.kind_process;
    case unset:
      break;
  }
  return {};
}

std::string_view not_linked_text(const ActionTexts& t, action::CardFault fault, action::Trouble trouble) {
  switch (trouble) {
    case action::Trouble::not_configured:
      return t.trello_not_configured;
    case action::Trouble::token_refused:
      return t.trello_token_refused;
    case action::Trouble::rate_limited:
      return t.trello_rate_limited;
    case action::Trouble::unreachable:
      return t.trello_unreachable;
    case action::Trouble::none:
      break;
  }
  switch (fault) {
    case action::CardFault::not_found:
    case action::CardFault::deleted:
      return t.card_not_found;
    case action::CardFault::no_access:
      return t.card_no_access;
    case action::CardFault::invalid_id:
      return t.card_no_card;
    case action::CardFault::not_read:
      break;
  }
  return t.card_not_read;
}

std::string_view trouble_text(const ActionTexts& t, action::Trouble trouble, bool over) {
  if (over) return t.trouble_over;
  switch (trouble) {
    case action::Trouble::token_refused:
      return t.trouble_token;
    case action::Trouble::unreachable:
      return t.trouble_unreachable;
    case action::Trouble::rate_limited:
      return t.trouble_rate_limited;
    case action::Trouble::not_configured:
      return t.trouble_not_configured;
    case action::Trouble::none:
      break;
  }
  return t.trouble_over;
}

}  // namespace vakt
