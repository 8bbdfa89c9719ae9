#include "bot/texts/digest_texts.hpp"

#include "bot/texts/texts.hpp"

namespace vakt {

extern const DigestTexts digest_in_english, digest_in_bokmal;

const DigestTexts& digest_texts(Language language) {
  return language == Language::nb ? digest_in_bokmal : digest_in_english;
}

std::string date_shown(const DigestTexts& t, action::Date date, action::Date today) {
  const auto day = std::to_string(unsigned(date.day()));
  const auto month = t.months[unsigned(date.month()) - 1];
  if (date.year() == today.year()) return fill(t.date, {day, month});
  return fill(t.date_with_year, {day, month, std::to_string(int(date.year()))});
}

std::string_view heading_of(const DigestTexts& t, action::Part part) {
  switch (part) {
    case action::Part::closed:
      return t.closed;
    case action::Part::overdue:
      return t.overdue;
    case action::Part::due_soon:
      return t.due_soon;
    case action::Part::unowned:
      return t.unowned;
    case action::Part::no_due_date:
      return t.no_due_date;
    case action::Part::decision:
      break;
  }
  return t.decision;
}

std::string_view heading_of(const DigestTexts& t, action::Step step, bool past_due, bool to_channel) {
  switch (step) {
    case action::Step::due_soon:
      return past_due ? t.remind_past_due : t.remind_due_soon;
    case action::Step::overdue:
      return t.remind_overdue;
    case action::Step::overdue_long:
      return to_channel ? t.remind_no_lead : t.remind_lead;
    case action::Step::unowned:
      break;
  }
  return t.remind_unowned;
}

std::string_view reason_of(const DigestTexts& t, action::State state) {
  switch (state) {
    case action::State::archived_undone:
      return t.archived_undone;
    case action::State::deleted:
      return t.deleted;
    case action::State::lost_access:
      return t.lost_access;
    case action::State::broken_link:
      return t.broken_link;
    case action::State::open:
    case action::State::in_progress:
    case action::State::done:
    case action::State::wont_do:
      break;
  }
  return {};
}

std::string ages_shown(const DigestTexts& t, const action::Ages& ages, action::Date today) {
  const auto counted = [](std::string_view pattern, std::size_t n) { return fill(pattern, {std::to_string(n)}); };
  std::string classes;
  const auto add = [&](std::string_view pattern, std::size_t n) {
    if (n > 0) classes += (classes.empty() ? ": " : ", ") + counted(pattern, n);
  };
  add(t.under_a_week, ages.under_a_week);
  add(t.to_four_weeks, ages.to_four_weeks);
  // "longer" is longer than what was just said.
  add(ages.to_four_weeks > 0 ? t.longer : t.over_four_weeks, ages.longer);
  auto text = counted(ages.open == 1 ? t.open_one : t.open_many, ages.open) + classes;
  if (ages.oldest) text += "; " + fill(t.oldest, {date_shown(t, *ages.oldest, today)});
  if (ages.snoozed > 0) text += "; " + counted(t.snoozed, ages.snoozed);
  return text;
}

}  // namespace vakt
