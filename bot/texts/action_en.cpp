#include "bot/texts/action_texts.hpp"

namespace vakt {

extern const ActionTexts actions_in_english;
const ActionTexts actions_in_english{
    .done = "done",
    .snoozed_until = "snoozed until {0}",
    .kind_prevent = "prevents",
    .kind_mitigate = "mitigates",
    .kind_detect = "detects",
    .kind_process = "process",
    .added = "Added",
    .adopted = "Linked to its card {1}",
    .joined = "Stands in the record of incident {1} too",
    .linked = "Its card is {1}",
    .is_done = "Done",
    .wont_do = "Won't be done: {1}",
    .reopened = "Open again",
    .begun = "Begun",
    .put_back = "Not begun any more",
    .owner = "Owner: {1} (before: {0})",
    .due = "Due: {1} (before: {0})",
    .snoozed = "Snoozed until {1}",
    .title = "Called “{1}” (before: “{0}”)",
    .priority = "Priority: {1} (before: {0})",
    .kind = "Kind: {1} (before: {0})",
    .team = "Moved to the team {1} (before: {0})",
    .archived_undone = "Its card was archived and not done",
    .deleted = "Its card was deleted",
    .lost_access = "vakt cannot see its card any more",
    .broken_link = "The link to its card leads nowhere",
    .restored = "Its card is back in place",
    .moved = "Its card was moved to another board of ours",
    .moved_away = "Its card was moved to a board that no team names",
    .card_refused = "Trello refused what vakt wrote: {1}",
    .member_left_out = "{1} is not a member of the board",
    .label_left_out = "The board has no label {1}",
    .nobody = "nobody",
    .no_date = "none",
    .not_set = "not set",
    .in_trello = "{0} (in Trello)",
    .by_person = "By {0}.",
    .by_owner = "By its owner.",
    .entry = "Action item {0}: {1}",
    .reason_was = "Reason: {0}",
    .new_card = "A new card takes the place of the one that is gone",
    .card_not_taken = "Trello took what vakt wrote, and the card is not as written",
    .refused_other = "Trello refused what vakt wrote",
    .refused_not_configured = "vakt has no key and token for Trello: set TRELLO_API_KEY and TRELLO_API_TOKEN",
    .refused_no_board = "The team names no board in Trello: set board and list_todo under [trello] in vakt.toml",
    .refused_board_unknown =
        "Trello has no board “{0}” that vakt's account is a member of: invite the account, or correct board in "
        "vakt.toml",
    .refused_board_archived =
        "The board “{0}” is archived in Trello: reopen it there, or name another one in vakt.toml",
    .refused_no_list = "No list for new cards is configured: set list_todo in vakt.toml",
    .refused_list_unknown =
        "The board has no list “{0}” any more: give the list its name back, or set list_todo in vakt.toml to its new "
        "one",
    .refused_list_archived =
        "The list “{0}” is archived in Trello: bring it back on the board, or set list_todo in vakt.toml to another "
        "one",
    .refused_card_gone = "The card is gone from Trello",
    .refused_no_access = "vakt's account may not see or change the card: invite it to the board again",
    .trello_said = "{0}. Trello said: “{1}”",
    .means_archived = "It stays open here until somebody decides: done, won't do, or back on the board.",
    .means_deleted = "The item itself is kept. Make a new card, or close it.",
    .means_lost_access =
        "It is no longer known whether it is done. Invite vakt's Trello user to the board again, or close it here.",
    .means_broken_link = "The item itself is kept. Make a new card, or close it.",
    .means_moved_away =
        "Only the card's own Complete mark closes it there. If it is over, say so; else move the card back, or leave "
        "it.",
    .means_card_refused =
        "The item here is as you wanted it; its card may differ. vakt writes again with the next change, or now: `{0} "
        "card {1}`",
    .means_not_created = "There is no card. The item is kept and reminded of all the same. Try again: `{0} card {1}`",
    .means_member =
        "Here they stay its owner; the card has no member. Invite them to the board, and add them to the card there.",
    .means_label = "The card is without it. Make that label on the board, or change the one in vakt's settings.",
    .decide = "{0}, it is yours: what shall happen?",
    .nobody_owns = "Nobody owns it. Who decides?",
    .notification = "Action item {0}: {1}",
    .answer_added = ":memo: Added: {0}",
    .answer_linked = ":link: Linked: {0}",
    .owner_unmapped =
        "Trello does not know {0}: a new card names them in its description, and has no member. Whoever runs vakt adds "
        "{1} under [trello.members] in vakt.toml. This is said once.",
    .card_follows = "Its card is being made; the link follows.",
    .no_card = "It is kept here, without a card; vakt reminds of it all the same.",
    .day_passed = ":warning: That day has passed, so it is overdue. Another one: `{0} due {1} friday`",
    .no_record = "It stands in no incident's record. To add it to one, type there: `{0} link {1}`",
    .was_so = "Nothing to change: it was so already.",
    .follows_in_trello = "Its card in Trello follows.",
    .snooze_means = "Until then nobody is reminded; it is still counted. To close it: `{0} done {1}`",
    .needs_title =
        "An action item needs a title. Try `{0} add Configure log retention @kari due friday`, or `{0} add` alone for "
        "a form.",
    .title_too_long =
        "That title is longer than Trello takes (16,384 characters). Nothing was changed. Shorten it, and put the rest "
        "on the card.",
    .needs_reason =
        "A reason is missing, and without one nothing was changed. Try `{0} wontdo {1} REASON` or `{0} snooze {1} "
        "friday REASON`.",
    .closed_already = "It is closed already. Open it first: `{0} reopen {1}`",
    .open_already = "It is open already. To close it: `{0} done {1}`",
    .not_the_owner = "Only its owner may snooze it. Take it first: `{0} owner {1} me`",
    .snooze_not_ahead = "Snooze it until a day after today: `{0} snooze {1} +1w REASON`",
    .snooze_too_long = "At most 4 weeks ahead, so no later than {2}: `{0} snooze {1} +4w REASON`",
    .no_such_day = "No calendar has that day. Try `{0} due {1} friday` or `{0} due {1} 2026-12-01`.",
    .has_card = "It has a card already, or one is on its way. To see it: `{0} list all`",
    .no_board =
        "Its team has no board in Trello. It is kept and reminded of all the same. Whoever runs vakt sets board and "
        "list_todo under [trello] in vakt.toml and checks it with `vakt check`; then: `{0} card {1}`",
    .some_item = "ID",
    .unknown_number = "There is no action item {1}. `{0} list all` shows those there are.",
    .unknown_label = "No action item's card is called {1}. `{0} list all` shows those there are.",
    .unknown_card = "No action item has that card. To track it from now on: `{0} link {1}`",
    .ambiguous = "Several are called so. Say which one by its number: `{0} done {1}`",
    .not_a_date = "“{0}” is no date that vakt knows. Try {1}.",
    .ambiguous_date = "“{0}” could be several days. Write {1}.",
    .no_day = "There is no day “{0}”. Did you mean {1}?",
    .date_forms = "friday, +2w, 1.12. or 2026-12-01",
    .either = " or ",
    .form_not_a_date = "No date that vakt knows. Try {0}",
    .form_ambiguous_date = "That could be several days. Write {0}",
    .form_no_day = "There is no such day. Did you mean {0}?",
    .right_form = "Nothing was changed. So: {0}",
    .person_unknown =
        "vakt knows nobody called @{1}, so nothing was changed. Type @ and pick the person from Slack's list.",
    .team_unknown = "There is no team {1}, so nothing was changed. The teams stand under [[team]] in vakt.toml.",
    .team_not_configured =
        "No [[team]] in vakt.toml is called {0}: action items of this incident go by the channel and the calendar of "
        "{1}.",
    .card_reading = "Reading the card …",
    .no_incident =
        "No incident is open that it could belong to. Type it in the channel of one (`{1} list` shows those that are "
        "open).",
    .card_not_found =
        "Trello has no card at {1}. Copy the link from the card itself (*Share*, *Copy link*), or make a new one: `{0} "
        "add TITLE`",
    .card_no_access =
        "vakt's Trello user may not see {1}. Invite that user to the card's board, then: `{0} link CARD-URL`",
    .card_no_card = "{1} is no link to a card. It looks like https://trello.com/c/QIgNLSh1",
    .card_not_read = "The card {1} could not be read now. Nothing was linked. Again in a minute: `{0} link CARD-URL`",
    .trello_not_configured =
        "Trello is not set up here, so {1} cannot be linked. `{0} add TITLE` keeps an item without a card. Whoever "
        "runs vakt sets TRELLO_API_KEY and TRELLO_API_TOKEN.",
    .trello_token_refused =
        "Trello refuses vakt's key or token, so {1} was not linked. Whoever runs vakt sets a new one and runs `vakt "
        "check`; then: `{0} link CARD-URL`",
    .trello_rate_limited =
        "Trello asks vakt to wait, so {1} was not linked yet. Again in a minute: `{0} link CARD-URL`",
    .trello_unreachable =
        "Trello does not answer, so {1} was not linked. Again later: `{0} link CARD-URL`; or keep it without a card: "
        "`{0} add TITLE`",
    .help =
        "*{0} add TITLE [@owner] [due DATE]* with a card; *{0} add* alone opens a form\n*{0} link CARD-URL [@owner] "
        "[due DATE]* tracks a card that exists\n*{0} list [mine|overdue|all]*\n*{0} done ID* · *{0} wontdo ID REASON* "
        "· *{0} reopen ID*\n*{0} owner ID @user* · *{0} due ID DATE* · *{0} snooze ID DATE REASON*\n*{0} title ID "
        "TEXT* · *{0} priority ID sev2* · *{0} kind ID prevent|mitigate|detect|process* · *{0} team ID NAME* · *{0} "
        "card ID*\nDATE: friday, +2w, 1.12. or 2026-12-01. ID: 12, KM676 or the card's link.",
    .list_open = "Open action items: {0}",
    .list_mine = "My open action items: {0}",
    .list_overdue = "Overdue action items: {0}",
    .list_all = "All action items: {0}",
    .list_incident = "Action items of incident {0}: {1}",
    .empty_open = "No action item is open. Well done. To add one: `{0} add TITLE`",
    .empty_mine = "Nothing is yours to do. To see everybody's: `{0} list`",
    .empty_overdue = "Nothing is overdue. Well done. To see what is open: `{0} list`",
    .empty_all = "There are no action items yet. To add one: `{0} add TITLE`",
    .empty_incident = "No action items yet. To add one: `{0} add TITLE`",
    .more = "{0} more. `{1} list mine` and `{1} list overdue` are shorter; `vakt actions` on the server lists all.",
    .home_heading = "My action items",
    .home_empty = "Nothing is yours to do. `{0} list` shows what is open.",
    .button_owner = "Owner",
    .button_due = "Due",
    .button_reopen = "Reopen",
    .button_unarchive = "Back on the board",
    .button_card = "Make a new card",
    .button_list = "Show all",
    .button_add = "Add one",
    .button_none = "There is none",
    .shortcut = "Make action item",
    .form_add = "New action item",
    .form_owner = "Who owns it?",
    .form_due = "When is it due?",
    .form_snooze = "Snooze",
    .form_wontdo = "Won't do",
    .save = "Save",
    .cancel = "Cancel",
    .label_title = "What is to be done",
    .label_owner = "Owner",
    .label_due = "Due date",
    .label_kind = "Kind",
    .label_priority = "Priority",
    .label_until = "Until",
    .label_reason = "Why later",
    .label_why_not = "Why not",
    .hint_due = "friday, +2w, 2026-12-01",
    .hint_until = "friday, +2w; at most 4 weeks",
    .hint_reason = "waiting for parts",
    .hint_why_not = "the service is being replaced",
    .hint_kind = "What it is good for",
    .hint_priority = "As the incident's",
    .owner_none = "To leave it without an owner: `{0} owner {1} none`",
    .due_none = "Empty: no due date.",
    .snooze_note = "Nobody is reminded until that day. It is still counted in the channel.",
    .wontdo_note = "It is closed, and the reason stands in the record.",
    .option_prevent = "Prevents the next one",
    .option_mitigate = "Makes it less bad",
    .option_detect = "Lets us see it sooner",
    .option_process = "Improves how we work",
    .trouble_token =
        ":warning: *Trello refuses vakt's key or token.* Nothing is lost: action items, buttons and reminders work on "
        "here. But cards are neither read nor updated until a new token is set; what changed by then is written "
        "afterwards.\nTo do, by whoever runs vakt: make a new token at <https://trello.com/power-ups/admin>, set "
        "TRELLO_API_KEY and TRELLO_API_TOKEN, start vakt again, and run `vakt check`.",
    .trouble_unreachable =
        ":warning: *Trello has not answered for a while.* Nothing is lost: action items, buttons and reminders work on "
        "here, and say how old what they know is. vakt keeps trying and writes what waits. To look: "
        "<https://trello.status.atlassian.com>, or `vakt check` on the server.",
    .trouble_rate_limited =
        ":warning: *Trello asks vakt to slow down.* Nothing is lost: cards are read and updated later. Does something "
        "else use the same token? Then give vakt one of its own.",
    .trouble_not_configured =
        ":warning: *Trello is not set up here.* Action items are kept and reminded of all the same. Whoever runs vakt "
        "sets TRELLO_API_KEY and TRELLO_API_TOKEN, and runs `vakt check`.",
    .trouble_over =
        ":white_check_mark: Trello answers again. What waited is being written now; nobody has to do anything.",
    .items_missing = "Resolved without an action item. Is there really none? Later: `{0} add TITLE` in this channel.",
    .none_noted = "Noted in the record: this incident needs no action item.",
    .none_entry = "No action item is needed",
    .card_title = "In full: {0}",
    .card_incident = "From incident #{0}: {1}",
    .card_typed = "Written down by vakt.",
    .card_owner = "Owner: {0}",
    .card_kind = "Kind: {0}",
    .card_priority = "Priority: {0}",
};

}  // namespace vakt
