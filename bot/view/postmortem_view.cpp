#include "bot/view/postmortem_view.hpp"

#include <algorithm>

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t known_most = 300;  // of one field that is known already

std::string markers_known(const Settings& settings, const Incident& incident) {
  std::string out;
  for (std::size_t i = 0; i < marker_count; ++i) {
    const auto& time = incident.markers[i];
    if (!time) continue;
    out += (out.empty() ? "" : " · ") + std::string{shown(texts(settings.language), static_cast<Marker>(i))} + " " +
           (time->approximate ? "~" : "") + date_and_time(time->at, settings.timezone);
  }
  return out;
}

// The newest text of a field; empty where nobody filled it.
std::string_view newest(const std::vector<Entry>& fields, std::string_view field) {
  std::string_view text;
  for (const auto& entry : fields)
    if (entry.detail == field && !entry.deleted_at && !entry.text.empty()) text = entry.text;
  return text;
}

}  // namespace

std::vector<std::string_view> fields_asked(std::string_view document) {
  if (document == "oslo") return {"summary", "impact", "cause", "solution", "well", "wrong", "mitigation"};
  if (document == "nav") return {"summary", "impact", "cause", "solution", "detection", "learned", "well", "wrong"};
  return {"summary", "impact", "cause", "solution", "detection", "well", "wrong", "learned", "mitigation"};
}

std::vector<std::string_view> fields_missing(std::string_view document, const std::vector<Entry>& fields) {
  auto missing = fields_asked(document);
  std::erase_if(missing, [&](std::string_view field) { return !newest(fields, field).empty(); });
  return missing;
}

Button postmortem_button(const Settings& settings, const Incident& incident) {
  return {.label = std::string{postmortem_texts(settings.language).button},
          .action = action::postmortem,
          .value = std::to_string(incident.number)};
}

Modal postmortem_form(const Settings& settings, const Incident& incident, std::string_view document,
                      const std::vector<Entry>& fields, std::string context) {
  const auto& t = postmortem_texts(settings.language);
  const auto& words = texts(settings.language);
  Modal modal{.title = std::string{t.form_title},
              .submit = std::string{t.form_submit},
              .close = std::string{words.close},
              .callback = action::postmortem,
              .context = std::move(context)};
  modal.blocks.emplace_back(Section{"*" + std::to_string(incident.number) + " " + harmless(incident.title) + "*\n" +
                                    std::string{t.form_intro}});
  if (const auto markers = markers_known(settings, incident); !markers.empty())
    modal.blocks.emplace_back(Context{markers});
  for (const auto field : fields_asked(document))
    if (const auto known = newest(fields, field); !known.empty())
      modal.blocks.emplace_back(
          Context{"*" + std::string{shown_field(words, field)} + ":* " + shortened(harmless(known), known_most)});
  for (const auto field : fields_missing(document, fields))
    modal.blocks.emplace_back(Input{.block = std::string{field},
                                    .label = std::string{question_for(t, field)},
                                    .kind = Input::Kind::paragraph,
                                    .optional = true});
  return modal;
}

std::string document_title(const Settings& settings, const Incident& incident) {
  return fill(postmortem_texts(settings.language).file_title,
              {std::to_string(incident.number), shortened(readable(incident.title, {}), 200)});
}

std::string document_comment(const Settings& settings, const Incident& incident, std::string_view document,
                             const postmortem::Document& written) {
  const auto& t = postmortem_texts(settings.language);
  auto text = fill(t.uploaded, {std::to_string(incident.number), escaped(document)});
  if (incident.test) text += " " + std::string{t.drill};
  if (written.empty.empty()) {
    text += " " + std::string{t.complete};
  } else {
    std::string which;
    for (const auto& heading : written.empty) which += (which.empty() ? "" : ", ") + escaped(heading);
    text += "\n" + fill(t.incomplete, {std::to_string(written.empty.size()), std::to_string(written.sections), which}) +
            " " + fill(t.fill_in, {settings.incident_command, "postmortem " + escaped(document)});
  }
  if (incident.status == Status::open) text += "\n" + std::string{t.still_open};
  return text;
}

std::string published_line(const Settings& settings, const Incident& incident) {
  if (!incident.postmortem || incident.postmortem->url.empty()) return {};
  return fill(postmortem_texts(settings.language).published_line, {"<" + incident.postmortem->url + ">"});
}

Message postmortem_reminder(const Settings& settings, const Incident& incident) {
  const auto& t = postmortem_texts(settings.language);
  const auto number = std::to_string(incident.number);
  const auto due =
      incident.postmortem && incident.postmortem->due ? iso_date(*incident.postmortem->due) : std::string{};
  const auto channel = incident.channel.id.empty() ? std::string{} : "<#" + incident.channel.id + ">";
  auto message = sentence(fill(t.reminder, {number, harmless(incident.title), due, channel}) + "\n" +
                          fill(t.how_to_publish, {settings.incident_command + " " + number}));
  message.blocks.emplace_back(Actions{{postmortem_button(settings, incident)}});
  return message;
}

}  // namespace vakt::view
