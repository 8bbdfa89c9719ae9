// What the weekly digest and the reminders of action items say, in each language that vakt speaks. {0}, {1} … are
// filled in. Pure; the tables are constants.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "bot/actions/digest.hpp"

namespace vakt {

struct DigestTexts {
  std::array<std::string_view, 12> months;
  std::string_view date, date_with_year;  // {0}: the day, {1}: the month, {2}: the year

  // Around the lists. {0}: a date, unless said otherwise
  std::string_view heading, late, missed;
  std::string_view verified;                      // {0}: a time of day
  std::string_view not_verified, never_verified;  // {0}: a date and a time
  std::string_view nothing_needed;
  std::string_view in_thread, thread_heading;  // {0}: how many
  std::string_view unlisted, unlisted_mine;    // {0}: how many, {1}: the command
  std::string_view owner_heading, others;      // others: {0}: how many

  // Open items by age, one sentence. {0}: how many; oldest: a date
  std::string_view open_one, open_many, under_a_week, to_four_weeks, longer, over_four_weeks, oldest, snoozed;

  // Headings of the parts. {0}: how many
  std::string_view closed, overdue, due_soon, unowned, no_due_date, decision;

  // Of one item. {0}: a date; closed_by: a name
  std::string_view due, was_due, since, no_owner, closed_by, wont_do, in_progress, archived_undone, deleted,
      lost_access, broken_link;

  // Headings of reminders. owner_left: {0}: who
  std::string_view remind_due_soon, remind_past_due, remind_overdue, remind_lead, remind_no_lead, remind_unowned,
      owner_left;

  std::string_view button_done, button_wontdo, button_snooze, button_take;

  // `vakt digest`. {0}: whom, or a date
  std::string_view to_channel, to_person, nothing_sent, not_due, switched_off;
};

const DigestTexts& digest_texts(Language);

std::string date_shown(const DigestTexts&, action::Date, action::Date today);  // the year where it is another one
std::string_view heading_of(const DigestTexts&, action::Part);
std::string_view heading_of(const DigestTexts&, action::Step, bool past_due, bool to_channel);
std::string_view reason_of(const DigestTexts&, action::State);  // why somebody has to decide; else empty
std::string ages_shown(const DigestTexts&, const action::Ages&, action::Date today);

}  // namespace vakt
