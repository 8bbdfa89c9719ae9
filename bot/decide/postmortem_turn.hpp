// The steps of a post-mortem, by what arrived: what people still have to say is asked for, and the document is ordered.
#pragma once

#include "bot/decide/turn.hpp"

namespace vakt {

// What the team's own templates ask people for, kept since vakt's start: a cursor for each, its name behind this.

// document: the template's name; empty: the configuration's. Opens the form where something is missing.
void write_postmortem(Turn&, const Request&, std::string document);
void submit_postmortem(Turn&, const inbound::Submission&);
// That the configured template has no place for the field; empty: it shows it.
std::string not_shown_in_documents(const Turn&, const std::string& field);
// What became of it: the file is shown, or whoever asked is told how to get it otherwise.
void decide_document_uploaded(Turn&, const effect::UploadDocument&, const inbound::EffectDone&);
void decide_file_shared(Turn&, const effect::ShareFile&, const inbound::EffectDone&);

// Who sees to it that it is published, and by when; postmortem_duty.cpp. The first does nothing where that is known.
void want_postmortem(Turn&, const UserId& by);
std::string want_postmortem_on_resolve(Turn&, const UserId& by);  // the sentence about it; empty: nobody wants one
void publish_postmortem(Turn&, const Request&, const std::string& url);
void own_postmortem(Turn&, const Request&, const UserId& owner);  // empty: whoever asks
void set_postmortem_due(Turn&, const Request&, const std::string& typed);
void decide_postmortem_due(Turn&);
// The owner cannot be written to: those in the incident's channel are.
void decide_postmortem_reminder_refused(Turn&, effect::Post, const std::string& error);
// When its owner is reminded next, if ever.
std::optional<Instant> next_postmortem_reminder(const Incident&, const Settings&);

// One entry of the timeline as documents have it; timeline_edit.cpp.
void open_timeline_edit(Turn&, const Request&);
void submit_timeline_edit(Turn&, const Request&, const inbound::Submission&);

}  // namespace vakt
