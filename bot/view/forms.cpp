#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

Modal declare_form(const Settings& settings, const std::string& title, const std::string& draft) {
  const auto& t = texts(settings.language);
  Modal modal{.title = std::string{t.declare_title},
              .submit = std::string{t.declare_incident},
              .close = std::string{t.close},
              .callback = action::declare,
              .context = draft};
  modal.blocks.emplace_back(
      Input{.block = "title", .label = std::string{t.title_label}, .initial = shortened(title, 200)});
  Input severity{
      .block = "severity", .label = std::string{t.severity_label}, .kind = Input::Kind::select, .optional = true};
  for (const auto level : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    severity.options.push_back({std::string{shown(t, level)}, std::string{name(level)}});
  modal.blocks.emplace_back(severity);
  modal.blocks.emplace_back(Input{.block = "description",
                                  .label = std::string{t.description_label},
                                  .kind = Input::Kind::paragraph,
                                  .optional = true});
  return modal;
}

Modal text_form(const Settings& settings, const Incident& incident, const std::string& what) {
  const auto& t = texts(settings.language);
  Modal modal{.submit = std::string{t.send},
              .close = std::string{t.close},
              .callback = what,
              .context = std::to_string(incident.number)};
  Input text{.block = "text", .kind = Input::Kind::paragraph};
  if (what == action::update) {
    modal.title = t.give_update;
    text.label = t.update_label;
  } else if (what == action::note) {
    modal.title = t.add_note;
    text.label = t.note_label;
    modal.blocks.emplace_back(Input{.block = "time",
                                    .label = std::string{t.time_label},
                                    .optional = true,
                                    .placeholder = std::string{t.time_hint}});
  } else if (what == action::field) {
    modal.title = t.fill_field;
    text.label = t.text_label;
    Input field{.block = "field", .label = std::string{t.field_label}, .kind = Input::Kind::select};
    for (const auto* name : {"summary", "impact", "cause", "solution", "detection", "well", "wrong", "learned",
                             "mitigation", "affected", "link"})
      field.options.push_back({name, name});
    field.initial = "summary";
    modal.blocks.emplace_back(field);
  } else if (what == action::cancel) {
    modal.title = t.cancel;
    text.label = t.reason_label;
  } else {
    modal.title = t.resolve;
    text.label = t.resolve_label;
    text.optional = true;
  }
  modal.blocks.emplace_back(text);
  return modal;
}

Modal timeline_form(const Settings& settings, const std::vector<Incident>& open, const std::string& draft) {
  const auto& t = texts(settings.language);
  Modal modal{.title = std::string{t.add_to_timeline},
              .submit = std::string{t.send},
              .close = std::string{t.close},
              .callback = action::add_to_timeline,
              .context = draft};
  Input pick{.block = "incident", .label = std::string{t.incident_label}, .kind = Input::Kind::select};
  for (const auto& incident : open)
    pick.options.push_back({shortened(std::to_string(incident.number) + " " + readable(incident.title, {}), 75),
                            std::to_string(incident.number)});
  if (!pick.options.empty()) pick.initial = pick.options.back().value;
  modal.blocks.emplace_back(pick);
  return modal;
}

}  // namespace vakt::view
