#include "bot/texts/texts.hpp"

namespace vakt {

extern const Texts bokmaal;
const Texts bokmaal{
    .severity_unset = "alvorlighet ikke satt",
    .phase_investigating = "undersøkes",
    .phase_identified = "årsak funnet",
    .phase_monitoring = "følges med på",
    .status_resolved = "løst",
    .status_cancelled = "avlyst",
    .drill = "ØVELSE",
    .lead = "leder",
    .nobody = "ingen ennå",
    .downtime_start = "NEDETID START",
    .event_start = "HENDELSE START",
    .problem_fixed = "PROBLEM RETTET",
    .downtime_end = "NEDETID SLUTT",
    .event_end = "HENDELSE SLUTT",
    .headline_lead = "*Leder:* {0}",
    .headline_declared = "Meldt {0} av {1}",
    .headline_resolved = "Over siden {0}",
    .announcement = "*{0}* · {1} · {2} · leder {3}\n{4}",
    .announcement_over = "*{0}* · {1} · {2}\n{3}",
    .topic_lead = "leder {0}",
    .give_update = "Send oppdatering",
    .change_severity = "Alvorlighet",
    .change_status = "Status",
    .take_lead = "Jeg leder",
    .add_note = "Notat",
    .set_marker = "Merk et tidspunkt",
    .fill_field = "Sammendrag, årsak …",
    .resolve = "Løst",
    .reopen = "Gjenåpne",
    .cancel = "Avlys hendelsen",
    .show_timeline = "Tidslinje",
    .join = "Bli med",
    .declare_anyway = "Meld en ny",
    .snooze = "Minn meg på det senere",
    .stop_reminders = "Ikke minn mer",
    .declare_incident = "Meld hendelse",
    .all_actions = "Alle valg",
    .declare_title = "Meld hendelse",
    .title_label = "Hva er galt?",
    .severity_label = "Alvorlighet",
    .description_label = "Hva vet du?",
    .update_label = "Hva er nytt?",
    .note_label = "Notat",
    .time_label = "Når (tomt: nå)",
    .time_hint = "09:20, ~12:30 eller -10m",
    .field_label = "Felt",
    .text_label = "Tekst",
    .resolve_label = "Hva løste det?",
    .reason_label = "Hvorfor?",
    .incident_label = "Hendelse",
    .add_to_timeline = "Legg på tidslinjen",
    .send = "Send",
    .close = "Lukk",
    .opening = "Åpner hendelse {0}: {1}. Kanalen kommer straks.",
    .opened = "Hendelse {0} har fått sin kanal: <#{1}>",
    .opened_here = "Hendelse {0} er åpen i denne kanalen. Alt som sies her fra nå av, blir tatt vare på.",
    .same_incident = "Det er allerede hendelse {0}, som du nettopp meldte: {1}",
    .recent_offer = "Hendelse {0}, *{1}*, ble meldt for {2} minutter siden. Er din den samme?",
    .recent_offer_form = "Hendelse {0}, {1}, ble meldt for {2} minutter siden. Send igjen om din er en annen.",
    .offer_gone =
        "Det er allerede svart på, eller er mer enn et døgn gammelt. `{0} declare TITTEL` melder en hendelse.",
    .message_gone = "Det tok for lang tid. Bruk «Add to timeline» på meldingen en gang til.",
    .channel_busy = "Denne kanalen brukes nå av hendelse {0}. Løs den først (`{2} {0} resolve`), og gjenåpne så {1}.",
    .joined = "Du er med: {0}",
    .noted = "Notert {0}: {1}",
    .marked = "{0} er {1}.",
    .marker_cleared = "{0} er fjernet.",
    .severity_set = "Alvorligheten er {0}.",
    .status_set = "Status er {0}.",
    .role_set = "{0}: {1}.",
    .field_set = "Tatt vare på under {0}.",
    .team_set = "Hendelse {0} hører til team {1}.",
    .update_posted = "*Oppdatering* fra {0}: {1}",
    .resolved =
        ":white_check_mark: *Løst* av {0} etter {1}. {2}\nOpptaket fortsetter. `{3} reopen` om det kommer tilbake.",
    .reopened = "*Gjenåpnet* av {0}. {1}",
    .cancelled = "*Avlyst* av {0}: {1}",
    .already_resolved = "Hendelse {0} er allerede {1}. `{2} reopen` åpner den igjen.",
    .already_open = "Hendelse {0} er allerede åpen.",
    .added_to_timeline = "På tidslinjen til hendelse {0}.",
    .no_open = "Ingen åpne hendelser. `{0} declare TITTEL` melder en.",
    .open_heading = "Åpne hendelser",
    .who_heading = "Hendelse {0}",
    .timeline_empty = "Ingenting på tidslinjen ennå. Fest en melding, reager med :{0}:, eller skriv `{1} note TEKST`.",
    .no_incident_here =
        "Denne kanalen har ingen hendelse. Nevn en, som i `{0} 12 {1}`, eller se de åpne med `{0} list`.",
    .no_such_incident = "Hendelse {0} finnes ikke. `{1} list` viser de åpne.",
    .not_bound_yet = "Hendelse {0} har ingen kanal ennå. Prøv igjen om et øyeblikk.",
    .snoozed = "Påminnelsen er utsatt.",
    .stopped = "Ingen flere påminnelser for denne hendelsen.",
    .title_missing = "Si med få ord hva som er galt.",
    .time_wrong = "Ikke et tidspunkt: skriv 09:20, ~12:30 eller -10m.",
    .number_needed = "Velg en hendelse.",
    .fell_back_here = "Slack lot meg ikke opprette en kanal ({0}), så hendelse {1} er åpen i denne.",
    .create_impossible =
        "Hendelse {0} har ingen kanal: Slack nektet ({1}), og denne kanalen har alt en hendelse. Skriv `{2} declare "
        "here TITTEL` i en annen kanal.",
    .announced_here = "Kunngjort her fordi jeg ikke kunne skrive i {0} ({1}).",
    .why_forbidden = "en innstilling i arbeidsområdet nekter apper det; en administrator kan tillate det",
    .why_no_channel = "ingen slik kanal, eller en privat: inviter vakt til den",
    .why_not_member = "vakt er ikke med der: inviter den",
    .why_archived = "kanalen er arkivert",
    .why_no_scope = "appen mangler en tillatelse, som `vakt check` nevner",
    .why_unreachable = "Slack kunne ikke nås, eller feilet",
    .expired_modal = "Slack ventet for lenge på skjemaet. Trykk igjen, eller skriv `{0} help`.",
    .unknown_command = "Jeg kjenner ikke «{0}». Mente du `{1} {2}`?",
    .needs_text = "Noe mangler: `{0} {1}`",
    .bad_value = "«{0}» passer ikke. Formen er `{1} {2}`",
    .not_recorded =
        "IKKE LAGRET: vakt får ikke skrevet til databasen nå. Si det igjen om litt; den som drifter vakt, bør se i "
        "loggen.",
    .help =
        "*Meld:* `{0} declare [sev1..sev4] TITTEL` (eller bare `{0}` for et skjema), `{0} declare here TITTEL`, `{0} "
        "test TITTEL` for en øvelse\n"
        "*Mens det står på:* `{0} update TEKST`, `{0} severity sev2`, `{0} status identified`, `{0} lead @bruker`, "
        "`{0} note [09:20] TEKST` (2015 alene regnes som et årstall: skriv 20:15), "
        "`{0} mark down|up|fixed [TID]`\n"
        "*Hva det var:* `{0} summary|impact|cause|solution|detection|well|wrong|learned|mitigation TEKST`, `{0} link "
        "URL`\n"
        "*Over:* `{0} resolve [TEKST]`, `{0} reopen`, `{0} cancel GRUNN`\n"
        "*Se:* `{0} list`, `{0} who`, `{0} timeline`. Fra en annen kanal: `{0} 12 update TEKST`. I hendelsens kanal "
        "viser `{0}` alene alt dette som knapper.",
    .entry_declared = "Hendelse meldt: {0}",
    .entry_joined = "kom inn i kanalen",
    .entry_left = "forlot kanalen",
    .entry_severity = "Alvorlighet {0}",
    .entry_status = "Status {0}",
    .entry_role = "{0}: {1}",
    .entry_resolved = "Løst",
    .entry_reopened = "Gjenåpnet",
    .entry_cancelled = "Avlyst: {0}",
    .entry_team = "Team {0}",
    .entry_taken_over = "Hendelse {0} overtok denne kanalen: det som sies fra nå av, står i den.",
    .gap =
        "vakt var ikke tilkoblet fra {0} til {1}. Meldinger fra den tiden hentes; kommandoer, reaksjoner og slettinger "
        "kom ikke fram.",
    .gap_told =
        "Jeg var borte fra {0} til {1}. Meldingene hentes, men kommandoer og knappetrykk fra de minuttene nådde meg "
        "ikke: gjenta dem, er du snill.",
    .gap_unfetched = "Meldinger kunne ikke hentes ({0}): det som ble sagt mens vakt var borte, kan mangle.",
    .reminder = "Ingen oppdatering på {0} minutter. Hvordan går det?",
    .home_heading = "Åpne hendelser",
    .home_empty = "Alt er rolig. Meld en hendelse med knappen, eller med `{0} declare TITTEL`.",
};

}  // namespace vakt
