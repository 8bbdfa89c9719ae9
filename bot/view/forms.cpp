#include "bot/record/record.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

Modal declare_form(const Settings& settings, const std::string& title, const std::string& draft, bool here) {
  const auto& t = texts(settings.language);
  Modal modal{.title = std::string{t.declare_title},
              .submit = std::string{t.declare_incident},
              .close = std::string{t.close},
              .callback = action::declare,
              .context = draft};
  modal.blocks.emplace_back(
      Input{.block = "title", .label = std::string{t.title_label}, .initial = shortened(title, 200)});
  Input severity{.block = "severity",
                 .label = std::string{t.severity_label},
                 .kind = Input::Kind::select,
                 .optional = true,
                 .placeholder = std::string{t.severity_hint}};
  for (const auto level : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    severity.options.push_back({std::string{shown(t, level)}, std::string{name(level)}});
  modal.blocks.emplace_back(severity);
  modal.blocks.emplace_back(Input{.block = "description",
                                  .label = std::string{t.description_label},
                                  .kind = Input::Kind::paragraph,
                                  .optional = true});
  Input kind{.block = "kind", .label = std::string{t.kind_label}, .kind = Input::Kind::select, .initial = "channel"};
  kind.options.push_back({std::string{t.kind_channel}, "channel"});
  if (here) kind.options.push_back({std::string{t.kind_here}, "here"});
  kind.options.push_back({std::string{t.kind_drill}, "test"});
  modal.blocks.emplace_back(kind);
  return modal;
}

Modal text_form(const Settings& settings, const Incident& incident, const std::string& what,
                const std::string& chosen) {
  const auto& t = texts(settings.language);
  Modal modal{.submit = std::string{t.send},
              .close = std::string{t.close},
              .callback = what,
              .context = std::to_string(incident.number) + (chosen.empty() ? "" : ":" + chosen)};
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
    for (const auto name : field_names) field.options.push_back({std::string{shown_field(t, name)}, std::string{name}});
    field.options.push_back({std::string{t.team}, "team"});
    field.initial = "summary";
    modal.blocks.emplace_back(field);
  } else if (what == action::role) {
    modal.title = t.give_role;
    Input role{.block = "role", .label = std::string{t.role_label}, .kind = Input::Kind::select, .initial = "lead"};
    role.options.push_back({std::string{t.lead}, "lead"});
    for (const auto other : {t.communications, t.scribe})
      role.options.push_back({std::string{other}, std::string{other}});
    modal.blocks.emplace_back(role);
    modal.blocks.emplace_back(Input{.block = "user", .label = std::string{t.person_label}, .kind = Input::Kind::user});
    return modal;
  } else if (what == action::marker_time) {
    modal.title = t.set_marker;
    const auto marker = marker_from(chosen);
    modal.blocks.emplace_back(Input{.block = "time",
                                    .label = std::string{marker ? shown(t, *marker) : t.time_label},
                                    .placeholder = std::string{t.time_hint}});
    return modal;
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
