// What somebody meant who typed a word that is no subcommand. Pure.
#pragma once

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

}  // namespace vakt
