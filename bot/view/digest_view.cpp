#include "bot/view/digest_view.hpp"

#include <algorithm>

#include "bot/texts/digest_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/digest_lines.hpp"

namespace vakt::view {

namespace {

using vakt::action::Date;
using vakt::action::Digest;
using vakt::action::Part;
using vakt::action::PartLines;
using vakt::action::Sending;
using vakt::action::Step;

constexpr std::size_t rows_in_channel = 10, rows_to_owner = 8, rows_in_reminder = 5, thread_lines = 40;
constexpr std::string_view warning = ":warning: ";

const DigestTexts& words(const DigestReader& reader) { return digest_texts(reader.settings.language); }

std::string counted(std::string_view pattern, std::size_t n) { return fill(pattern, {std::to_string(n)}); }

ItemBlocks::Buttons buttons_in_channel(Part part, bool owned) {
  if (part == Part::unowned) return {action::item_take};
  if (part != Part::decision) return {};
  ItemBlocks::Buttons all{action::item_done, action::item_wontdo, action::item_snooze};
  if (!owned) all.push_back(action::item_take);
  return all;
}

ItemBlocks::Buttons buttons_to_owner(Part part) {
  if (part == Part::decision) return {action::item_done, action::item_wontdo, action::item_snooze};
  if (part == Part::overdue) return {action::item_done, action::item_snooze};
  return {};
}

ItemBlocks::Buttons buttons_of(Step step) {
  switch (step) {
    case Step::due_soon:
      return {action::item_done, action::item_snooze};
    case Step::overdue:
    case Step::overdue_long:
      return {action::item_done, action::item_wontdo};
    case Step::unowned:
      break;
  }
  return {action::item_take, action::item_wontdo};
}

// How sure it is, and what did not come.
std::string remarks(const DigestReader& reader, const Digest& digest) {
  const auto& t = words(reader);
  std::string text;
  const auto add = [&](const std::string& line) { text += (text.empty() ? "" : "\n") + line; };
  if (digest.sending == Sending::late) add(fill(t.late, {date_shown(t, digest.week.day, digest.today)}));
  for (const auto& one : digest.missed) add(fill(t.missed, {date_shown(t, one.day, digest.today)}));
  if (digest.verified) {
    const auto& [now, at] = *digest.verified;
    if (!at) {
      add(std::string{t.never_verified});
    } else {
      const auto day = local_date(*at, reader.zone);
      const auto time = clock_time(*at, reader.zone), day_and_time = date_shown(t, day, digest.today) + " " + time;
      if (now)
        add(fill(t.verified, {day == digest.today ? time : day_and_time}));  // a preview looks ahead
      else
        add(fill(t.not_verified, {day_and_time}));
    }
  }
  return text;
}

std::string line_in(const DigestReader& reader, const Digest& digest, Part part, const vakt::action::Line& line) {
  return part == Part::closed ? closed_line(reader, line) : item_line(reader, line, digest.today, Shown::with_owner);
}

std::string unlisted(const DigestReader& reader, std::string_view pattern, std::size_t n) {
  return fill(pattern, {std::to_string(n), escaped(reader.settings.action_command)});
}

std::size_t lines_in(const std::vector<PartLines>& parts) {
  std::size_t n = 0;
  for (const auto& part : parts) n += part.lines.size();
  return n;
}

// Without the marks of ours: a heading's stars, the ticks around an item's number. People's words have no ticks here.
std::string without_marks(std::string_view mrkdwn) {
  std::string out;
  for (std::size_t from = 0; from <= mrkdwn.size();) {
    const auto end = std::min(mrkdwn.find('\n', from), mrkdwn.size());
    auto line = mrkdwn.substr(from, end - from);
    if (line.size() > 1 && line.starts_with('*') && line.ends_with('*')) line = line.substr(1, line.size() - 2);
    const bool warns = line.starts_with(warning);
    if (warns) line.remove_prefix(warning.size());
    for (const char c : warns ? "! " + std::string{line} : std::string{line})
      if (c != '`') out += c;
    if (end < mrkdwn.size()) out += '\n';
    from = end + 1;
  }
  return out;
}

std::vector<Block> headed(std::string heading, std::vector<Block> rest) {
  rest.insert(rest.begin(), Header{std::move(heading)});
  return rest;
}

}  // namespace

Message channel_digest(const DigestReader& reader, const Digest& digest) {
  const auto& t = words(reader);
  const auto heading = fill(t.heading, {date_shown(t, digest.today, digest.today)});
  const auto ages = ages_shown(t, digest.ages, digest.today);
  ItemBlocks blocks{reader, rows_in_channel};
  bool anything_open = false;
  for (const auto& part : digest.parts) {
    blocks.heading(counted(heading_of(t, part.part), part.total));
    for (const auto& line : part.lines)
      blocks.line(line_in(reader, digest, part.part, line), line.id,
                  buttons_in_channel(part.part, !line.owner.empty()));
    anything_open = anything_open || part.part != Part::closed;
  }
  std::string below;
  const auto add = [&](const std::string& line) { below += (below.empty() ? "" : "\n") + line; };
  if (const auto n = lines_in(digest.thread); n > 0) add(counted(t.in_thread, n));
  if (!anything_open) add(std::string{t.nothing_needed});
  add(ages);
  if (!reader.postmortems.empty()) add(reader.postmortems);
  blocks.context(below);
  if (const auto said = remarks(reader, digest); !said.empty()) blocks.context(said);
  return {.text = heading + ". " + ages, .blocks = headed(heading, blocks.take())};
}

std::vector<Message> thread_digest(const DigestReader& reader, const Digest& digest) {
  const auto& t = words(reader);
  const auto heading = counted(t.thread_heading, lines_in(digest.thread) + digest.unlisted);
  std::vector<Message> messages;
  ItemBlocks blocks{reader, 0};
  std::size_t lines = 0;
  const auto close = [&] { messages.push_back({.text = heading, .blocks = blocks.take()}), lines = 0; };
  for (const auto& [part, rest, total] : digest.thread) {
    for (const auto& line : rest) {
      if (lines == thread_lines) close();
      if (lines++ == 0 || &line == &rest.front()) blocks.heading(counted(heading_of(t, part), total));
      blocks.line(line_in(reader, digest, part, line), line.id);
    }
  }
  if (digest.unlisted > 0 && !digest.thread.empty()) blocks.context(unlisted(reader, t.unlisted, digest.unlisted));
  if (lines > 0) close();
  return messages;
}

Message owner_digest(const DigestReader& reader, const Digest& digest, const vakt::action::OwnerDigest& owner) {
  const auto& t = words(reader);
  const auto heading = fill(t.owner_heading, {date_shown(t, digest.today, digest.today)});
  std::string summary;
  ItemBlocks blocks{reader, rows_to_owner};
  for (const auto& part : owner.parts) {
    const auto title = counted(heading_of(t, part.part), part.total);
    summary += (summary.empty() ? "" : ", ") + title;
    blocks.heading(title);
    for (const auto& line : part.lines)
      blocks.line(item_line(reader, line, digest.today, Shown::without_owner), line.id, buttons_to_owner(part.part));
  }
  if (owner.unlisted > 0) blocks.context(unlisted(reader, t.unlisted_mine, owner.unlisted));
  if (owner.others > 0) blocks.context(counted(t.others, owner.others));
  if (const auto said = remarks(reader, digest); !said.empty()) blocks.context(said);
  return {.text = heading + ". " + summary, .blocks = headed(heading, blocks.take())};
}

Message item_reminder(const DigestReader& reader, const vakt::action::Reminder& reminder, Date today) {
  const auto& t = words(reader);
  const bool to_channel = reminder.to.empty();
  ItemBlocks blocks{reader, rows_in_reminder};
  std::string text;
  std::string_view last;
  for (const auto& [line, step] : reminder.entries) {
    if (const auto heading = heading_of(t, step, line.due && *line.due < today, to_channel); heading != last) {
      blocks.heading(std::string{heading});
      text += (text.empty() ? "" : ". ") + std::string{heading};
      last = heading;
    }
    const auto how = line.owner == reminder.to ? Shown::without_owner : Shown::mentioning_owner;
    blocks.line(item_line(reader, line, today, how), line.id, buttons_of(step));
  }
  if (reminder.entries.size() == 1)
    text += ": " + item_line(reader, reminder.entries[0].line, today, Shown::with_owner);
  return {.text = std::move(text), .blocks = blocks.take()};
}

Message owner_left_message(const DigestReader& reader, const vakt::action::OwnerLeft& left, const UserId& who,
                           Date today) {
  constexpr std::size_t most = 40;
  const auto& t = words(reader);
  const auto heading = fill(t.owner_left, {person(reader.names, who)});
  ItemBlocks blocks{reader, rows_in_reminder};
  blocks.heading(heading);
  for (std::size_t i = 0; i < left.lines.size() && i < most; ++i)
    blocks.line(item_line(reader, left.lines[i], today, Shown::without_owner), left.lines[i].id, {action::item_take});
  if (left.lines.size() > most) blocks.context(unlisted(reader, t.unlisted, left.lines.size() - most));
  return {.text = heading, .blocks = blocks.take()};
}

std::string plain_text(const Message& message, const Names& names) {
  std::string text;
  const auto add = [&](std::string_view mrkdwn) { text += tidy(readable(without_marks(mrkdwn), names)) + "\n"; };
  for (const auto& block : message.blocks) {
    if (const auto* header = std::get_if<Header>(&block)) text += header->text + "\n";
    if (const auto* section = std::get_if<Section>(&block)) add(section->text);
    if (const auto* context = std::get_if<Context>(&block)) add(context->text);
    if (const auto* row = std::get_if<Actions>(&block)) {
      std::string labels;
      for (const auto& element : row->elements)
        if (const auto* button = std::get_if<Button>(&element)) labels += " [" + button->label + "]";
      text += "   " + labels + "\n";
    }
  }
  return text;
}

std::string plain_digest(const DigestReader& reader, const Digest& digest, const std::string& channel) {
  const auto& t = words(reader);
  std::string text;
  if (digest.sending == Sending::wait)
    text =
        (digest.week == vakt::action::DigestTime{} ? std::string{t.switched_off}
                                                   : fill(t.not_due, {date_shown(t, digest.week.day, digest.today)})) +
        "\n\n";
  if (!digest.for_channel) return text + std::string{t.nothing_sent} + "\n";
  text += fill(t.to_channel, {tidy(channel)}) + "\n" + plain_text(channel_digest(reader, digest), reader.names);
  for (const auto& message : thread_digest(reader, digest))
    text += "\n" + readable(message.text, {}) + "\n" + plain_text(message, reader.names);
  for (const auto& owner : digest.owners)
    text += "\n" + fill(t.to_person, {readable(person(reader.names, owner.owner), {})}) + "\n" +
            plain_text(owner_digest(reader, digest, owner), reader.names);
  return text;
}

}  // namespace vakt::view
