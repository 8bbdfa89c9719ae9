#include "bot/view/timeline_edit_view.hpp"

#include "bot/record/record.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt::view {

std::string time_as_typed(Instant at, bool approximate, const Settings& settings) {
  return (approximate ? "~" : "") + date_and_seconds(at, settings.timezone);
}

Modal timeline_edit_form(const Settings& settings, const Entry& entry) {
  const auto& t = postmortem_texts(settings.language);
  const auto& words = texts(settings.language);
  Modal modal{.title = std::string{t.edit_title},
              .submit = std::string{words.send},
              .close = std::string{words.close},
              .callback = action::timeline_edit,
              .context = std::to_string(entry.incident) + ":" + std::to_string(entry.seq)};
  modal.blocks.emplace_back(Context{fill(
      t.as_recorded, {time_as_typed(entry.at, entry.approximate, settings), shortened(harmless(entry.text), 1'000)})});
  modal.blocks.emplace_back(Input{.block = "text",
                                  .label = std::string{t.text_label},
                                  .kind = Input::Kind::paragraph,
                                  .initial = readable(shown_text(entry), {})});
  modal.blocks.emplace_back(Input{.block = "time",
                                  .label = std::string{t.time_label},
                                  .initial = time_as_typed(shown_at(entry), shown_approximate(entry), settings),
                                  .placeholder = std::string{t.time_hint}});
  modal.blocks.emplace_back(Input{.block = "shown",
                                  .label = std::string{t.shown_label},
                                  .kind = Input::Kind::select,
                                  .initial = entry.curated && entry.curated->left_out ? "no" : "yes",
                                  .options = {{std::string{t.shown}, "yes"}, {std::string{t.left_out}, "no"}}});
  return modal;
}

}  // namespace vakt::view
