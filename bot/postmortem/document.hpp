// A document about an incident, written from its record through a template: post-mortems as the teams write them. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/record/record.hpp"
#include "bot/result.hpp"
#include "bot/settings.hpp"

namespace vakt::postmortem {

struct Template {
  std::string name;  // "oslo", "nav", "va-release-plan", or a file's stem
  std::string file;  // where it was read; empty: built in
  std::string text;  // Mustache
};
std::string shown_place(const Template&);  // its file, or that it is built in
std::optional<Template> built_in(std::string_view name);

struct Document {
  std::string markdown, file_name;  // as the template's team names such files
  std::size_t sections = 0;
  std::vector<std::string> empty;  // headings of the sections that nobody filled, in order
  Language language = Language::en;
};

// Error: the template's file, the line, and what is wrong.
Result<Document> write(const Record&, const std::vector<flag::Change>&, const Template&, const Settings&);

// Self-contained and printable; HTML in the Markdown is shown, not run.
std::string html(const Document&, const std::string& title);

}  // namespace vakt::postmortem
