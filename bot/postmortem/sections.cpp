#include "bot/postmortem/sections.hpp"

#include <algorithm>
#include <map>

#include "bot/postmortem/lines.hpp"
#include "bot/texts/markdown_text.hpp"

namespace vakt::postmortem {

namespace {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r") == std::string_view::npos; }

bool is_text(const Line& line) { return line.kind == Line::Kind::text; }
bool is_blank(const Line& line) { return is_text(line) && is_blank(line.text); }
bool asks(const Line& line) { return is_text(line) && line.text.find(placeholder) != std::string_view::npos; }

struct Heading {
  std::size_t level = 0;  // 0: none; 1 is the title; 7 a label
  std::string name;
  bool filled = false;  // a label with something on its line
};

Heading heading_of(const Line& line) {
  if (!is_text(line)) return {};
  const auto marks = std::min(line.text.find_first_not_of('#'), line.text.size());
  if (marks > 0 && marks <= 6 && marks < line.text.size() && line.text[marks] == ' ') {
    const auto from = std::min(line.text.find_first_not_of(' ', marks), line.text.size());
    const auto name = line.text.substr(from);
    return {marks, std::string{name.substr(0, name.find_last_not_of(' ') + 1)}};
  }
  const auto end = line.text.find(":**");
  if (line.text.starts_with("**") && end != std::string_view::npos)
    return {7, std::string{line.text.substr(2, end - 2)}, !is_blank(line.text.substr(end + 3))};
  return {};
}

// One blank line is enough: where a section of the template is not written, its own lines stay behind as blank ones.
std::vector<Line> without_double_blanks(std::vector<Line> lines) {
  const auto doubled =
      std::ranges::unique(lines, [](const Line& a, const Line& b) { return is_blank(a) && is_blank(b); });
  lines.erase(doubled.begin(), doubled.end());
  return lines;
}

// What a line with a placeholder asks for: "- Number of users: [FILL_IN]" for the number of users.
std::string place(const std::string& section, const Line& line) {
  auto label = line.text.substr(0, line.text.find(placeholder));
  label.remove_prefix(std::min(label.find_first_not_of(" -*"), label.size()));
  label = label.substr(0, label.find(": "));
  while (label.ends_with(' ') || label.ends_with(':') || label.ends_with('*')) label.remove_suffix(1);
  if (section.empty() || label.empty()) return section + std::string{label};
  return section + ": " + std::string{label};
}

}  // namespace

Sections with_placeholders(const std::string& markdown) {
  const auto lines = without_double_blanks(lines_of(markdown));
  Sections sections;
  const auto add = [&](std::string_view text) { sections.markdown.append(text) += '\n'; };
  for (std::size_t i = 0; i < lines.size();) {
    const auto heading = heading_of(lines[i]);
    add(lines[i].text);
    auto next = ++i;
    bool filled = heading.filled, asked = asks(lines[i - 1]);
    auto last = i;  // behind the last line that is not blank
    Heading following;
    for (; next < lines.size() && !(following = heading_of(lines[next])).level; ++next) {
      filled = filled || (!lines[next].is_hidden() && !is_blank(lines[next]));
      asked = asked || asks(lines[next]);
      if (!is_blank(lines[next].text)) last = next + 1;
    }
    const bool holds_others = !filled && following.level > heading.level && following.level < 7;
    const bool is_section = heading.level > 1 && !holds_others;
    if (is_section) {
      ++sections.count;
      if (!filled || asked) sections.empty.push_back(heading.name);
    }
    for (; i < last; ++i) add(lines[i].text);
    if (is_section && !filled) {
      if (!lines[i - 1].is_hidden()) add("");
      add(placeholder);
      if (i == lines.size() || !is_blank(lines[i].text)) add("");
    }
    for (; i < next; ++i) add(lines[i].text);
  }
  while (sections.markdown.ends_with("\n\n")) sections.markdown.pop_back();
  return sections;
}

std::vector<std::string> unfilled_places(const std::string& markdown) {
  const auto lines = lines_of(markdown);
  std::map<std::string, int> times;
  for (const auto& line : lines)
    if (const auto heading = heading_of(line); heading.level) ++times[heading.name];
  std::vector<std::string> places;
  std::string section;
  for (const auto& line : lines) {
    if (const auto heading = heading_of(line); heading.level && times[heading.name] == 1) section = heading.name;
    if (asks(line)) places.push_back(place(section, line));
  }
  return places;
}

std::string without_comments(const std::string& markdown) {
  std::string out;
  for (const auto& line : lines_of(markdown))
    if (!line.is_hidden()) out.append(line.text) += '\n';
  return out;
}

}  // namespace vakt::postmortem
