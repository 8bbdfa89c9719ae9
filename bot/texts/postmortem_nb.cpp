#include "bot/texts/postmortem_texts.hpp"

namespace vakt {

extern const PostmortemTexts postmortems_in_bokmal;
const PostmortemTexts postmortems_in_bokmal{
    .button = "Postmortem",
    .form_title = "Postmortem",
    .form_submit = "Skriv den",
    .form_intro =
        "Tidene, flaggene, tiltakene og det som ble sagt, hentes fra loggen. Resten vet bare folk. La det stå tomt som "
        "ingen vet ennå: dokumentet sier hva det mangler.",
    .ask_summary = "Sammendrag: hva skjedde, i en setning eller to?",
    .ask_impact = "Konsekvens: hvem merket det, og hva kostet det dem?",
    .ask_cause = "Rotårsaker: hva førte til det?",
    .ask_solution = "Løsning: hva rettet det opp?",
    .ask_detection = "Påvisning: hvordan ble det oppdaget?",
    .ask_well = "Hva gikk bra?",
    .ask_wrong = "Hva gikk dårlig?",
    .ask_learned = "Hva lærte vi?",
    .ask_mitigation = "Tiltak: hva ville hindre at det skjer igjen?",
    .ask_affected = "Rammet: hvem, og hvor mange?",
    .form_gone = "Dette skjemaet hører til en hendelse som vakt ikke lenger har. Ingenting ble tatt vare på.",
    .writing = "Skriver postmortem for hendelse {0}. Den kommer i kanalen om et øyeblikk.",
    .outstanding = "Postmortemer som ikke er publisert: {0} ({1})",
    .outstanding_one = "hendelse {0} i {1}",
    .home_heading = "Dine postmortemer",
    .home_line = "*{0} {1}*: ikke publisert, {2} etter at den var over",
    .home_line_due = "*{0} {1}*: ikke publisert, {2} etter at den var over; frist {3}",
    .uploaded = "Postmortem for hendelse {0}, skrevet fra loggen (mal {1}).",
    .still_open = "Hendelsen er fortsatt åpen: skriv den på nytt når den er over.",
    .drill = "Det var en øvelse.",
    .complete = "Ingen deler er tomme.",
    .incomplete = "{0} av {1} deler er tomme: {2}.",
    .fill_in = "`{0} {1}` spør etter det som mangler og skriver den på nytt.",
    .fill_by_hand = "`{2} add TITTEL` legger til et tiltak; `{0} {1}` skriver den deretter på nytt.",
    .file_title = "Postmortem {0}: {1}",
    .not_uploaded =
        "Postmortem for hendelse {1} er ikke i kanalen: {0}. Loggen har alt. Skriv `{3}` for å prøve igjen, eller kjør "
        "`vakt export {1} --template {2}` der vakt kjører.",
    .why_no_uploads = "en innstilling i arbeidsområdet forbyr slike filer; en administrator kan tillate dem",
    .why_too_large = "arbeidsområdet tar ikke imot så store filer",
    .why_storage_full = "arbeidsområdets plass til filer er full",
    .why_no_record = "loggen kunne ikke leses",
    .wanted = "{0} sørger for at postmortem blir publisert innen {1}.",
    .wanted_undated = "{0} sørger for at postmortem blir publisert.",
    .owner_set = "{1} har nå ansvaret for postmortem for hendelse {0}.",
    .due_set = "Postmortem for hendelse {0} har frist {1}.",
    .published = "{0} publiserte postmortem: {1}",
    .published_line = "Les postmortem: {0}",
    .bookmark = "Les postmortem",
    .reminder =
        "Postmortem for hendelse {0}, *{1}*, hadde frist {2} og er ikke publisert ennå. {3}\nKnappen skriver et utkast "
        "fra loggen.",
    .how_to_publish = "Når den ligger der teamet har dem: `{0} postmortem publish URL`.",
    .nothing_to_remind = "Hendelse {0} var en øvelse: ingen blir minnet om postmortem.",
    .field_not_shown =
        "Malen {0} for postmortem har ingen plass til det, så det står bare i loggen. `{{{1}}}` i malen ville vist det "
        "der også.",
    .edit_entry = "Rediger en linje …",
    .edit_title = "Rediger for dokument",
    .text_label = "Ordlyd",
    .time_label = "Når",
    .time_hint = "09:20, ~12:30 eller 2026-11-21 09:20",
    .shown_label = "I dokumenter",
    .shown = "Med",
    .left_out = "Utelatt",
    .as_recorded = "Som logget, og beholdt slik: {0}  {1}",
    .entry_kept = "I dokumenter: {0}  {1}",
    .entry_left_out = "Utelatt fra dokumenter. Loggen beholder den.",
    .entry_gone = "Den linjen ble slettet, så det er ikke noe å redigere.",
    .time_to_come = "Det tidspunktet har ikke vært ennå.",
    .earlier_entries = "{0} tidligere linjer vises ikke her; `vakt export {1}` har alle.",
    .entry_uploaded = "Postmortem skrevet (mal {0})",
    .entry_published = "Postmortem publisert: {0}",
};

}  // namespace vakt
