// How an incident looks in Slack: its headline, topic, announcement, buttons, forms and the home tab. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

// What the buttons and forms call themselves: action_id and callback_id. The value names the incident: "12", or
// "12:sev1".
namespace action {
inline constexpr auto update = "update", severity = "severity", phase = "phase", take_lead = "take_lead", note = "note",
                      mark = "mark", field = "field", resolve = "resolve", reopen = "reopen", cancel = "cancel",
                      timeline = "timeline", role = "role", marker_time = "marker_time", tray = "tray", join = "join",
                      declare = "declare", declare_anyway = "declare_anyway", use_recent = "use_recent",
                      snooze = "snooze", stop = "stop_reminders", add_to_timeline = "add_to_timeline",
                      declare_shortcut = "declare_incident";
}

std::string topic(const Settings&, const Incident&);
Message headline(const Settings&, const Incident&);
Message announcement(const Settings&, const Incident&);
Message tray(const Settings&, const Incident&);
Message reminder(const Settings&, const Incident&, int minutes);
Message open_incidents(const Settings&, const std::vector<Incident>&);
Message who(const Settings&, const Incident&);
Message timeline(const Settings&, const std::vector<Entry>&);
Message recent_offer(const Settings&, const Incident& other, Instant now, const std::string& draft);
// taken_back: the ends that count no more, for it is down again.
Message marker_set(const Settings&, const Incident&, Marker, MarkerTime, Instant now,
                   const std::vector<std::pair<Marker, MarkerTime>>& taken_back = {});
Message sentence(std::string mrkdwn);
std::vector<Block> home(const Settings&, const std::vector<Incident>& open);

// `here`: the form was opened in a channel, which could serve.
Modal declare_form(const Settings&, const std::string& title, const std::string& draft, bool here);
// update, note, field, role, marker_time, resolve, cancel; `chosen` is the marker whose time is asked for.
Modal text_form(const Settings&, const Incident&, const std::string& action, const std::string& chosen = {});
Modal timeline_form(const Settings&, const std::vector<Incident>& open, const std::string& draft);

// Equal for messages that look the same: an edit that changes nothing is not sent.
std::string fingerprint(const Message&);

// "inc-12-backend-down": Norwegian letters folded, at most 80 characters of a-z0-9-.
std::string channel_name(const std::string& prefix, IncidentNumber, const std::string& title, int attempt);
std::string duration_shown(Micros);

}  // namespace vakt::view
