// What figures over incidents are called, in each language that vakt speaks. {0}, {1} … are filled in. Pure; the tables
// are constants.
#pragma once

#include <string_view>

#include "bot/types.hpp"

namespace vakt {

struct StatisticsTexts {
  // Of all incidents, for a terminal. incidents: {0}: how many, {1}: how many are open
  std::string_view incidents, none;
  std::string_view month, severity, count, detect, react, fix, downtime;  // headings of columns
  std::string_view columns;                                               // what the columns are
  // {0} … {4}: all, up to 7 days, up to 28, up to 90, older
  std::string_view items, no_items;
  std::string_view outstanding;  // {0}: how many, {1}: which
  std::string_view due;          // {0}: a number, {1}: a date

  // A month's summary. heading: {0}: the month, {1}: how many; spread: {0}: what, {1}: median, {2}: longest, {3}: of
  // how many it is known
  std::string_view heading, quiet, spread;
};

const StatisticsTexts& statistics_texts(Language);

}  // namespace vakt
