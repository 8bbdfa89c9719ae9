#include "bot/texts/texts.hpp"

namespace vakt {

extern const Texts english;
const Texts english{
    .severity_unset = "severity not set",
    .phase_investigating = "investigating",
    .phase_identified = "identified",
    .phase_monitoring = "monitoring",
    .status_resolved = "resolved",
    .status_cancelled = "cancelled",
    .drill = "DRILL",
    .lead = "lead",
    .nobody = "nobody yet",
    .downtime_start = "DOWNTIME START",
    .event_start = "EVENT START",
    .problem_fixed = "PROBLEM FIXED",
    .downtime_end = "DOWNTIME END",
    .event_end = "EVENT END",
    .headline_lead = "*Lead:* {0}",
    .headline_declared = "Declared {0} by {1}",
    .headline_resolved = "Over since {0}",
    .announcement = "*{0}* · {1} · {2} · lead {3}\n{4}",
    .announcement_over = "*{0}* · {1} · {2}\n{3}",
    .topic_lead = "lead {0}",
    .give_update = "Send update",
    .change_severity = "Severity",
    .change_status = "Status",
    .take_lead = "I lead",
    .add_note = "Note",
    .set_marker = "Mark a time",
    .fill_field = "Summary, cause …",
    .resolve = "Resolve",
    .reopen = "Reopen",
    .cancel = "Cancel incident",
    .show_timeline = "Timeline",
    .join = "Join",
    .declare_anyway = "Declare a new one",
    .snooze = "Remind me later",
    .stop_reminders = "Stop reminding",
    .declare_incident = "Declare incident",
    .all_actions = "All actions",
    .declare_title = "Declare incident",
    .title_label = "What is wrong?",
    .severity_label = "Severity",
    .description_label = "What do you know?",
    .update_label = "What is new?",
    .note_label = "Note",
    .time_label = "When (empty: now)",
    .time_hint = "09:20, ~12:30 or -10m",
    .field_label = "Field",
    .text_label = "Text",
    .resolve_label = "What solved it?",
    .reason_label = "Why?",
    .incident_label = "Incident",
    .add_to_timeline = "Add to timeline",
    .send = "Send",
    .close = "Close",
    .opening = "Opening incident {0}: {1}. The channel follows in a moment.",
    .opened = "Incident {0} has its channel: <#{1}>",
    .opened_here = "Incident {0} is open in this channel. Everything said here from now on is recorded.",
    .same_incident = "That is incident {0} already, which you declared just now: {1}",
    .recent_offer = "Incident {0}, *{1}*, was declared {2} minutes ago. Is yours the same?",
    .recent_offer_form = "Incident {0}, {1}, was declared {2} minutes ago. Send again if yours is another one.",
    .offer_gone = "That offer has been answered, or is more than a day old. `{0} declare TITLE` declares an incident.",
    .message_gone = "That took too long. Use “Add to timeline” on the message again.",
    .channel_busy =
        "This channel records incident {0} now. Resolve that one first (`{2} {0} resolve`), then reopen {1}.",
    .joined = "You are in: {0}",
    .noted = "Noted at {0}: {1}",
    .marked = "{0} is {1}.",
    .marker_cleared = "{0} was cleared.",
    .severity_set = "Severity is {0}.",
    .status_set = "Status is {0}.",
    .role_set = "{0}: {1}.",
    .field_set = "Kept under {0}.",
    .team_set = "Incident {0} belongs to team {1}.",
    .update_posted = "*Update* from {0}: {1}",
    .resolved =
        ":white_check_mark: *Resolved* by {0} after {1}. {2}\nRecording goes on. `{3} reopen` if it comes back.",
    .reopened = "*Reopened* by {0}. {1}",
    .cancelled = "*Cancelled* by {0}: {1}",
    .already_resolved = "Incident {0} is {1} already. `{2} reopen` opens it again.",
    .already_open = "Incident {0} is open already.",
    .added_to_timeline = "On the timeline of incident {0}.",
    .no_open = "No open incidents. `{0} declare TITLE` declares one.",
    .open_heading = "Open incidents",
    .who_heading = "Incident {0}",
    .timeline_empty = "Nothing on the timeline yet. Pin a message, react with :{0}:, or type `{1} note TEXT`.",
    .no_incident_here =
        "This channel has no incident. Name one, as in `{0} 12 {1}`, or `{0} list` shows the open ones.",
    .no_such_incident = "There is no incident {0}. `{1} list` shows the open ones.",
    .not_bound_yet = "Incident {0} has no channel yet. Try again in a moment.",
    .snoozed = "Reminder put off.",
    .stopped = "No more reminders for this incident.",
    .title_missing = "Say in a few words what is wrong.",
    .time_wrong = "Not a time: write 09:20, ~12:30 or -10m.",
    .number_needed = "Choose an incident.",
    .fell_back_here = "Slack did not let me create a channel ({0}), so incident {1} is open in this one.",
    .create_impossible =
        "Incident {0} has no channel: Slack refused ({1}), and this channel has an incident already. Type `{2} declare "
        "here TITLE` in another channel.",
    .announced_here = "Announced here because I could not post in {0} ({1}).",
    .why_forbidden = "a setting of the workspace forbids it to apps; a workspace admin can allow it",
    .why_no_channel = "no such channel, or a private one: invite vakt to it",
    .why_not_member = "vakt is not a member: invite it",
    .why_archived = "the channel is archived",
    .why_no_scope = "the app lacks a permission, which `vakt check` names",
    .why_unreachable = "Slack could not be reached, or failed",
    .expired_modal = "Slack waited too long for that form. Press again, or type `{0} help`.",
    .unknown_command = "I do not know “{0}”. Did you mean `{1} {2}`?",
    .needs_text = "Something is missing: `{0} {1}`",
    .bad_value = "“{0}” does not fit. The form is `{1} {2}`",
    .not_recorded =
        "NOT RECORDED: vakt cannot write to its database now. Say it again in a moment; whoever runs vakt should look "
        "at its log.",
    .help =
        "*Declare:* `{0} declare [sev1..sev4] TITLE` (or only `{0}` for a form), `{0} declare here TITLE`, `{0} test "
        "TITLE` for a drill\n"
        "*While it lasts:* `{0} update TEXT`, `{0} severity sev2`, `{0} status identified`, `{0} lead @user`, `{0} "
        "note [09:20] TEXT` (2015 alone is taken for a year: write 20:15), "
        "`{0} mark down|up|fixed [TIME]`\n"
        "*What it was:* `{0} summary|impact|cause|solution|detection|well|wrong|learned|mitigation TEXT`, `{0} link "
        "URL`\n"
        "*Over:* `{0} resolve [TEXT]`, `{0} reopen`, `{0} cancel REASON`\n"
        "*See:* `{0} list`, `{0} who`, `{0} timeline`. From another channel: `{0} 12 update TEXT`. In the incident's "
        "channel `{0}` alone shows all of this as buttons.",
    .entry_declared = "Incident declared: {0}",
    .entry_joined = "joined the channel",
    .entry_left = "left the channel",
    .entry_severity = "Severity {0}",
    .entry_status = "Status {0}",
    .entry_role = "{0}: {1}",
    .entry_resolved = "Resolved",
    .entry_reopened = "Reopened",
    .entry_cancelled = "Cancelled: {0}",
    .entry_team = "Team {0}",
    .entry_taken_over = "Incident {0} took this channel over: what is said from here on stands in its record.",
    .gap =
        "vakt was not connected from {0} to {1}. Messages of that time are fetched; commands, reactions and deletions "
        "did not arrive.",
    .gap_told =
        "I was away from {0} to {1}. Messages are being fetched, but commands and buttons of those minutes did not "
        "reach me: please repeat them.",
    .gap_unfetched = "Messages could not be fetched ({0}): what was said while vakt was away may be missing.",
    .reminder = "No update for {0} minutes. How is it going?",
    .home_heading = "Open incidents",
    .home_empty = "All quiet. Declare an incident with the button, or with `{0} declare TITLE`.",
};

}  // namespace vakt
