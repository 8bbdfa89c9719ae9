#include "bot/texts/postmortem_texts.hpp"

namespace vakt {

extern const PostmortemTexts postmortems_in_english;
const PostmortemTexts postmortems_in_english{
    .button = "Post-mortem",
    .form_title = "Post-mortem",
    .form_submit = "Write it",
    .form_intro =
        "The times, the flags, the actions and what was said are taken from the record. Only people know the rest. "
        "Leave empty what nobody knows yet: the document says what it lacks.",
    .ask_summary = "Summary: what happened, in a sentence or two?",
    .ask_impact = "Impact: who noticed, and what did it cost them?",
    .ask_cause = "Cause: what led to it?",
    .ask_solution = "Solution: what put it right?",
    .ask_detection = "Detection: how was it found?",
    .ask_well = "What went well?",
    .ask_wrong = "What went wrong?",
    .ask_learned = "What did we learn?",
    .ask_mitigation = "Mitigations: what would keep it from happening again?",
    .ask_affected = "Affected: who, and how many?",
    .form_gone = "This form is of an incident that vakt no longer has. Nothing was kept.",
    .writing = "Writing the post-mortem of incident {0}. It comes into its channel in a moment.",
    .outstanding = "Post-mortems not published: {0} ({1})",
    .outstanding_one = "incident {0} for {1}",
    .home_heading = "Your post-mortems",
    .home_line = "*{0} {1}*: not published, {2} after it was over",
    .home_line_due = "*{0} {1}*: not published, {2} after it was over; due {3}",
    .uploaded = "Post-mortem of incident {0}, written from its record (template {1}).",
    .still_open = "The incident is still open: write it again once it is over.",
    .drill = "It was a drill.",
    .complete = "No section is empty.",
    .incomplete = "{0} of {1} sections are empty: {2}.",
    .fill_in = "`{0} {1}` asks for what is missing and writes it again.",
    .fill_by_hand = "`{2} add TITLE` adds an action item; `{0} {1}` then writes it again.",
    .file_title = "Post-mortem {0}: {1}",
    .not_uploaded =
        "The post-mortem of incident {1} is not in its channel: {0}. The record has everything. Type `{3}` to try "
        "again, or run `vakt export {1} --template {2}` where vakt runs.",
    .why_no_uploads = "a setting of the workspace forbids such files; a workspace admin can allow them",
    .why_too_large = "the workspace takes no files of that size",
    .why_storage_full = "the workspace's storage for files is full",
    .why_no_record = "its record could not be read",
    .wanted = "{0} sees to it that the post-mortem is published by {1}.",
    .wanted_undated = "{0} sees to it that the post-mortem is published.",
    .owner_set = "{1} now sees to the post-mortem of incident {0}.",
    .due_set = "The post-mortem of incident {0} is due {1}.",
    .published = "{0} published the post-mortem: {1}",
    .published_line = "Post-mortem: {0}",
    .bookmark = "Post-mortem",
    .reminder =
        "The post-mortem of incident {0}, *{1}*, was due {2} and is not published yet. {3}\nThe button writes a draft "
        "from the record.",
    .how_to_publish = "Once it stands where your team keeps them: `{0} postmortem publish URL`.",
    .nothing_to_remind = "Incident {0} was a drill: nobody is reminded of its post-mortem.",
    .field_not_shown =
        "The post-mortem template {0} has no place for it, so only the record shows it. `{{{1}}}` in the template "
        "would "
        "show it there too.",
    .edit_entry = "Edit an entry …",
    .edit_title = "Edit for documents",
    .text_label = "Wording",
    .time_label = "When",
    .time_hint = "09:20, ~12:30 or 2026-11-21 09:20",
    .shown_label = "In documents",
    .shown = "Shown",
    .left_out = "Left out",
    .as_recorded = "As recorded, and kept so: {0}  {1}",
    .entry_kept = "In documents: {0}  {1}",
    .entry_left_out = "Left out of documents. The record keeps it.",
    .entry_gone = "That entry was deleted, so there is nothing left to edit.",
    .time_to_come = "That time is still to come.",
    .earlier_entries = "{0} earlier entries are not shown here; `vakt export {1}` has them all.",
    .entry_uploaded = "Post-mortem written (template {0})",
    .entry_published = "Post-mortem published: {0}",
};

}  // namespace vakt
