// The lines of a document, each with what it is: for whoever looks for headings, tables or placeholders in it. Pure.
#pragma once

#include <string_view>
#include <vector>

namespace vakt::postmortem {

struct Line {
  enum class Kind {
    text,
    code,          // of a fenced block, the fences included: never a heading, a table, a comment or a placeholder
    comment,       // of <!-- … --> that begins a line
    front_matter,  // of --- … --- at the top
  };
  std::string_view text;  // without its line break; a part of the document
  Kind kind = Kind::text;

  bool is_hidden() const { return kind == Kind::comment || kind == Kind::front_matter; }
};

// A fence is closed by one as long or longer; one that is never closed is text.
std::vector<Line> lines_of(std::string_view markdown);

}  // namespace vakt::postmortem
