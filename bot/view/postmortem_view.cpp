#include "bot/view/postmortem_view.hpp"

#include <algorithm>

#include "bot/postmortem/template_reading.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/postmortem_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

constexpr std::size_t known_most = 300;  // of one field that is known already
constexpr std::size_t outstanding_named = 10;

Instant over_at(const Incident& incident) { return incident.resolved_at.value_or(incident.declared_at); }

// "12 days": since it was over, in days of its zone.
std::string age(const Settings& settings, const Incident& incident, Instant now) {
  const auto& zone = settings.timezone;
  const std::chrono::sys_days over{local_date(over_at(incident), zone)}, today{local_date(now, zone)};
  const auto days = std::max<std::int64_t>((today - over).count(), 0);
  const auto& t = document_texts(settings.language);
  return fill(days == 1 ? t.one_day : t.days, {std::to_string(days)});
}

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
    if (entry.kind == EntryKind::field && entry.detail == field && !entry.deleted_at && !entry.text.empty())
      text = entry.text;
  return text;
}

// Nothing: no template of that name is known.
std::optional<PostmortemSettings::Fields> fields_of(const Settings& settings, const std::string& document) {
  const auto& in_use = settings.postmortem.fields;
  if (const auto found = in_use.find(document); found != in_use.end()) return found->second;
  const auto built_in = postmortem::built_in(document);
  const auto reading = built_in ? postmortem::read_template(*built_in, Language::en) : std::unexpected(Error{});
  if (!reading) return std::nullopt;
  return PostmortemSettings::Fields{.asked = {reading->fields.begin(), reading->fields.end()},
                                    .optional = {reading->optional.begin(), reading->optional.end()}};
}

}  // namespace

std::vector<std::string> fields_asked(const Settings& settings, const std::string& document) {
  if (const auto of_template = fields_of(settings, document)) return of_template->asked;
  return {field_names.begin(), std::ranges::find(field_names, "link")};
}

bool shows_field(const Settings& settings, const std::string& document, std::string_view field) {
  const auto of_template = fields_of(settings, document);
  return !of_template || std::ranges::find(of_template->asked, field) != of_template->asked.end() ||
         std::ranges::find(of_template->optional, field) != of_template->optional.end();
}

std::vector<std::string> fields_missing(const Settings& settings, const std::string& document,
                                        const std::vector<Entry>& fields) {
  auto missing = fields_asked(settings, document);
  std::erase_if(missing, [&](std::string_view field) { return !newest(fields, field).empty(); });
  return missing;
}

Button postmortem_button(const Settings& settings, const Incident& incident) {
  return {.label = std::string{postmortem_texts(settings.language).button},
          .action = action::postmortem,
          .value = std::to_string(incident.number)};
}

Modal postmortem_form(const Settings& settings, const Incident& incident, const std::string& document,
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
  for (const auto& field : fields_asked(settings, document))
    if (const auto known = newest(fields, field); !known.empty())
      modal.blocks.emplace_back(
          Context{"*" + std::string{shown_field(words, field)} + ":* " + shortened(harmless(known), known_most)});
  for (const auto& field : fields_missing(settings, document, fields))
    modal.blocks.emplace_back(Input{.block = field,
                                    .label = std::string{question_for(t, field)},
                                    .kind = Input::Kind::paragraph,
                                    .optional = true});
  return modal;
}

std::string document_title(const Settings& settings, const Incident& incident) {
  return fill(postmortem_texts(settings.language).file_title,
              {std::to_string(incident.number), shortened(readable(incident.title, {}), 200)});
}

std::string document_comment(const Settings& settings, const Incident& incident, const std::string& document,
                             const postmortem::Document& written, bool asks) {
  const auto& t = postmortem_texts(settings.language);
  auto text = fill(t.uploaded, {std::to_string(incident.number), escaped(document)});
  if (incident.test) text += " " + std::string{t.drill};
  if (written.empty.empty()) {
    text += " " + std::string{t.complete};
  } else {
    std::string which;
    for (const auto& heading : written.empty) which += (which.empty() ? "" : ", ") + escaped(heading);
    text += "\n" + fill(t.incomplete, {std::to_string(written.empty.size()), std::to_string(written.sections), which}) +
            " " +
            fill(asks ? t.fill_in : t.fill_by_hand,
                 {settings.incident_command, "postmortem " + escaped(document), settings.action_command});
  }
  if (incident.status == Status::open) text += "\n" + std::string{t.still_open};
  return text;
}

std::string published_line(const Settings& settings, const Incident& incident) {
  if (!incident.postmortem || incident.postmortem->url.empty()) return {};
  return fill(postmortem_texts(settings.language).published_line, {"<" + incident.postmortem->url + ">"});
}

std::vector<const Incident*> postmortems_outstanding(const std::vector<Incident>& incidents) {
  std::vector<const Incident*> out;
  for (const auto& one : incidents)
    if (!one.test && one.status == Status::resolved && one.postmortem && one.postmortem->url.empty())
      out.push_back(&one);
  std::ranges::stable_sort(out, {}, [](const Incident* one) { return over_at(*one); });
  return out;
}

std::string outstanding_line(const Settings& settings, const std::vector<const Incident*>& outstanding, Instant now) {
  if (outstanding.empty()) return {};
  const auto& t = postmortem_texts(settings.language);
  std::string which;
  for (std::size_t i = 0; i < outstanding.size() && i < outstanding_named; ++i) {
    const auto& one = *outstanding[i];
    which += (i ? ", " : "") + fill(t.outstanding_one, {std::to_string(one.number), age(settings, one, now)});
  }
  if (outstanding.size() > outstanding_named) which += " …";
  return fill(t.outstanding, {std::to_string(outstanding.size()), which});
}

std::vector<Block> home_postmortems(const Settings& settings, const std::vector<Incident>& incidents,
                                    const UserId& user, Instant now) {
  auto mine = postmortems_outstanding(incidents);
  std::erase_if(mine, [&](const Incident* one) { return one->postmortem->owner != user; });
  if (mine.empty()) return {};
  const auto& t = postmortem_texts(settings.language);
  std::vector<Block> blocks{Header{std::string{t.home_heading}}};
  for (std::size_t i = 0; i < mine.size() && i < outstanding_named; ++i) {
    const auto& one = *mine[i];
    const auto due = one.postmortem->due ? iso_date(*one.postmortem->due) : std::string{};
    const auto number = std::to_string(one.number);
    blocks.emplace_back(Section{
        fill(due.empty() ? t.home_line : t.home_line_due, {number, harmless(one.title), age(settings, one, now), due}) +
        "\n" + fill(t.how_to_publish, {settings.incident_command + " " + number})});
  }
  return blocks;
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
