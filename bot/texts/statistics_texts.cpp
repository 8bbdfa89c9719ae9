#include "bot/texts/statistics_texts.hpp"

namespace vakt {

namespace {

constexpr StatisticsTexts english{
    .incidents = "Incidents: {0}, of them open: {1}. Drills and cancelled ones are left out.",
    .none = "No incidents yet. Drills and cancelled ones are left out.",
    .month = "Month",
    .severity = "Severity",
    .count = "Incidents",
    .detect = "Detect",
    .react = "React",
    .fix = "Fix",
    .downtime = "Downtime",
    .columns = "Medians; in brackets of how many incidents the markers tell it, where not of all.",
    .items = "Open action items: {0} ({1} up to a week old, {2} up to four weeks, {3} up to three months, {4} older).",
    .no_items = "No open action items.",
    .outstanding = "Post-mortems not published yet: {0}, of incident {1}.",
    .due = "{0} (due {1})",
    .heading = "*{0}*: incidents: {1}.",
    .quiet = "*{0}*: no incidents.",
    .spread = "{0}: {1} in the middle, {2} at most (known of {3}).",
};

constexpr StatisticsTexts norwegian{
    .incidents = "Hendelser: {0}, av dem åpne: {1}. Øvelser og avlyste er ikke talt med.",
    .none = "Ingen hendelser ennå. Øvelser og avlyste er ikke talt med.",
    .month = "Måned",
    .severity = "Alvor",
    .count = "Hendelser",
    .detect = "Oppdage",
    .react = "Reagere",
    .fix = "Rette",
    .downtime = "Nedetid",
    .columns = "Medianer; i parentes for hvor mange hendelser markørene forteller det, der det ikke er alle.",
    .items = "Åpne tiltak: {0} ({1} opptil en uke gamle, {2} opptil fire uker, {3} opptil tre måneder, {4} eldre).",
    .no_items = "Ingen åpne tiltak.",
    .outstanding = "Upubliserte postmortem: {0}, for hendelse {1}.",
    .due = "{0} (frist {1})",
    .heading = "*{0}*: hendelser: {1}.",
    .quiet = "*{0}*: ingen hendelser.",
    .spread = "{0}: {1} i midten, {2} på det meste (kjent for {3}).",
};

}  // namespace

const StatisticsTexts& statistics_texts(Language language) { return language == Language::nb ? norwegian : english; }

}  // namespace vakt
