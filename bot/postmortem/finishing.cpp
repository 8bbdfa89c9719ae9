#include "bot/postmortem/finishing.hpp"

#include "bot/postmortem/lines.hpp"
#include "bot/postmortem/rendering.hpp"
#include "bot/postmortem/sections.hpp"
#include "bot/postmortem/table.hpp"
#include "bot/postmortem/template_reading.hpp"

namespace vakt::postmortem {

namespace {

// "NNNN-SLUG.md" as "0005-loki-pvc-full.md".
std::string file_name(const std::string& pattern, const Subject& subject) {
  const auto& number = subject.number;
  if (pattern.empty() || pattern.find_first_of("/\\") != std::string::npos) return "incident-" + number + ".md";
  std::string out;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern.compare(i, 4, "SLUG") == 0) {
      out += slug(subject.title);
      i += 4;
    } else if (pattern[i] == 'N') {
      const auto end = std::min(pattern.find_first_not_of('N', i), pattern.size());
      out += std::string(end - i > number.size() ? end - i - number.size() : 0, '0') + number;
      i = end;
    } else {
      out += pattern[i++];
    }
  }
  return out;
}

// Of a page with front matter, which a site's generator makes (Jekyll): it fills in {{ … }} and {% … %}, in code too,
// where nothing escapes them.
std::string with_inert_code(const std::string& markdown) {
  const auto lines = lines_of(markdown);
  if (lines.empty() || lines.front().kind != Line::Kind::front_matter) return markdown;
  std::string out;
  for (const auto& [text, kind] : lines) {
    for (const char c : text) {
      if (kind == Line::Kind::code && out.ends_with('{') && (c == '{' || c == '%')) out += ' ';
      out += c;
    }
    out += '\n';
  }
  return out;
}

}  // namespace

Result<Document> finished(const Template& from, Language otherwise, const Subject& subject,
                          const std::function<Values(Language)>& values) {
  const auto reading = read_template(from, otherwise);
  if (!reading) return std::unexpected(reading.error());
  const auto text = rendered(*reading, values(reading->language));
  if (!text) return std::unexpected(Error{shown_place(from) + ": " + text.error().text});
  auto sections = with_placeholders(with_aligned_tables(with_inert_code(*text)));
  return Document{.markdown = std::move(sections.markdown),
                  .file_name = file_name(reading->file_pattern, subject),
                  .sections = sections.count,
                  .empty = std::move(sections.empty),
                  .language = reading->language};
}

}  // namespace vakt::postmortem
