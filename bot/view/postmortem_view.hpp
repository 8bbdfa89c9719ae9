// Post-mortems as people meet them in Slack: the form that asks for what only they know, and what stands over the file.
// Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/incident/entry.hpp"
#include "bot/incident/incident.hpp"
#include "bot/postmortem/document.hpp"
#include "bot/settings.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

namespace action {
inline constexpr auto postmortem = "postmortem", timeline_edit = "timeline_edit";
}

// What the template of that name asks people for, in its order; one that is not known asks for all.
std::vector<std::string> fields_asked(const Settings&, const std::string& document);
// Whether a document written through it shows such a field; one that is not known shows all.
bool shows_field(const Settings&, const std::string& document, std::string_view field);
// Those that nobody has filled yet; fields: the incident's entries of that kind.
std::vector<std::string> fields_missing(const Settings&, const std::string& document, const std::vector<Entry>& fields);

Button postmortem_button(const Settings&, const Incident&);
// Asks for what is missing, with what is known above it. Its context is what it comes back with.
Modal postmortem_form(const Settings&, const Incident&, const std::string& document, const std::vector<Entry>& fields,
                      std::string context);
std::string document_title(const Settings&, const Incident&);  // plain
// What is said with the file.
// asks: a form asks for something of what is missing.
std::string document_comment(const Settings&, const Incident&, const std::string& document, const postmortem::Document&,
                             bool asks);

// The line about where it is published; empty where it is not.
std::string published_line(const Settings&, const Incident&);
// Those that are wanted and not published, by how long ago they were over. Drills want none.
std::vector<const Incident*> postmortems_outstanding(const std::vector<Incident>&);
// One line of them with their ages; empty: there are none.
std::string outstanding_line(const Settings&, const std::vector<const Incident*>&, Instant now);
// That person's own, in the home tab; nothing: none.
std::vector<Block> home_postmortems(const Settings&, const std::vector<Incident>&, const UserId&, Instant now);
Message postmortem_reminder(const Settings&, const Incident&);

}  // namespace vakt::view
