#include "bot/texts/typed_form.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace vakt {

namespace {

constexpr auto in_bokmal = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"CARD-URL", "KORT-URL"},
    {"DATE", "DATO"},
    {"ENVIRONMENT", "MILJØ"},
    {"FLAG", "FLAGG"},
    {"NAME", "NAVN"},
    {"NUMBER", "NUMMER"},
    {"REASON", "GRUNN"},
    {"TEXT", "TEKST"},
    {"TIME", "TID"},
    {"TITLE", "TITTEL"},
});

bool is_capital(char c) { return (c >= 'A' && c <= 'Z') || c == '-'; }

}  // namespace

std::string typed_form(Language language, std::string_view form) {
  if (language != Language::nb) return std::string{form};
  std::string out;
  while (!form.empty()) {
    const auto* const end =
        std::ranges::find_if(form, [&](char c) { return is_capital(c) != is_capital(form.front()); });
    const auto part = form.substr(0, static_cast<std::size_t>(end - form.begin()));
    const auto* const known = std::ranges::find(in_bokmal, part, &std::pair<std::string_view, std::string_view>::first);
    out += known == in_bokmal.end() ? part : known->second;
    form.remove_prefix(part.size());
  }
  return out;
}

}  // namespace vakt
