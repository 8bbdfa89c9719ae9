#include "bot/texts/document_texts.hpp"

namespace vakt {

extern const DocumentTexts documents_in_english;
const DocumentTexts documents_in_english{
    .time_to_detect = "Time to detect",
    .time_to_react = "Time to react",
    .time_to_fix = "Time to fix",
    .downtime = "Downtime",
    .lasted = "{0} (from {1} to {2})",
    .cannot_tell = "cannot tell: {0}",
    .no_marker = "{0} is not set",
    .no_reaction = "nothing on the timeline follows {0}",
    .out_of_order = "{1} stands before {0}",
    .about = "about {0}",
    .and_a_half = "{0} and a half minutes",
    .minutes = "{0} minutes",
    .flag_on = "Feature toggle {0} turned on in {1}",
    .flag_off = "Feature toggle {0} turned off in {1}",
    .flag_percent = "Feature toggle {0} set to {2} % in {1}",
    .flag_restored = "Feature toggle {0} put back as it was in {1}",
    .exposed = "Feature toggle {0} was exposed in {1} for {2} (from {3} to {4})",
    .exposed_unknown =
        "For how long feature toggle {0} was exposed in {1} cannot be told: nothing says when it was opened",
    .before_detection = "{0} of it passed before detection",
    .not_before_detection = "it was opened only after detection",
    .opened_by = "What opened {0} in {1}: {2}",
    .pull_request = "Pull request {0}",
    .dashboard = "Dashboard at {0}",
    .card = "Card {0}",
    .slack_message = "Slack message of {0}",
    .slack_message_in = "Slack message in #{1} of {0}",
    .wont_do = "won't be done: {0}",
    .no_actions = "None is needed.",
    .one_day = "{0} day",
    .days = "{0} days",
    .one_week = "{0} week",
    .weeks = "{0} weeks",
    .empty_sections = "{0} of {1} sections are empty: {2}",
    .one_unfilled = "1 place is not filled in:",
    .unfilled = "{0} places are not filled in:",
};

}  // namespace vakt
