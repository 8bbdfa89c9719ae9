#include "bot/texts/document_texts.hpp"

namespace vakt {

extern const DocumentTexts documents_in_bokmal;
const DocumentTexts documents_in_bokmal{
    .time_to_detect = "Tid til oppdaget",
    .time_to_react = "Tid til første tiltak",
    .time_to_fix = "Tid til rettet",
    .downtime = "Nedetid",
    .lasted = "{0} (fra {1} til {2})",
    .cannot_tell = "kan ikke vite: {0}",
    .no_marker = "{0} er ikke satt",
    .no_reaction = "ingenting på tidslinjen følger etter {0}",
    .out_of_order = "{1} står før {0}",
    .about = "omtrent {0}",
    .and_a_half = "{0} og et halvt minutt",
    .minutes = "{0} minutter",
    .flag_on = "Feature toggle {0} skrudd på i {1}",
    .flag_off = "Feature toggle {0} skrudd av i {1}",
    .flag_percent = "Feature toggle {0} satt til {2} % i {1}",
    .flag_restored = "Feature toggle {0} satt tilbake slik den var i {1}",
    .exposed = "Feature toggle {0} var eksponert i {1} i {2} (fra {3} til {4})",
    .exposed_unknown =
        "Hvor lenge feature toggle {0} var eksponert i {1}, kan ikke sies: ingenting sier når den ble åpnet",
    .before_detection = "{0} av det gikk før det ble oppdaget",
    .not_before_detection = "den ble åpnet først etter at det var oppdaget",
    .opened_by = "Det som åpnet {0} i {1}: {2}",
    .pull_request = "Pull request {0}",
    .dashboard = "Dashbord på {0}",
    .card = "Kort {0}",
    .slack_message = "Slack-melding fra {0}",
    .slack_message_in = "Slack-melding i #{1} fra {0}",
    .wont_do = "gjøres ikke: {0}",
    .no_actions = "Ingen trengs.",
    .one_day = "{0} dag",
    .days = "{0} dager",
    .one_week = "{0} uke",
    .weeks = "{0} uker",
    .empty_sections = "{0} av {1} deler er tomme: {2}",
    .one_unfilled = "1 sted er ikke fylt ut:",
    .unfilled = "{0} steder er ikke fylt ut:",
};

}  // namespace vakt
