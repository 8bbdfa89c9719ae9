// Before a flag is turned on or wider: who will see it, and what has to be typed.
#include "bot/texts/flag_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/flag_view.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

std::string lines(const Settings& settings, std::string_view label, const std::vector<flag::AudienceExposure>& seen) {
  std::string text = "*" + std::string{label} + "*";
  for (const auto& one : seen)
    text += "\n" + (one.audience.empty() ? "" : escaped(one.audience) + ": ") + exposure_words(settings, one.exposure);
  return text;
}

}  // namespace

Modal flag_confirm(const Settings& settings, const FlagConfirmation& shown, const std::string& context) {
  const auto& t = flag_texts(settings.language);
  Modal modal{
      .title = std::string{shown.action == flag::Action::percent ? t.confirm_title_percent : t.confirm_title_on},
      .submit = std::string{t.confirm_submit},
      .close = std::string{t.confirm_close},
      .callback = action::flag_confirm,
      .context = context};
  modal.blocks.push_back(Section{
      code(shown.target.name) + " · " + escaped(shown.target.environment) + " · " + escaped(shown.target.provider) +
      (shown.action == flag::Action::percent ? " · " + std::to_string(shown.percent) + " %" : "")});
  modal.blocks.push_back(Section{lines(settings, t.confirm_who_now, shown.before)});
  modal.blocks.push_back(Section{lines(settings, t.confirm_who_then, shown.after)});
  std::string notes;
  if (!shown.duration.empty()) notes = fill(t.confirm_back_after, {shown.duration});
  if (shown.needs_second) notes += (notes.empty() ? "" : " ") + std::string{t.confirm_second};
  for (const auto& note : shown.notes) notes += (notes.empty() ? "" : "\n") + note;
  if (!notes.empty()) modal.blocks.push_back(Context{notes});
  if (shown.needs_typing)
    modal.blocks.push_back(
        Input{.block = "name", .label = shortened(fill(t.confirm_type_name, {shown.target.name}), 150)});
  modal.blocks.push_back(Input{.block = "reason",
                               .label = std::string{t.confirm_reason},
                               .optional = !shown.needs_reason,
                               .initial = shown.reason});
  return modal;
}

Message flag_approval(const Settings& settings, const flag::Change& change) {
  const auto& t = flag_texts(settings.language);
  const auto what = change.wanted.action == flag::Action::percent ? std::to_string(change.wanted.percent) + " %"
                                                                  : std::string{t.confirm_title_on};
  auto message = sentence(
      fill(t.approval, {"<@" + change.by + ">", code(change.wanted.name), escaped(change.wanted.environment), what}));
  const auto seen = [&](std::string_view label, const std::optional<flag::Seen>& by) {
    return by ? std::string{label} + ": " + audience_words(settings, *by) : std::string{};
  };
  const auto then = seen(t.confirm_who_then, change.after);
  if (const auto now = seen(t.confirm_who_now, change.before); !now.empty())
    message.blocks.push_back(Section{now + "\n" + then});
  if (!change.reason.empty()) message.blocks.push_back(Context{fill(t.reason_given, {harmless(change.reason)})});
  message.blocks.push_back(Actions{{Button{.label = std::string{t.agree},
                                           .action = action::flag_approve,
                                           .value = std::to_string(change.number),
                                           .style = Button::Style::primary,
                                           .confirm = then}}});
  return message;
}

}  // namespace vakt::view
