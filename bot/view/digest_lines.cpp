#include "bot/view/digest_lines.hpp"

#include "bot/texts/texts.hpp"
#include "bot/view/item_words.hpp"

namespace vakt::view {

namespace {

using vakt::action::Line;
using vakt::action::State;

constexpr std::size_t title_shown = 120, name_shown = 60;

std::string title_of(const Line& line) {
  const auto link = card_link(line.url, line.label);
  return "`" + std::to_string(line.id) + "` " + link + (link.empty() ? "" : " ") + one_line(line.title, title_shown);
}

}  // namespace

std::string person(const Names& names, const UserId& user) {
  const auto known = names.find(user);
  return one_line(known == names.end() || known->second.empty() ? user : known->second, name_shown);
}

std::string item_line(const DigestReader& reader, const Line& line, vakt::action::Date today, Shown how) {
  const auto& t = digest_texts(reader.settings.language);
  auto text = title_of(line);
  const auto add = [&](std::string_view part) { text += " · " + std::string{part}; };
  if (line.priority != Severity::unset) add(shown(texts(reader.settings.language), line.priority));
  if (const auto reason = reason_of(t, line.state); !reason.empty()) add(reason);
  if (line.state == State::in_progress) add(t.in_progress);
  if (line.owner.empty())
    add(t.no_owner);
  else if (how == Shown::mentioning_owner)
    add("<@" + escaped(line.owner) + ">");
  else if (how == Shown::with_owner)
    add(person(reader.names, line.owner));
  if (line.due)
    add(fill(*line.due < today ? t.was_due : t.due, {date_shown(t, *line.due, today)}));
  else
    add(fill(t.since, {date_shown(t, line.created, today)}));
  for (const auto& user : line.pings) add("<@" + escaped(user) + ">");
  return text;
}

std::string closed_line(const DigestReader& reader, const Line& line) {
  const auto& t = digest_texts(reader.settings.language);
  auto text = title_of(line);
  if (line.state == State::wont_do) text += " · " + std::string{t.wont_do};
  if (!line.closed_by.empty()) text += " · " + fill(t.closed_by, {person(reader.names, line.closed_by)});
  return text;
}

void ItemBlocks::heading(std::string text) {
  flush();
  lines_ = "*" + std::move(text) + "*";
}

void ItemBlocks::line(std::string_view text, vakt::action::ItemId id, const Buttons& buttons) {
  if (!lines_.empty()) lines_ += '\n';
  lines_ += text;
  if (buttons.empty() || rows_left_ == 0) return;
  --rows_left_;
  flush();
  const auto& t = digest_texts(reader_.settings.language);
  Actions row;
  for (const std::string_view button : buttons) {
    const auto label = button == action::item_done     ? t.button_done
                       : button == action::item_wontdo ? t.button_wontdo
                       : button == action::item_snooze ? t.button_snooze
                                                       : t.button_take;
    row.elements.push_back(
        Button{.label = std::string{label}, .action = std::string{button}, .value = std::to_string(id)});
  }
  blocks_.push_back(std::move(row));
}

void ItemBlocks::context(std::string text) {
  flush();
  blocks_.push_back(Context{std::move(text)});
}

std::vector<Block> ItemBlocks::take() {
  flush();
  return std::move(blocks_);
}

void ItemBlocks::flush() {
  if (!lines_.empty()) blocks_.push_back(Section{std::move(lines_)});
  lines_.clear();
}

}  // namespace vakt::view
