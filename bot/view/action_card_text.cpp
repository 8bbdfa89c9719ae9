// The description of a card that vakt makes: plain Markdown, for people who read it in Trello.
#include <algorithm>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/action_words.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t title_on_card = 16'384;  // Trello counts UTF-16 units
constexpr std::size_t long_title_most = 2'500, incident_title_most = 300, name_most = 60, link_most = 500;
constexpr std::size_t description_most = 4'000;

std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

// A person's words as they are, in one line after ours, so that no heading, list or quote can begin there. At most so
// many characters with what the escaping adds.
std::string literal(std::string_view text, std::size_t most) {
  constexpr std::string_view special = "\\`*_[]<>~&";
  auto line = tidy(text);
  std::ranges::replace(line, '\n', ' ');
  const auto written = [&](const std::string& words) {
    std::string out;
    for (const char c : words) {
      if (special.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
    return out;
  };
  auto out = written(shortened(line, most));
  for (auto shown = most; utf16_units(out) > most && shown > 1; shown = shown * 9 / 10)
    out = written(shortened(line, shown));
  return out;
}

// An address that cannot end the line it stands on; empty: it is none.
std::string address(const std::string& link) {
  const bool usable = (link.starts_with("https://") || link.starts_with("http://")) && link.size() <= link_most &&
                      std::ranges::none_of(link, [](char c) {
                        return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>' || c == '\\';
                      });
  return usable ? "<" + link + ">" : std::string{};
}

}  // namespace

std::string card_description(const ActionReader& reader, const vakt::action::Item& item,
                             const std::string& incident_title, const std::string& link, bool owner_unmapped,
                             const std::string& owner_name) {
  const auto& t = words(reader);
  std::string text;
  const auto add = [&](const std::string& paragraph) {
    if (!paragraph.empty()) text += (text.empty() ? "" : "\n\n") + paragraph;
  };
  if (utf16_units(item.title) > title_on_card) add(fill(t.card_title, {literal(item.title, long_title_most)}));
  if (item.incidents.empty())
    add(std::string{t.card_typed});
  else
    add(fill(t.card_incident, {std::to_string(item.incidents.front()), literal(incident_title, incident_title_most)}));
  add(address(link));
  const auto page = address(reader.settings.self.team_url + "team/" + item.owner);  // of a person, in Slack
  if (owner_unmapped && !item.owner.empty())
    add(fill(t.card_owner,
             {owner_name.empty() && !page.empty() ? page
                                                  : literal(owner_name.empty() ? item.owner : owner_name, name_most)}));
  if (const auto kind = kind_shown(t, item.kind); !kind.empty()) add(fill(t.card_kind, {kind}));
  if (item.priority != Severity::unset)
    add(fill(t.card_priority, {shown(texts(reader.settings.language), item.priority)}));
  return shortened(text, description_most);
}

}  // namespace vakt::view
