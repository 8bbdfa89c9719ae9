// The sections of a document, and which of them nobody has filled. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vakt::postmortem {

struct Sections {
  std::string markdown;  // with a placeholder in each section that has nothing
  std::size_t count = 0;
  std::vector<std::string> empty;  // headings, in order: those with a placeholder
};

// A section begins with a heading (##…) or with a line "**Label:**"; one that only holds deeper headings is none.
// Comments and front matter are no content; a code block is, whatever stands in it.
Sections with_placeholders(const std::string& markdown);

// Each place that is still to be filled in, as "Stage B: 25% of users: Number of unique users": the nearest heading
// that the document has once, and what its line asks for.
std::vector<std::string> unfilled_places(const std::string& markdown);

// Without comments and front matter.
std::string without_comments(const std::string& markdown);

}  // namespace vakt::postmortem
