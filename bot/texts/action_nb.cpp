#include "bot/texts/action_texts.hpp"

namespace vakt {

extern const ActionTexts actions_in_bokmal;
const ActionTexts actions_in_bokmal{
    .done = "gjort",
    .snoozed_until = "utsatt til {0}",
    .kind_prevent = "forebygger",
    .kind_mitigate = "demper",
    .kind_detect = "oppdager",
    .kind_process = "arbeidsmåte",
    .added = "Lagt til",
    .adopted = "Knyttet til kortet {1}",
    .joined = "Står også i loggen for hendelse {1}",
    .linked = "Kortet er {1}",
    .is_done = "Gjort",
    .wont_do = "Blir ikke gjort: {1}",
    .reopened = "Åpent igjen",
    .begun = "Påbegynt",
    .put_back = "Ikke påbegynt lenger",
    .owner = "Eier: {1} (før: {0})",
    .due = "Frist: {1} (før: {0})",
    .snoozed = "Utsatt til {1}",
    .title = "Heter nå «{1}» (før: «{0}»)",
    .priority = "Prioritet: {1} (før: {0})",
    .kind = "Type: {1} (før: {0})",
    .team = "Flyttet til teamet {1} (før: {0})",
    .archived_undone = "Kortet ble arkivert og var ikke gjort",
    .deleted = "Kortet ble slettet",
    .lost_access = "vakt kan ikke se kortet lenger",
    .broken_link = "Lenken til kortet fører ingen steder",
    .restored = "Kortet er på plass igjen",
    .moved = "Kortet ble flyttet til en annen av tavlene våre",
    .moved_away = "Kortet ble flyttet til en tavle som ikke hører til noe team",
    .card_refused = "Trello avviste det vakt skrev: {1}",
    .member_left_out = "{1} er ikke medlem av tavlen",
    .label_left_out = "Tavlen har ingen etikett {1}",
    .nobody = "ingen",
    .no_date = "ingen",
    .not_set = "ikke satt",
    .in_trello = "{0} (i Trello)",
    .by_person = "Av {0}.",
    .by_owner = "Av eieren.",
    .entry = "Tiltak {0}: {1}",
    .reason_was = "Grunn: {0}",
    .new_card = "Et nytt kort tar plassen til det som er borte",
    .card_not_taken = "Trello tok imot det vakt skrev, men kortet er ikke blitt slik",
    .refused_other = "Trello avviste det vakt skrev",
    .refused_not_configured = "vakt har ikke nøkkel og token til Trello: sett TRELLO_API_KEY og TRELLO_API_TOKEN",
    .refused_no_board = "Teamet har ingen tavle i Trello: sett board og list_todo under [trello] i vakt.toml",
    .refused_board_unknown =
        "Trello har ingen tavle «{0}» som vakts konto er medlem av: inviter kontoen, eller rett board i vakt.toml",
    .refused_board_archived = "Tavlen «{0}» er arkivert i Trello: åpne den igjen der, eller sett en annen i vakt.toml",
    .refused_no_list = "Det er ikke satt noen liste for nye kort: sett list_todo i vakt.toml",
    .refused_list_unknown =
        "Tavlen har ikke lenger noen liste «{0}»: gi listen navnet tilbake, eller sett list_todo i vakt.toml til det "
        "nye",
    .refused_list_archived =
        "Listen «{0}» er arkivert i Trello: hent den tilbake på tavlen, eller sett list_todo i vakt.toml til en annen",
    .refused_card_gone = "Kortet er borte fra Trello",
    .refused_no_access = "vakts konto får ikke se eller endre kortet: inviter den til tavlen igjen",
    .trello_said = "{0}. Trello sa: «{1}»",
    .means_archived = "Det står åpent her til noen bestemmer: gjort, gjøres ikke, eller tilbake på tavlen.",
    .means_deleted = "Selve tiltaket er ikke borte. Lag et nytt kort, eller lukk det.",
    .means_lost_access =
        "Om det er gjort, er ikke lenger kjent. Inviter vakts Trello-bruker til tavlen igjen, eller lukk det her.",
    .means_broken_link = "Selve tiltaket er ikke borte. Lag et nytt kort, eller lukk det.",
    .means_moved_away =
        "Der lukkes det bare når kortet selv merkes som fullført. Er det over, så si det; ellers flytt kortet tilbake, "
        "eller la det være.",
    .means_card_refused =
        "Her er tiltaket slik dere ville ha det; kortet kan være annerledes. vakt skriver igjen ved neste endring, "
        "eller nå: `{0} card {1}`",
    .means_not_created =
        "Det finnes ikke noe kort. vakt tar vare på tiltaket og minner om det likevel. Prøv igjen: `{0} card {1}`",
    .means_member =
        "Her eier de det fortsatt; kortet har ingen medlem. Inviter dem til tavlen, og legg dem til på kortet der.",
    .means_label = "Kortet er uten den. Lag etiketten på tavlen, eller bytt den i innstillingene til vakt.",
    .decide = "{0}, det er ditt: hva skal skje?",
    .nobody_owns = "Ingen eier det. Hvem bestemmer?",
    .notification = "Tiltaket {0}: {1}",
    .answer_added = ":memo: Lagt til: {0}",
    .answer_linked = ":link: Knyttet til kortet: {0}",
    .owner_unmapped =
        "Trello kjenner ikke {0}: et nytt kort har navnet i beskrivelsen og ingen medlem. Den som drifter vakt, legger "
        "til {1} under [trello.members] i vakt.toml. Dette sies én gang.",
    .card_follows = "Kortet lages nå; lenken kommer.",
    .no_card = "Det står her, uten kort; vakt minner om det likevel.",
    .day_passed = ":warning: Den dagen er passert, så det er over fristen. En annen: `{0} due {1} fredag`",
    .no_record = "Det står ikke i loggen for noen hendelse. For å legge det til i en, skriv der: `{0} link {1}`",
    .was_so = "Ingenting å endre: det var slik fra før.",
    .follows_in_trello = "Kortet i Trello følger etter.",
    .snooze_means = "Til da blir ingen minnet om det; det telles fortsatt. For å lukke: `{0} done {1}`",
    .needs_title =
        "Et tiltak trenger en tittel. Prøv `{0} add Sett opp lagringstid for Loki @kari due fredag`, eller bare `{0} "
        "add` for et skjema.",
    .title_too_long =
        "Tittelen er lengre enn Trello tar imot (16 384 tegn). Ingenting er endret. Kort den ned, og skriv resten på "
        "kortet.",
    .needs_reason =
        "Det mangler en grunn, og uten den er ingenting endret. Prøv `{0} wontdo {1} GRUNN` eller `{0} snooze {1} "
        "fredag GRUNN`.",
    .closed_already = "Det er lukket fra før. Åpne det først: `{0} reopen {1}`",
    .open_already = "Det er åpent fra før. For å lukke det: `{0} done {1}`",
    .not_the_owner = "Bare eieren kan utsette det. Ta det først: `{0} owner {1} me`",
    .snooze_not_ahead = "Utsett det til en dag etter i dag: `{0} snooze {1} +1w GRUNN`",
    .snooze_too_long = "Høyst 4 uker frem, altså senest {2}: `{0} snooze {1} +4w GRUNN`",
    .no_such_day = "Den dagen finnes ikke. Prøv `{0} due {1} fredag` eller `{0} due {1} 2026-12-01`.",
    .has_card = "Det har et kort fra før, eller får et nå. For å se det: `{0} list all`",
    .no_board =
        "Teamet har ingen tavle i Trello. vakt tar vare på tiltaket og minner om det likevel. Den som drifter vakt, "
        "setter board og list_todo under [trello] i vakt.toml og prøver med `vakt check`; så: `{0} card {1}`",
    .some_item = "NUMMER",
    .unknown_number = "Det finnes ikke noe tiltak {1}. `{0} list all` viser dem som finnes.",
    .unknown_label = "Ingen tiltak har et kort som heter {1}. `{0} list all` viser dem som finnes.",
    .unknown_card = "Ingen tiltak har det kortet. For å følge det fra nå av: `{0} link {1}`",
    .ambiguous = "Flere heter det. Si hvilket med nummeret: `{0} done {1}`",
    .not_a_date = "«{0}» er ingen dato som vakt kjenner. Prøv {1}.",
    .ambiguous_date = "«{0}» kan være flere dager. Skriv {1}.",
    .no_day = "Dagen «{0}» finnes ikke. Mente du {1}?",
    .date_forms = "fredag, +2w, 1.12. eller 2026-12-01",
    .either = " eller ",
    .form_not_a_date = "Ingen dato som vakt kjenner. Prøv {0}",
    .form_ambiguous_date = "Det kan være flere dager. Skriv {0}",
    .form_no_day = "Den dagen finnes ikke. Mente du {0}?",
    .right_form = "Ingenting er endret. Slik: {0}",
    .person_unknown =
        "vakt kjenner ingen som heter @{1}, så ingenting er endret. Skriv @ og velg personen fra listen i Slack.",
    .team_unknown = "Det finnes ikke noe team {1}, så ingenting er endret. Teamene står under [[team]] i vakt.toml.",
    .team_not_configured =
        "Ingen [[team]] i vakt.toml heter {0}: oppgavene i denne hendelsen følger kanalen og kalenderen til {1}.",
    .card_reading = "Leser kortet …",
    .no_incident =
        "Ingen hendelse er åpen som det kan høre til. Skriv det i kanalen til en (`{1} list` viser dem som er åpne).",
    .card_not_found =
        "Trello har ikke noe kort på {1}. Kopier lenken fra selve kortet (*Del*, *Kopier lenke*), eller lag et nytt: "
        "`{0} add TITTEL`",
    .card_no_access =
        "vakts Trello-bruker får ikke se {1}. Inviter den brukeren til tavlen som kortet står på; så: `{0} link LENKE`",
    .card_no_card = "{1} er ingen lenke til et kort. En slik ser ut som https://trello.com/c/QIgNLSh1",
    .card_not_read =
        "Kortet {1} kunne ikke leses nå. Ingenting er knyttet sammen. En gang til om et minutt: `{0} link LENKE`",
    .trello_not_configured =
        "Trello er ikke satt opp her, så {1} kan ikke knyttes til noe. `{0} add TITTEL` tar vare på et tiltak uten "
        "kort. Den som drifter vakt, setter TRELLO_API_KEY og TRELLO_API_TOKEN.",
    .trello_token_refused =
        "Trello avviser nøkkelen eller tokenet til vakt, så {1} ble ikke knyttet til noe. Den som drifter vakt, setter "
        "et nytt og kjører `vakt check`; så: `{0} link LENKE`",
    .trello_rate_limited =
        "Trello ber vakt om å vente, så {1} er ikke knyttet til noe ennå. En gang til om et minutt: `{0} link LENKE`",
    .trello_unreachable =
        "Trello svarer ikke, så {1} ble ikke knyttet til noe. En gang til senere: `{0} link LENKE`; eller uten kort: "
        "`{0} add TITTEL`",
    .help =
        "*{0} add TITTEL [@eier] [due DATO]* med kort; *{0} add* alene åpner et skjema\n*{0} link LENKE [@eier] [due "
        "DATO]* følger et kort som finnes\n*{0} list [mine|overdue|all]*\n*{0} done NUMMER* · *{0} wontdo NUMMER "
        "GRUNN* · *{0} reopen NUMMER*\n*{0} owner NUMMER @bruker* · *{0} due NUMMER DATO* · *{0} snooze NUMMER DATO "
        "GRUNN*\n*{0} title NUMMER TEKST* · *{0} priority NUMMER sev2* · *{0} kind NUMMER "
        "prevent|mitigate|detect|process* · *{0} team NUMMER NAVN* · *{0} card NUMMER*\nDATO: fredag, +2w, 1.12. eller "
        "2026-12-01. NUMMER: 12, KM676 eller lenken til kortet.",
    .list_open = "Åpne tiltak: {0}",
    .list_mine = "Mine åpne tiltak: {0}",
    .list_overdue = "Tiltak over fristen: {0}",
    .list_all = "Alle tiltak: {0}",
    .list_incident = "Tiltak etter hendelse {0}: {1}",
    .empty_open = "Ingen tiltak er åpne. Bra jobbet. For å legge til et: `{0} add TITTEL`",
    .empty_mine = "Ingenting er ditt å gjøre. For å se alles: `{0} list`",
    .empty_overdue = "Ingenting er over fristen. Bra jobbet. For å se det som er åpent: `{0} list`",
    .empty_all = "Det finnes ingen tiltak ennå. For å legge til et: `{0} add TITTEL`",
    .empty_incident = "Ingen tiltak ennå. For å legge til et: `{0} add TITTEL`",
    .more = "{0} til. `{1} list mine` og `{1} list overdue` er kortere; `vakt actions` på serveren viser alle.",
    .home_heading = "Mine tiltak",
    .home_empty = "Ingenting er ditt å gjøre. `{0} list` viser det som er åpent.",
    .button_owner = "Eier",
    .button_due = "Frist",
    .button_reopen = "Åpne igjen",
    .button_unarchive = "Tilbake på tavlen",
    .button_card = "Lag et nytt kort",
    .button_list = "Vis alle",
    .button_add = "Legg til et",
    .button_none = "Det er ingen",
    .shortcut = "Lag et tiltak",
    .form_add = "Nytt tiltak",
    .form_owner = "Hvem eier det?",
    .form_due = "Når er fristen?",
    .form_snooze = "Utsett",
    .form_wontdo = "Gjøres ikke",
    .save = "Lagre",
    .cancel = "Avbryt",
    .label_title = "Hva som skal gjøres",
    .label_owner = "Eier",
    .label_due = "Frist",
    .label_kind = "Type",
    .label_priority = "Prioritet",
    .label_until = "Til",
    .label_reason = "Hvorfor senere",
    .label_why_not = "Hvorfor ikke",
    .hint_due = "fredag, +2w, 2026-12-01",
    .hint_until = "fredag, +2w; høyst 4 uker",
    .hint_reason = "venter på deler",
    .hint_why_not = "tjenesten blir byttet ut",
    .hint_kind = "Hva det er godt for",
    .hint_priority = "Som hendelsens",
    .owner_none = "For å la det stå uten eier: `{0} owner {1} none`",
    .due_none = "Tomt: ingen frist.",
    .snooze_note = "Ingen blir minnet om det før den dagen. Det telles fortsatt i kanalen.",
    .wontdo_note = "Det lukkes, og grunnen står i loggen.",
    .option_prevent = "Forebygger den neste",
    .option_mitigate = "Gjør den mindre alvorlig",
    .option_detect = "Lar oss se den tidligere",
    .option_process = "Bedrer måten vi jobber på",
    .trouble_token =
        ":warning: *Trello avviser nøkkelen eller tokenet til vakt.* Ingenting er tapt: tiltak, knapper og påminnelser "
        "virker som før her. Men kort blir verken lest eller oppdatert før et nytt token er satt; det som er endret "
        "imens, skrives etterpå.\nÅ gjøre, for den som drifter vakt: lag et nytt token på "
        "<https://trello.com/power-ups/admin>, sett TRELLO_API_KEY og TRELLO_API_TOKEN, start vakt på nytt, og kjør "
        "`vakt check`.",
    .trouble_unreachable =
        ":warning: *Trello har ikke svart på en stund.* Ingenting er tapt: tiltak, knapper og påminnelser virker som "
        "før her, og sier hvor gammelt det er som de vet. vakt prøver videre og skriver det som venter. For å se "
        "etter: <https://trello.status.atlassian.com>, eller `vakt check` på serveren.",
    .trouble_rate_limited =
        ":warning: *Trello ber vakt om å gå saktere.* Ingenting er tapt: kort blir lest og oppdatert senere. Bruker "
        "noe annet det samme tokenet? Gi da vakt sitt eget.",
    .trouble_not_configured =
        ":warning: *Trello er ikke satt opp her.* vakt tar vare på tiltak og minner om dem likevel. Den som drifter "
        "vakt, setter TRELLO_API_KEY og TRELLO_API_TOKEN, og kjører `vakt check`.",
    .trouble_over = ":white_check_mark: Trello svarer igjen. Det som ventet, skrives nå; ingen trenger å gjøre noe.",
    .items_missing = "Løst uten noe tiltak. Er det virkelig ingen? Senere: `{0} add TITTEL` i denne kanalen.",
    .none_noted = "Ført inn i loggen: denne hendelsen trenger ingen tiltak.",
    .none_entry = "Ingen tiltak trengs",
    .card_title = "Hele tittelen: {0}",
    .card_incident = "Fra hendelse nr. {0}: {1}",
    .card_typed = "Skrevet ned av vakt.",
    .card_owner = "Eier: {0}",
    .card_kind = "Type: {0}",
    .card_priority = "Prioritet: {0}",
};

}  // namespace vakt
