// What a person makes of an entry for documents: its wording, its time, and whether it stands there at all. The
// original stays as it was.
#include "bot/command/command.hpp"
#include "bot/decide/postmortem_turn.hpp"
#include "bot/record/record.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"
#include "bot/view/timeline_edit_view.hpp"

namespace vakt {

namespace {

const PostmortemTexts& words(const Turn& turn) { return postmortem_texts(turn.settings.language); }

// A bare clock time is one of the entry's own day, not of today; in an hour that DST repeats, of the entry's own hour.
Instant moment_of(const TypedTime& time, const Entry& entry, const Turn& turn) {
  const auto& zone = turn.settings.timezone;
  if (time.minutes_ago) return moment(time, turn.at, zone);
  auto wall = time.wall;
  if (wall.year == 0) {
    const auto day = local_date(shown_at(entry), zone);
    wall.year = static_cast<int>(day.year());
    wall.month = static_cast<int>(static_cast<unsigned>(day.month()));
    wall.day = static_cast<int>(static_cast<unsigned>(day.day()));
  }
  return from_wall_near(wall, shown_at(entry), zone);
}

// The people of the original are mentioned still, where the new wording names them as the form showed them.
std::string mentions_kept(std::string text, const std::string& original) {
  for (auto from = original.find("<@"); from != std::string::npos; from = original.find("<@", from + 2)) {
    const auto end = original.find('>', from);
    if (end == std::string::npos) break;
    const auto user = mentioned_user(std::string_view{original}.substr(from, end - from + 1));
    const auto name = "@" + user;
    for (auto at = text.find(name); !user.empty() && at != std::string::npos;
         at = text.find(name, at + user.size() + 4))
      if (at == 0 || text[at - 1] != '<') text.replace(at, name.size(), "<@" + user + ">");
  }
  return text;
}

}  // namespace

void open_timeline_edit(Turn& turn, const Request& request) {
  const auto& entry = turn.facts.chosen;
  if (!entry || entry->deleted_at) return refuse(turn, request, std::string{words(turn).entry_gone});
  open_modal(turn, request, view::timeline_edit_form(turn.settings, *entry));
}

void submit_timeline_edit(Turn& turn, const Request& request, const inbound::Submission& form) {
  if (!turn.facts.chosen || turn.facts.chosen->deleted_at) return form_error(turn, "text", words(turn).entry_gone);
  auto entry = *turn.facts.chosen;
  const auto typed = value_of(form, "text"), time = value_of(form, "time");
  Curation curation{.left_out = value_of(form, "shown") == "no", .by = form.reply.user, .made = turn.at};
  if (typed == tidy(readable(shown_text(entry), {})))
    curation.text = entry.curated ? entry.curated->text : std::string{};  // as it was: nothing is lost on the way
  else if (!typed.empty() && typed != tidy(readable(entry.text, {})))
    curation.text = mentions_kept(escaped(typed), entry.text);
  if (time == view::time_as_typed(shown_at(entry), shown_approximate(entry), turn.settings)) {
    if (entry.curated) {
      curation.at = entry.curated->at;
      curation.approximate = entry.curated->approximate;
    }
  } else if (!time.empty()) {
    const auto parsed = parse_time(time);
    if (!parsed) return form_error(turn, "time", turn.text.time_wrong);
    const auto at = moment_of(*parsed, entry, turn);
    if (at > turn.at) return form_error(turn, "time", words(turn).time_to_come);
    if (at != entry.at || parsed->approximate != entry.approximate) {
      curation.at = at;
      curation.approximate = parsed->approximate;
    }
  }
  const bool differs = !curation.text.empty() || curation.at || curation.left_out;
  entry.curated = differs ? std::optional{curation} : std::nullopt;
  turn.out.audit->detail = "entry " + std::to_string(entry.seq);
  const auto said =
      curation.left_out
          ? std::string{words(turn).entry_left_out}
          : fill(words(turn).entry_kept, {view::time_as_typed(shown_at(entry), shown_approximate(entry), turn.settings),
                                          shortened(harmless(shown_text(entry)), 300)});
  turn.out.replaced.push_back(std::move(entry));
  answer(turn, request, view::sentence(said));
}

}  // namespace vakt
