// Reads a template before anything is written through it: every tag is checked against the names that documents know.
// Mustache's variables, sections and comments; no partials, no lambdas, no other delimiters, so that nothing loops.
// Pure.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/postmortem/document.hpp"

namespace vakt::postmortem {

// A name that templates may use. `list`: whose items have it; empty: it may be used anywhere.
struct Known {
  std::string_view name, list;
  bool is_list = false;
};
std::span<const Known> known_names();

struct Reading {
  Language language = Language::en;        // {{! language: nb }}
  std::string file_pattern;                // {{! file: NNNN-SLUG.md }}: N… is the incident's number, SLUG its title
  std::string body;                        // Mustache, without comments that stand on a line of their own
  std::vector<std::string_view> fields;    // of field_names, those that it names, in its order: what it asks people for
  std::vector<std::string_view> optional;  // …and those that it shows where they are there, and asks nobody for:
                                           // {{! optional: affected learned }}, and links
  std::map<std::string, std::size_t> section_bytes;  // by a section's name: the longest text between its tags
};

// Error: the file, the line, what is wrong and the nearest right name.
Result<Reading> read_template(const Template&, Language otherwise);

}  // namespace vakt::postmortem
