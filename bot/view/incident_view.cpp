#include "bot/view/incident_view.hpp"

#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "bot/time/zones.hpp"
#include "bot/view/postmortem_view.hpp"

namespace vakt::view {

namespace {

std::string lead_of(const Settings& settings, const Incident& incident) {
  const auto lead = incident.roles.find("lead");
  return lead == incident.roles.end() ? std::string{texts(settings.language).nobody} : person(lead->second);
}

// For the middle of a line: "lead @kari", or that there is none.
std::string led_by(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  return incident.roles.contains("lead") ? fill(t.topic_lead, {lead_of(settings, incident)}) : std::string{t.no_lead};
}

std::string titled(const Settings& settings, const Incident& incident) {
  auto title = incident.title;
  if (incident.test) title = "[" + std::string{texts(settings.language).drill} + "] " + title;
  return title;
}

std::string link_to(const Incident& incident) {
  return incident.channel.id.empty() ? std::string{} : "<#" + incident.channel.id + ">";
}

std::string number_of(const Incident& incident) { return std::to_string(incident.number); }

std::string line(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  return "*" + number_of(incident) + " " + harmless(titled(settings, incident)) + "* · " +
         std::string{shown(t, incident.severity)} + " · " + state_shown(t, incident) + " · " +
         led_by(settings, incident) + " " + link_to(incident);
}

Actions first_buttons(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  const auto n = number_of(incident);
  if (incident.status != Status::open)
    return {{Button{.label = std::string{t.reopen}, .action = action::reopen, .value = n},
             Button{.label = std::string{t.show_timeline}, .action = action::timeline, .value = n},
             postmortem_button(settings, incident)}};
  return {
      {Button{
           .label = std::string{t.give_update}, .action = action::update, .value = n, .style = Button::Style::primary},
       Button{.label = std::string{t.take_lead}, .action = action::take_lead, .value = n},
       Button{.label = std::string{t.resolve}, .action = action::resolve, .value = n},
       Button{.label = std::string{t.all_actions}, .action = action::tray, .value = n}}};
}

Select severity_select(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  Select select{.placeholder = std::string{t.change_severity}, .action = action::severity};
  for (const auto severity : {Severity::sev1, Severity::sev2, Severity::sev3, Severity::sev4})
    select.options.push_back(
        {std::string{shown(t, severity)}, number_of(incident) + ":" + std::string{name(severity)}});
  if (incident.severity != Severity::unset)
    select.initial = number_of(incident) + ":" + std::string{name(incident.severity)};
  return select;
}

Select phase_select(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  Select select{.placeholder = std::string{t.change_status}, .action = action::phase};
  for (const auto phase : {Phase::investigating, Phase::identified, Phase::monitoring})
    select.options.push_back({std::string{shown(t, phase)}, number_of(incident) + ":" + std::string{name(phase)}});
  select.initial = number_of(incident) + ":" + std::string{name(incident.phase)};
  return select;
}

Select marker_select(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  Select select{.placeholder = std::string{t.set_marker}, .action = action::mark};
  for (const auto marker :
       {Marker::downtime_start, Marker::event_start, Marker::problem_fixed, Marker::downtime_end, Marker::event_end})
    select.options.push_back({std::string{shown(t, marker)}, number_of(incident) + ":" + std::string{name(marker)}});
  return select;
}

std::string markers_line(const Settings& settings, const Incident& incident) {
  std::string out;
  for (std::size_t i = 0; i < marker_count; ++i) {
    const auto& time = incident.markers[i];
    if (!time) continue;
    if (!out.empty()) out += " · ";
    out += std::string{shown(texts(settings.language), static_cast<Marker>(i))} + " " + (time->approximate ? "~" : "") +
           clock_or_date(time->at, incident.declared_at, settings.timezone);
  }
  return out;
}

}  // namespace

std::string duration_shown(Micros length) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(length).count();
  if (minutes < 1) return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(length).count()) + " s";
  if (minutes < 60) return std::to_string(minutes) + " min";
  return std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

Message sentence(std::string mrkdwn) {
  Message message{.text = mrkdwn};
  message.blocks.emplace_back(Section{std::move(mrkdwn)});
  return message;
}

std::string topic(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  auto out =
      std::string{shown(t, incident.severity)} + " · " + state_shown(t, incident) + " · " + led_by(settings, incident);
  if (incident.test) out = std::string{t.drill} + " · " + out;
  return shortened(out, 250);
}

Message headline(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  const auto zone = settings.timezone;
  Message message{.text = number_of(incident) + " " + harmless(titled(settings, incident)) + " · " +
                          std::string{shown(t, incident.severity)} + " · " + state_shown(t, incident)};
  message.blocks.emplace_back(
      Header{shortened(number_of(incident) + " · " + readable(titled(settings, incident), {}), 150)});
  message.blocks.emplace_back(Section{"*" + std::string{shown(t, incident.severity)} + "* · *" +
                                      state_shown(t, incident) + "*\n" +
                                      fill(t.headline_lead, {lead_of(settings, incident)})});
  auto small = fill(t.headline_declared, {date_and_time(incident.declared_at, zone), person(incident.declared_by)});
  if (const auto markers = markers_line(settings, incident); !markers.empty()) small += "\n" + markers;
  if (incident.resolved_at) small += "\n" + fill(t.headline_resolved, {date_and_time(*incident.resolved_at, zone)});
  if (const auto published = published_line(settings, incident); !published.empty()) small += "\n" + published;
  message.blocks.emplace_back(Context{small});
  message.blocks.emplace_back(first_buttons(settings, incident));
  return message;
}

Message announcement(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  const auto heading = number_of(incident) + " " + harmless(titled(settings, incident));
  const auto text = incident.status == Status::open
                        ? fill(t.announcement, {heading, shown(t, incident.severity), state_shown(t, incident),
                                                led_by(settings, incident), link_to(incident)})
                        : fill(t.announcement_over,
                               {heading, shown(t, incident.severity), state_shown(t, incident), link_to(incident)});
  const auto published = published_line(settings, incident);
  auto message = sentence(published.empty() ? text : text + "\n" + published);
  if (incident.status == Status::open)
    message.blocks.emplace_back(Actions{{Button{.label = std::string{t.join},
                                                .action = action::join,
                                                .value = number_of(incident),
                                                .style = Button::Style::primary}}});
  return message;
}

Message tray(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  auto message = sentence(line(settings, incident));
  if (incident.status != Status::open) {
    message.blocks.emplace_back(first_buttons(settings, incident));
    return message;
  }
  const auto n = number_of(incident);
  const auto button = [&](std::string_view label, const char* what) {
    return Button{.label = std::string{label}, .action = what, .value = n};
  };
  auto update = button(t.give_update, action::update);
  update.style = Button::Style::primary;
  message.blocks.emplace_back(Actions{{update, button(t.add_note, action::note), button(t.take_lead, action::take_lead),
                                       button(t.give_role, action::role), button(t.fill_field, action::field),
                                       button(t.show_timeline, action::timeline)}});
  message.blocks.emplace_back(Actions{
      {severity_select(settings, incident), phase_select(settings, incident), marker_select(settings, incident)}});
  message.blocks.emplace_back(Actions{
      {button(t.resolve, action::resolve), button(t.cancel, action::cancel), postmortem_button(settings, incident)}});
  return message;
}

Message reminder(const Settings& settings, const Incident& incident, int minutes) {
  const auto& t = texts(settings.language);
  auto message = sentence(fill(t.reminder, {std::to_string(minutes)}));
  const auto n = number_of(incident);
  message.blocks.emplace_back(Actions{
      {Button{
           .label = std::string{t.give_update}, .action = action::update, .value = n, .style = Button::Style::primary},
       Button{.label = std::string{t.snooze}, .action = action::snooze, .value = n},
       Button{.label = std::string{t.stop_reminders}, .action = action::stop, .value = n}}});
  return message;
}

Message open_incidents(const Settings& settings, const std::vector<Incident>& open) {
  const auto& t = texts(settings.language);
  if (open.empty()) return sentence(fill(t.no_open, {settings.incident_command}));
  std::string text{"*" + std::string{t.open_heading} + "*"};
  for (const auto& incident : open) text += "\n" + line(settings, incident);
  return sentence(text);
}

Message who(const Settings& settings, const Incident& incident) {
  const auto& t = texts(settings.language);
  auto text =
      "*" + fill(t.who_heading, {number_of(incident)}) + "*\n" +
      fill(t.headline_declared, {date_and_time(incident.declared_at, settings.timezone), person(incident.declared_by)});
  if (!incident.roles.contains("lead")) text += "\n" + std::string{t.lead} + ": " + std::string{t.nobody};
  for (const auto& [role, user] : incident.roles)
    text += "\n" + (role == "lead" ? std::string{t.lead} : harmless(role)) + ": " + person(user);
  return sentence(text);
}

Message marker_set(const Settings& settings, const Incident& incident, Marker marker, MarkerTime time, Instant now,
                   const std::vector<std::pair<Marker, MarkerTime>>& taken_back) {
  const auto& t = texts(settings.language);
  const auto clock = [&](const MarkerTime& at) {
    return (at.approximate ? "~" : "") + clock_or_date(at.at, now, settings.timezone);
  };
  auto text = fill(t.marked, {shown(t, marker), clock(time)});
  std::string gone;
  for (const auto& [which, at] : taken_back)
    gone += (gone.empty() ? "" : ", ") + std::string{shown(t, which)} + " " + clock(at);
  if (!gone.empty()) text += " " + fill(t.marker_taken_back, {gone});
  for (const auto& [first, then] :
       {std::pair{Marker::downtime_start, Marker::downtime_end}, std::pair{Marker::event_start, Marker::event_end},
        std::pair{Marker::event_start, Marker::problem_fixed}}) {
    const auto from = incident.marker(first), to = incident.marker(then);
    if ((marker == first || marker == then) && from && to && to->at < from->at)
      text += "\n:warning: " + fill(t.marker_before, {shown(t, then), clock(*to), shown(t, first), clock(*from)});
  }
  auto message = sentence(std::move(text));
  message.blocks.emplace_back(Actions{{Button{.label = std::string{t.other_time},
                                              .action = action::marker_time,
                                              .value = number_of(incident) + ":" + std::string{name(marker)}}}});
  return message;
}

Message recent_offer(const Settings& settings, const Incident& other, Instant now, const std::string& draft) {
  const auto& t = texts(settings.language);
  const auto ago = duration_shown(now - other.declared_at);
  auto message = sentence(fill(t.recent_offer, {number_of(other), harmless(other.title), ago}) + " " + link_to(other));
  message.blocks.emplace_back(
      Actions{{Button{.label = std::string{t.join},
                      .action = action::use_recent,
                      .value = number_of(other) + ":" + draft,
                      .style = Button::Style::primary},
               Button{.label = std::string{t.declare_anyway}, .action = action::declare_anyway, .value = draft}}});
  return message;
}

std::vector<Block> home(const Settings& settings, const std::vector<Incident>& open) {
  const auto& t = texts(settings.language);
  std::vector<Block> blocks;
  blocks.emplace_back(Actions{{Button{.label = std::string{t.declare_incident},
                                      .action = action::declare,
                                      .value = "home",
                                      .style = Button::Style::primary}}});
  blocks.emplace_back(Header{std::string{t.home_heading}});
  if (open.empty()) blocks.emplace_back(Section{fill(t.home_empty, {settings.incident_command})});
  for (const auto& incident : open) {
    blocks.emplace_back(Section{line(settings, incident)});
    blocks.emplace_back(
        Actions{{Button{.label = std::string{t.join}, .action = action::join, .value = number_of(incident)}}});
    if (blocks.size() > 70) break;  // Slack shows 100 blocks, and action items stand there too
  }
  return blocks;
}

}  // namespace vakt::view
