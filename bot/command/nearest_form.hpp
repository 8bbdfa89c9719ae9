// What somebody meant who typed a word that is no subcommand. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vakt {

struct KnownWord {
  std::string_view word;
  std::string form;         // how it is typed in full: "mark down"
  bool exact_only = false;  // too short for a near miss to mean it
};

// The form of the word itself, of its synonym, or of the nearest word; "help" where none is near. typed: lower case.
std::string nearest_form(std::string_view typed, const std::vector<KnownWord>& known);

// ASCII letters in lower case; the rest as it is.
std::string lower(std::string_view text);

// How many single-character edits lie between two short words (the nearest is the one with the fewest).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace vakt
