#include "bot/texts/rollout_texts.hpp"

namespace vakt {

extern const RolloutTexts rollouts_in_english;
const RolloutTexts rollouts_in_english{
    .planned = "planned",
    .running = "running",
    .held = "held",
    .complete = "complete",
    .rolled_back = "rolled back",
    .heading = "*Rollout {0}* of {1} in {2}: {3}",
    .stage_of = "stage {0} of {1}, *{2} %*",
    .stage_line = "{0} {1}{2}",
    .began = "began {0}",
    .ended = "ended {0}",
    .ends = "runs until {0}",
    .goal = "at least {0} users",
    .users = "{0} users",
    .about_users = "about {0} users",
    .week = "One-week check-in: {0}",
    .month = "One-month check-in: {0}",
    .not_recorded = "nothing was recorded: cannot tell",
    .errors = "errors were recorded ({0} users)",
    .too_few = "{0} of the {1} users asked for: too few to tell anything",
    .no_error_seen = "{0} users and no error recorded: the error rate may still be up to {2} (95 %)",
    .now_begin = "Nothing was changed yet. `{0} advance {1}` begins the first stage ({2}).",
    .now_wait = "The stage runs until {2}. `{0} record {1}` keeps what you see meanwhile.",
    .now_under_way = "An order for the flag is under way; it counts once it is proven.",
    .now_record = "Its time has run out and nothing was recorded. `{0} record {1}` first, then `{0} advance {1}`.",
    .now_too_few =
        ":warning: Its time has run out and too few users saw it to tell anything. Let it run on, or `{0} advance {1}` "
        "knowing that.",
    .now_errors =
        ":warning: Errors were recorded. `{0} rollback {1}` turns it off at once; `{0} advance {1} REASON` goes on all "
        "the same.",
    .now_advance = "Its time has run out. `{0} advance {1}` goes on to {2}.",
    .now_resume = "`{0} resume {1} REASON` goes on with this stage, `{0} rollback {1}` turns the flag off.",
    .now_rolled_back = "The flag is off. `{0} resume {1} REASON` brings it back to its stage ({2}).",
    .now_wait_check_in = "Next check-in: {2}.",
    .now_check_in = "A check-in is due: `{0} record {1}`.",
    .now_finished = "Finished. `vakt rollout export {1}` writes the release plan.",
    .held_asked = "Held by {0} since {1}.",
    .held_by_hand = ":warning: The flag was changed by hand, by {0} at {1}.",
    .held_for_rollback = "{0} asked for it to be rolled back at {1}.",
    .rolled_back_by = "Rolled back by {0} at {1}.",
    .because = "Reason: {0}",
    .told_planned = ":clipboard: {3} plans rollout {0} of {1} in {2}.",
    .told_held = ":double_vertical_bar: {3} holds rollout {0} of {1} in {2}.",
    .told_by_hand =
        ":warning: {1} in {2} was changed by hand ({3}): rollout {0} is held. What it counts on may not be so any "
        "more.",
    .told_rolled_back = ":octagonal_sign: Rollout {0} is rolled back: {1} is OFF in {2}, asked by {3}.",
    .told_recorded = ":memo: {3} recorded what was seen in rollout {0} of {1} in {2}.",
    .told_resumed = ":arrow_forward: Rollout {0} goes on: {1} in {2} is at *{4} %* again, asked by {3}.",
    .told_complete = ":checkered_flag: Rollout {0} reached its last stage: {1} in {2} is at *{4} %*, asked by {3}.",
    .told_began = ":arrow_forward: Rollout {0}: {1} in {2} is at *{4} %*, asked by {3}.",
    .told_not_advanced =
        ":x: Rollout {0} was *not* advanced: the change of {1} in {2} is not proven. It stays where it was. {3}",
    .told_time_out = ":alarm_clock: Rollout {0} of {1} in {2}: the stage has run its time.",
    .told_week = ":calendar: Rollout {0} of {1} in {2}: the one-week check-in is due.",
    .told_month = ":calendar: Rollout {0} of {1} in {2}: the one-month check-in is due.",
    .told_not_here = "It was to be said in {0}: {1}",
    .told_refused = ":x: What {0} asked of a rollout from the terminal was *not* done. {1}",
    .somebody = "somebody",
    .list_heading = "Rollouts",
    .list_empty = "There is no rollout. `{0} start FLAG` plans one.",
    .list_more = "… and older ones: `vakt rollout list`.",
    .help =
        "*{0}* lists rollouts\n*{0} start FLAG [ENVIRONMENT]* plans one\n*{0} status [NUMBER]* how it stands and what "
        "to "
        "do now\n*{0} record [NUMBER]* keeps what was seen\n*{0} advance [NUMBER] [REASON]* the next stage; shows "
        "first "
        "who will see it\n*{0} hold [NUMBER] [REASON]* · *{0} resume [NUMBER] REASON*\n*{0} rollback [NUMBER] "
        "[REASON]* "
        "turns the flag off at once",
    .unknown = "There is no rollout {1}. `{0}` lists them.",
    .none_here = "No rollout is under way. `{0} start FLAG` plans one; `{0}` lists the earlier ones.",
    .which_one = "Several are under way: name one by its number.",
    .refused_under_way = "{1} is already bringing it to {2} %: wait until that is proven. `{0} status` shows it.",
    .refused_moved_on = "Rollout {1} has moved on since that was shown. `{0} status {1}` shows where it is.",
    .refused_complete = "Rollout {1} is at its last stage. `{0} status {1}` shows the check-ins.",
    .refused_rolled_back = "Rollout {1} is rolled back. `{0} resume {1} REASON` brings it back to its stage.",
    .refused_not_running = "Rollout {1} is not running: there is nothing to hold. `{0} status {1}` shows it.",
    .refused_not_held = "Rollout {1} is neither held nor rolled back. `{0} advance {1}` goes to its next stage.",
    .refused_not_begun =
        "No stage of rollout {1} has begun, so nothing can have been seen. `{0} advance {1}` begins it.",
    .refused_needs_reason = "Say why: `{0} advance {1} REASON`.",
    .refused_no_stage = "A rollout needs a stage: 10 % for 7d, 100 %. `{0} start FLAG` begins anew.",
    .already_one = "Rollout {1} of {2} in {3} is under way already. `{0} status {1}` shows it.",
    .no_percentages =
        "{2} knows on and off, no percentages, so {1} cannot be rolled out by stages there. `/flag on` shows who will "
        "see it and turns it on for all of them; for stages the flag has to stand in Unleash, Flipper or flagd.",
    .rolling_back = "Rolling back rollout {1} …",
    .holding = "Rollout {1} is held.",
    .recorded = "Recorded for rollout {1}.",
    .changed_meanwhile =
        "The flag is not what rollout {1} made it: somebody changed it by hand. The rollout is held. Look at "
        "`{0} status {1}`, then `{0} resume {1} REASON` or `{0} rollback {1}`.",
    .why_ahead = "The stage has not run its time.",
    .why_errors = "Errors were recorded at this stage.",
    .why_held = "The rollout was held.",
    .why_rolled_back = "The rollout was rolled back.",
    .stages_none = "Type the stages: 10 % for 7d, 25 % for 2d, 50 % for 1d, 100 %",
    .stages_percent = "\"{0}\" must begin with a whole percentage from 1 to 100.",
    .stages_growing = "\"{0}\" is not more than the stage before.",
    .stages_time = "\"{0}\": a time is typed as 30m, 12h, 7d or 2w, and is a year at most.",
    .stages_needs_time = "\"{0}\" needs a time: only the last stage may lack one.",
    .stages_many = "\"{0}\" is one too many: 20 stages at most.",
    .users_wrong = "Type a whole number, as 170 or ~170.",
    .begin = "Begin: {0} %",
    .advance = "Advance to {0} %",
    .resume = "Resume at {0} %",
    .record = "Record",
    .hold = "Hold",
    .roll_back = "Roll back",
    .form_start = "Plan a rollout",
    .form_record = "What was seen",
    .save = "Save",
    .close = "Cancel",
    .label_stages = "Stages",
    .label_least = "Least users at each stage",
    .label_criteria = "Success criteria, one a line",
    .label_dashboards = "Dashboards, one a line",
    .label_watchers = "Who watches, one a line",
    .label_go = "Go/no-go: discipline: name, one a line",
    .hint_least = "fewer are too few to tell anything",
    .hint_criteria = "Successful submissions",
    .hint_dashboards = "https://…",
    .hint_watchers = "BE developer (Scott James)",
    .hint_go = "Engineering: Scott James",
    .label_users = "Unique users",
    .label_metric = "{0}",
    .label_downstream = "Downstream effect",
    .label_errors = "Errors logged (None, if none were)",
    .label_changes = "Changes needed",
    .criteria = "Criteria: {0}",
    .dashboards = "Dashboards: {0}",
    .watchers = "Watched by: {0}",
    .go_no_go = "Go: {0}",
};

}  // namespace vakt
