// What happened to an action item, told in another language.
#include <algorithm>

#include "bot/actions/happened.hpp"
#include "bot/postmortem/retold.hpp"
#include "bot/texts/action_texts.hpp"
#include "bot/texts/digest_texts.hpp"
#include "bot/texts/texts.hpp"

namespace vakt::postmortem {

namespace {

using Told = std::optional<std::string>;
using action::What;

class Teller {
 public:
  Teller(Language from, Language to)
      : from_(action_texts(from)), to_(action_texts(to)), line_from_(digest_texts(from)), line_to_(digest_texts(to)) {}

  // "Action item {0}: {1}", split where what stands behind it is what happened: a title may hold ": " too.
  Told entry(std::string_view text, What what) const {
    const auto values = read_back(from_.entry, text);
    if (!values) return {};
    const std::string whole = (*values)[0] + ": " + (*values)[1];
    for (auto at = whole.find(": "); at != std::string::npos; at = whole.find(": ", at + 1))
      if (const auto said = happened_in_trello(whole.substr(at + 2), what)) {
        const auto item = whole.substr(0, at);
        return fill(to_.entry, {what == What::added ? line(item) : item, *said});
      }
    return {};
  }
  Told none(std::string_view text) const {
    return text == from_.none_entry ? Told{std::string{to_.none_entry}} : std::nullopt;
  }

 private:
  Told happened_in_trello(const std::string& text, What what) const {
    if (const auto inside = read_back(from_.in_trello, text))
      if (const auto said = happened(inside->front(), what)) return fill(to_.in_trello, {*said});
    return happened(text, what);
  }

  Told happened(const std::string& text, What what) const {
    if (what == What::card_refused) return refused(text);
    if (what == What::restored && text == from_.new_card) return std::string{to_.new_card};
    if (what == What::snoozed) {
      const auto with_reason = [](const ActionTexts& t) {
        return std::string{t.snoozed} + ". " + std::string{t.reason_was};
      };
      if (const auto values = read_back(with_reason(from_), text))
        return fill(with_reason(to_), {(*values)[0], value((*values)[1], what)});
    }
    auto values = read_back(happened_text(from_, what), text);
    if (!values) return {};
    values->resize(2);
    return fill(happened_text(to_, what), {value((*values)[0], what), value((*values)[1], what)});
  }

  // Trello's own words stay as they are.
  Told refused(const std::string& text) const {
    if (text == from_.card_not_taken) return std::string{to_.card_not_taken};
    if (const auto said = read_back(from_.trello_said, text))
      if (const auto why = refused_for((*said)[0])) return fill(to_.trello_said, {*why, (*said)[1]});
    if (const auto why = refused_for(text)) return why;
    return refilled(from_.card_refused, to_.card_refused, text);
  }
  Told refused_for(const std::string& text) const {
    for (auto why = 0; why <= static_cast<int>(action::RefusedFor::no_access); ++why)
      if (const auto told = refilled(refused_text(from_, static_cast<action::RefusedFor>(why)),
                                     refused_text(to_, static_cast<action::RefusedFor>(why)), text))
        return told;
    return {};
  }

  // One side of a change: words of ours where it is one, else what somebody typed.
  std::string value(const std::string& text, What what) const {
    if (what == What::owner) return text == from_.nobody ? std::string{to_.nobody} : text;
    if (what == What::due || what == What::snoozed)
      return text == from_.no_date ? std::string{to_.no_date} : date(text);
    if (what != What::kind && what != What::priority && what != What::team) return text;
    if (text == from_.not_set) return std::string{to_.not_set};
    for (const auto kind : {&ActionTexts::kind_prevent, &ActionTexts::kind_mitigate, &ActionTexts::kind_detect,
                            &ActionTexts::kind_process})
      if (what == What::kind && text == from_.*kind) return std::string{to_.*kind};
    return text;
  }

  std::string date(const std::string& text) const {
    for (const auto pattern : {&DigestTexts::date_with_year, &DigestTexts::date}) {
      const auto parts = read_back(line_from_.*pattern, text);
      const auto month = parts ? std::ranges::find(line_from_.months, (*parts)[1]) : line_from_.months.end();
      if (month == line_from_.months.end()) continue;
      const auto year = parts->size() > 2 ? (*parts)[2] : std::string{};
      const auto named = line_to_.months[static_cast<std::size_t>(month - line_from_.months.begin())];
      return fill(line_to_.*pattern, {(*parts)[0], named, year});
    }
    return text;
  }

  // "#12 Title · @kari · due 4 December · SEV1": told from its end as far as the parts are ours, up to the owner.
  std::string line(std::string_view text) const {
    constexpr std::string_view dot = " · ";
    std::string told;
    while (true) {
      const auto at = text.rfind(dot);
      if (at == std::string_view::npos) break;
      const auto part = text.substr(at + dot.size());
      const auto ours = part_of_line(part);
      if (!ours) break;
      told.insert(0, std::string{dot} + *ours);
      text = text.substr(0, at);
      if (part == line_from_.no_owner) break;
    }
    return std::string{text} + told;
  }
  Told part_of_line(std::string_view part) const {
    if (part.size() == 4 && part.starts_with("SEV")) return std::string{part};
    if (part == from_.done) return std::string{to_.done};
    for (const auto words :
         {&DigestTexts::no_owner, &DigestTexts::wont_do, &DigestTexts::in_progress, &DigestTexts::archived_undone,
          &DigestTexts::deleted, &DigestTexts::lost_access, &DigestTexts::broken_link})
      if (part == line_from_.*words) return std::string{line_to_.*words};
    for (const auto dated : {&DigestTexts::was_due, &DigestTexts::due})
      if (const auto day = read_back(line_from_.*dated, part)) return fill(line_to_.*dated, {date(day->front())});
    if (const auto day = read_back(from_.snoozed_until, part)) return fill(to_.snoozed_until, {date(day->front())});
    return {};
  }

  const ActionTexts &from_, &to_;
  const DigestTexts &line_from_, &line_to_;
};

}  // namespace

std::optional<std::string> retold_action(const Entry& entry, Language from, Language to) {
  const Teller teller{from, to};
  if (entry.detail == "none") return teller.none(entry.text);
  const auto what = action::what_from(entry.detail);
  return what ? teller.entry(entry.text, *what) : std::nullopt;
}

}  // namespace vakt::postmortem
