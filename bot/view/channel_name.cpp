#include <array>

#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

// Letters outside a-z that people here write, as the letters that a channel name may hold.
constexpr std::array<std::pair<std::string_view, std::string_view>, 18> folded{{{"æ", "ae"},
                                                                                {"Æ", "ae"},
                                                                                {"ø", "o"},
                                                                                {"Ø", "o"},
                                                                                {"å", "a"},
                                                                                {"Å", "a"},
                                                                                {"ä", "a"},
                                                                                {"Ä", "a"},
                                                                                {"ö", "o"},
                                                                                {"Ö", "o"},
                                                                                {"é", "e"},
                                                                                {"É", "e"},
                                                                                {"è", "e"},
                                                                                {"ü", "u"},
                                                                                {"Ü", "u"},
                                                                                {"ô", "o"},
                                                                                {"ó", "o"},
                                                                                {"š", "s"}}};

// Words as a-z0-9 with single dashes between them.
std::string slug_of(const std::string& title) {
  std::string slug;
  for (std::size_t i = 0; i < title.size();) {
    bool found = false;
    for (const auto& [from, to] : folded) {
      if (std::string_view{title}.substr(i).starts_with(from)) {
        slug += to;
        i += from.size();
        found = true;
        break;
      }
    }
    if (found) continue;
    const char c = title[i++];
    if (c >= 'A' && c <= 'Z')
      slug += static_cast<char>(c + 32);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  return slug;
}

}  // namespace

std::string channel_name(const std::string& prefix, IncidentNumber number, const std::string& title, int attempt) {
  auto name = slug_of(prefix).substr(0, 30);
  if (!name.empty() && !name.ends_with('-')) name += '-';
  name += std::to_string(number) + "-";
  const auto suffix = attempt == 0 ? std::string{} : "-" + std::to_string(attempt + 1);
  name += slug_of(title).substr(0, 80 - name.size() - suffix.size());
  while (name.ends_with('-')) name.pop_back();
  return name + suffix;
}

}  // namespace vakt::view
