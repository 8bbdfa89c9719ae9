// Everything that vakt says to people, in each language it speaks. {0}, {1} … are filled in. Pure; the tables are
// constants.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/incident/incident.hpp"
#include "bot/types.hpp"

namespace vakt {

struct Texts {
  // Names of things
  std::string_view severity_unset, phase_investigating, phase_identified, phase_monitoring, status_resolved,
      status_cancelled, drill, lead, nobody, no_lead, communications, scribe, team;
  std::string_view downtime_start, event_start, problem_fixed, downtime_end, event_end;
  std::string_view field_summary, field_impact, field_cause, field_solution, field_detection, field_well, field_wrong,
      field_learned, field_mitigation, field_affected, field_link;
  // Headline, topic, announcement
  std::string_view headline_lead, headline_declared, headline_resolved, announcement, announcement_over, topic_lead;
  // Buttons
  std::string_view give_update, change_severity, change_status, take_lead, add_note, set_marker, fill_field, resolve,
      reopen, cancel, show_timeline, join, declare_anyway, snooze, stop_reminders, declare_incident, all_actions,
      give_role, other_time;
  // Modals
  std::string_view declare_title, title_label, severity_label, severity_hint, kind_label, kind_channel, kind_here,
      kind_drill, role_label, person_label, description_label, update_label, note_label, time_label, time_hint,
      field_label, text_label, resolve_label, reason_label, incident_label, add_to_timeline, send, close;
  // Answers
  std::string_view opening, opened, opened_here, same_incident, recent_offer, recent_offer_form, offer_gone,
      message_gone, channel_busy, joined, noted, marked, marker_taken_back, marker_before, severity_set, status_set,
      role_set, field_set, team_set, update_posted, resolved, reopened, cancelled, already_resolved, already_open,
      added_to_timeline, no_open, open_heading, who_heading, timeline_empty, no_incident_here, no_such_incident,
      not_bound_yet, snoozed, stopped, title_missing, time_wrong, person_missing, number_needed;
  std::string_view fell_back_here, create_impossible, announced_here;
  // What Slack's refusals mean
  std::string_view why_forbidden, why_no_channel, why_not_member, why_archived, why_no_scope, why_unreachable,
      expired_modal;
  // Errors of the grammar
  std::string_view unknown_command, needs_text, bad_value, not_recorded, set_aside, help;
  // The record
  std::string_view entry_declared, entry_joined, entry_left, entry_severity, entry_status, entry_role, entry_resolved,
      entry_reopened, entry_cancelled, entry_team, entry_taken_over, gap, gap_told, gap_unfetched, reminder,
      record_items;
  std::string_view home_heading, home_empty;
};

const Texts& texts(Language);

// `pattern` with {0}, {1} … replaced. Values are put in as they are: escape people's words first.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> values);

// What fill() put in: as many values as the pattern has slots, by number; an earlier one ends where it first can.
// Nothing where `text` was not made of the pattern.
std::optional<std::vector<std::string>> read_back(std::string_view pattern, std::string_view text);
// `text` of one pattern filled into another; nothing where it was not made of it.
std::optional<std::string> refilled(std::string_view from, std::string_view to, std::string_view text);

std::string_view shown(const Texts&, Severity);
std::string_view shown(const Texts&, Phase);
std::string_view shown(const Texts&, Marker);
std::string_view shown_field(const Texts&, std::string_view field);  // a field's name as people read it
// Why Slack did not do something, for people; error: Slack's code, or a sentence of ours for the log.
std::string why_shown(const Texts&, std::string_view error);
std::string state_shown(const Texts&, const Incident&);  // phase while open, else resolved or cancelled

}  // namespace vakt
