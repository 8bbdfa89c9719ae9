#include "bot/postmortem/table.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "bot/postmortem/lines.hpp"

namespace vakt::postmortem {

namespace {

constexpr std::size_t most_lines = 1'000, widest = 400;

std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// The cells between the bars of "| a | b |"; an escaped bar ends none.
std::vector<std::string_view> cells(std::string_view line) {
  std::vector<std::string_view> found;
  std::size_t from = 1;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\') {
      ++i;
    } else if (line[i] == '|') {
      found.push_back(trimmed(line.substr(from, i - from)));
      from = i + 1;
    }
  }
  return found;
}

bool is_rule(const std::vector<std::string_view>& row) {
  return !row.empty() && std::ranges::all_of(row, [](std::string_view cell) {
    return cell.find('-') != std::string_view::npos && cell.find_first_not_of("-:") == std::string_view::npos;
  });
}

void add_table(std::string& out, const std::vector<std::string_view>& lines) {
  std::vector<std::vector<std::string_view>> rows;
  rows.reserve(lines.size());
  for (const auto line : lines) rows.push_back(cells(line));
  std::vector<std::size_t> widths;
  bool fits = rows.size() > 1 && rows.size() <= most_lines && is_rule(rows[1]);
  for (std::size_t r = 0; fits && r < rows.size(); ++r) {
    fits = rows[r].size() == rows[0].size();
    widths.resize(rows[0].size(), 3);
    for (std::size_t c = 0; fits && r != 1 && c < rows[r].size(); ++c)
      widths[c] = std::max(widths[c], width(rows[r][c]));
  }
  fits = fits && std::ranges::all_of(widths, [](std::size_t w) { return w <= widest; });
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!fits) {
      out.append(lines[r]) += '\n';
      continue;
    }
    out += '|';
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      if (r == 1)
        out += std::string(widths[c] + 2, '-');
      else
        out.append(" ").append(rows[r][c]) += std::string(widths[c] - width(rows[r][c]) + 1, ' ');
      out += '|';
    }
    out += '\n';
  }
}

}  // namespace

std::string with_aligned_tables(const std::string& markdown) {
  std::string out;
  std::vector<std::string_view> table;
  const auto end_table = [&] {
    add_table(out, table);
    table.clear();
  };
  for (const auto& [line, kind] : lines_of(markdown)) {
    if (kind != Line::Kind::code && line.size() > 1 && line.front() == '|' && line.back() == '|') {
      table.push_back(line);
      continue;
    }
    end_table();
    out.append(line) += '\n';
  }
  end_table();
  return out;
}

}  // namespace vakt::postmortem
