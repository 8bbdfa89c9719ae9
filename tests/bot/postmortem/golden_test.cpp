// The three documents that teams wrote by hand, written from records: headings, timelines, links.
#include <fstream>
#include <sstream>

#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> lines_that(const std::string& text, const std::function<bool(const std::string&)>& wanted) {
  std::vector<std::string> found;
  std::istringstream in(text);
  bool comment = false;
  for (std::string line; std::getline(in, line);) {
    while (line.ends_with(' ')) line.pop_back();
    comment = comment || line.starts_with("<!--");
    if (!comment && wanted(line)) found.push_back(line);
    if (line.find("-->") != std::string::npos) comment = false;
  }
  return found;
}

std::vector<std::string> headings(const std::string& text) {
  return lines_that(text, [](const std::string& line) { return line.starts_with("#") || line.starts_with("**"); });
}

TEST(Golden, OsloOfTheTwentiethOfApril) {
  Written w;
  w.note("2022-04-20 11:28", "Team Barnehagepris was made aware of the problem");
  w.note("2022-04-20 11:38",
         "Team Barnehagepris <https://oslokommune.slack.com/archives/CV9EGL9UG/p1650447510612329|reached out> to Team "
         "Kjøremiljø about the problem");
  w.note("2022-04-20 11:56", "Team Kjøremiljø initiated support by suggesting different possible solutions");
  w.mark(Marker::problem_fixed, "2022-04-20 19:33");
  w.note("2022-04-20 19:33", "processing resumes.");
  w.field("link", "<https://oslokommune.slack.com/archives/CV9EGL9UG/p1650447510612329|Thread in #kjøremiljø-support>");
  w.field("link",
          "https://oslokommune.slack.com/archives/C02CLDZDD0A/p1650446906306059 Start of event in #team-barnehagepris");
  w.field("well", "Great cooperation between Team Barnehagepris and Team Kjøremiljø");
  w.field("well", "Impressive will to learn, execute and a commendable attitude in Team Barnehagepris");
  w.field("solution",
          "The following steps were done as a temporary solution\n\n- Created a bigger volume for logs (from 10GB to "
          "50GB) and migrated old logs to the new volume\n- Configured log retention to suit needs\n\nAs a more "
          "permanent fix, we'll use S3 and DynamoDB as a persistence layer for Loki as described in "
          "<https://trello.com/c/QIgNLSh1|KM676>");
  action::Item item{.id = 1, .title = "Use S3 and DynamoDB"};
  item.card = action::CardRef{.short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
  item.label = "KM676";
  w.record.items = {item};
  const auto document = w.through("oslo");
  ASSERT_TRUE(document) << document.error().text;
  EXPECT_EQ(document->file_name, "0005-loki-pvc-full.md");
  const auto& text = document->markdown;
  EXPECT_THAT(headings(text), ElementsAre("## Summary", "## Timeline", "## Impact", "## Cause(s)", "## Solution",
                                          "## What went well", "## What went wrong", "## Mitigations",
                                          "## Action items", "## Supporting information and documentation"));
  EXPECT_THAT(text, HasSubstr(R"(
| Timeline 20.04.22 | Event                                                                                                                                     |
|-------------------|-------------------------------------------------------------------------------------------------------------------------------------------|
| 11:28             | Team Barnehagepris was made aware of the problem                                                                                          |
| 11:38             | Team Barnehagepris [reached out](https://oslokommune.slack.com/archives/CV9EGL9UG/p1650447510612329) to Team Kjøremiljø about the problem |
| 11:56             | Team Kjøremiljø initiated support by suggesting different possible solutions                                                              |
| 19:33             | PROBLEM FIXED - processing resumes.                                                                                                       |
)"));
  EXPECT_THAT(text, HasSubstr("\n- Great cooperation between Team Barnehagepris and Team Kjøremiljø\n- Impressive will "
                              "to learn, execute and a commendable attitude in Team Barnehagepris\n"));
  EXPECT_THAT(text, HasSubstr("-->\nThe following steps were done as a temporary solution\n\n- Created a bigger volume "
                              "for logs (from 10GB to 50GB) and migrated old logs to the new volume\n- Configured log "
                              "retention to suit needs\n\nAs a more permanent fix, we'll use S3 and DynamoDB as a "
                              "persistence layer for Loki as described in [KM676](https://trello.com/c/QIgNLSh1)\n"));
  EXPECT_THAT(lines_that(text, [](const std::string& line) { return line.starts_with("["); }),
              ElementsAre("[FILL_IN]", "[FILL_IN]", "[FILL_IN]", "[FILL_IN]", "[FILL_IN]",
                          "[KM676](https://trello.com/c/QIgNLSh1) - Use S3 and DynamoDB",
                          "[Thread in #kjøremiljø-support](https://oslokommune.slack.com/archives/CV9EGL9UG/"
                          "p1650447510612329)",
                          "[Start of event in #team-barnehagepris](https://oslokommune.slack.com/archives/C02CLDZDD0A/"
                          "p1650446906306059)"));
  EXPECT_EQ(document->sections, 10U);
  EXPECT_THAT(document->empty, ElementsAre("Summary", "Impact", "Cause(s)", "What went wrong", "Mitigations"));
}

// The example in the comments of Oslo's template, which every document of theirs carries.
TEST(Golden, OsloOfNewYearsEve) {
  Written w;
  w.note("2019-12-30 23:30", "A proactive message got sendt out to all the citizens of Oslo");
  w.note("2019-12-31 08:23",
         "Oslonøkkelen had been downloaded 30.000 times, distributed evenly across iOS and Android, during the past 3 "
         "hours");
  w.mark(Marker::downtime_start, "2019-12-31 09:09");
  w.note("2019-12-31 09:09", "backend fails due to the increased load");
  w.note("2019-12-31 09:14", "Received Slack notifications due to an increase in 500 status codes in the backend");
  w.note("2019-12-31 09:16", "Initiated an investigation into the issue");
  w.mark(Marker::event_start, "2019-12-31 09:18");
  w.note("2019-12-31 09:18",
         "Team creates the Slack channel #citykey-incident-backend to better cooperate on the issue");
  w.note("2019-12-31 09:20", "Manually scaling up the number of backend instances");
  w.note("2019-12-31 09:24",
         "Found the error. The backend fails when it tries to read an item in the database that doesn't exist. Only "
         "happens upon a users first login");
  w.note("2019-12-31 09:28",
         "Pull request with a fix created: <http://github.com/oslokommune/something/something/pr/298>");
  w.note("2019-12-31 09:34", "Pull request 298 merged and deployed to production");
  w.mark(Marker::problem_fixed, "2019-12-31 09:39");
  w.note("2019-12-31 09:39", "Amount of 500 status code requests are decreasing");
  w.mark(Marker::downtime_end, "2019-12-31 09:40");
  w.note("2019-12-31 09:40", "Amount of 500 status codes are down to zero");
  w.mark(Marker::event_end, "2019-12-31 10:10");
  w.note("2019-12-31 10:10", "Reaches criteria of 30 minutes with normal activity");
  const auto text = w.markdown("oslo");
  const auto in_rows = [](const std::string& line) { return line.starts_with("    ") || line.starts_with("2019-"); };
  EXPECT_THAT(
      lines_that(text, in_rows),
      ElementsAre("2019-12-30", "    23:30 A proactive message got sendt out to all the citizens of Oslo", "2019-12-31",
                  "    08:23 Oslonøkkelen had been downloaded 30.000 times, distributed evenly across iOS and Android, "
                  "during the past 3 hours",
                  "    09:09 DOWNTIME START - backend fails due to the increased load",
                  "    09:14 Received Slack notifications due to an increase in 500 status codes in the backend",
                  "    09:16 Initiated an investigation into the issue",
                  "    09:18 EVENT START - Team creates the Slack channel #citykey-incident-backend to better "
                  "cooperate on the issue",
                  "    09:20 Manually scaling up the number of backend instances",
                  "    09:24 Found the error. The backend fails when it tries to read an item in the database that "
                  "doesn't exist. Only happens upon a users first login",
                  "    09:28 Pull request with a fix created: http://github.com/oslokommune/something/something/pr/298",
                  "    09:34 Pull request 298 merged and deployed to production",
                  "    09:39 PROBLEM FIXED - Amount of 500 status code requests are decreasing",
                  "    09:40 DOWNTIME END - Amount of 500 status codes are down to zero",
                  "    10:10 EVENT END - Reaches criteria of 30 minutes with normal activity"));
  EXPECT_THAT(text, HasSubstr("[Pull request oslokommune/something/something#298]"
                              "(http://github.com/oslokommune/something/something/pr/298)"));
  EXPECT_THAT(text, HasSubstr("- Time to detect: 9 min (from DOWNTIME START 2019-12-31 09:09 to EVENT START 2019-12-31 "
                              "09:18)\n- Time to react: 2 min (from EVENT START 2019-12-31 09:18 to “Manually scaling "
                              "up the number of backend "
                              "instances” 2019-12-31 09:20)\n"
                              "- Time to fix: 21 min (from EVENT START 2019-12-31 09:18 to PROBLEM FIXED 2019-12-31 "
                              "09:39)\n- Downtime: 31 min (from DOWNTIME START 2019-12-31 09:09 to DOWNTIME END "
                              "2019-12-31 09:40)\n"));
}

Written nav() {
  Written w;
  w.record.incident.number = 3;
  w.record.incident.title = "Ny søknadsdialog for Dagpenger ble lansert for tidlig";
  w.record.incident.status = Status::resolved;
  w.record.incident.roles = {{"lead", "U2"}};
  w.record.names["U2"] = "geir.andre.lund";
  w.note("2022-10-27 12:30", "inngangsapplikasjon som benyttet feature toggle ble produksjonssatt").approximate = true;
  auto& change = w.killed("dagpenger.soknadsdialog", oslo("2022-10-27 12:53:34"), oslo("2022-10-27 13:01:21"));
  change.state_before.strategies = {{.name = "byCluster", .parameters = {{"cluster", "dev-gcp"}}}, {.name = "default"}};
  w.note("2022-10-27 13:00", "Oppdaget aktive logger og påstarte søknader i produksjon").approximate = true;
  w.record.incident.markers[1] = MarkerTime{oslo("2022-10-27 13:00"), true};
  w.note("2022-10-27 13:05", "-&gt; Oversikt over hvem som som har kommet seg inn i ny søknadssdialog.");
  w.note("2022-10-27 14:00", "-&gt; Liste med hvem (7 stk) som er berørte oversendt til NAY for videre oppfølgning");
  w.field("impact", "Det ble sendt inn 7 søknader innsendt som må følges opp av NAV arbeid og ytelser (NAY).");
  w.field("cause", "Vi benytter <https://unleash.nais.io/|Unleash> som verktøy for feature toggling.");
  w.field("solution", "Skrudde av feature togglen");
  w.field("detection", "Så trafikk i produksjon (logger)");
  w.field("wrong",
          "- Funksjonalitet som manglet;\n  - beskrivelse og informasjonstekster\n  - spesielt rundt "
          "beskrivelse av felter i PDF'er ikke var klare.");
  w.settings.flags.rules.strategies = {{"byCluster", "cluster"}};
  return w;
}

TEST(Golden, NavOfTheTwentySeventhOfOctober) {
  const auto document = nav().through("nav");
  ASSERT_TRUE(document) << document.error().text;
  EXPECT_EQ(document->file_name, "postmortem-003.md");
  const auto& text = document->markdown;
  EXPECT_TRUE(
      text.starts_with("---\nlayout: page\ntitle: \"Ny søknadsdialog for Dagpenger ble lansert for tidlig\"\n"
                       "parent: Postmortems\nnav_order: 3\nhas_children: false\n---\n\n"))
      << text;
  EXPECT_THAT(headings(text),
              ElementsAre("# Ny søknadsdialog for Dagpenger ble lansert for tidlig", "**Dato:**  27.10.2022",
                          "**Av:** @geir.andre.lund", "**Status:** Løst", "**Sammendrag:**", "**Konsekvens:**",
                          "**Rotårsaker:**", "**Løsning:**", "**Påvisning:**", "## Hva lærte vi?", "### Hva gikk bra",
                          "### Hva gikk dårlig", "## Tidslinje"));
  const auto from = text.find("## Tidslinje");
  // Ours name the flag and where: a record may hold several.
  EXPECT_THAT(
      lines_that(text.substr(from), [](const std::string& line) { return !line.starts_with("#"); }),
      ElementsAre("", "27.10.2022", "- ~ 12:30 inngangsapplikasjon som benyttet feature toggle ble produksjonssatt",
                  "- 12:53.34 Feature toggle `dagpenger.soknadsdialog` skrudd på i production",
                  "- ~ 13:00 Oppdaget aktive logger og påstarte søknader i produksjon",
                  "- 13:01.21 Feature toggle `dagpenger.soknadsdialog` skrudd av i production",
                  "- 13:05 -> Oversikt over hvem som som har kommet seg inn i ny søknadssdialog.",
                  "- 14:00 -> Liste med hvem (7 stk) som er berørte oversendt til NAY for videre oppfølgning"));
  EXPECT_THAT(text, HasSubstr("**Løsning:**\n\n- Skrudde av feature togglen\n\n"));
  EXPECT_THAT(text, HasSubstr("- Funksjonalitet som manglet;\n  - beskrivelse og informasjonstekster\n  - spesielt"));
  EXPECT_THAT(document->empty, ElementsAre("Sammendrag", "Hva lærte vi?", "Hva gikk bra"));
}

TEST(Golden, NavSaysHowLongItWasExposedAndWhatOpenedIt) {
  const auto text = nav().markdown("nav");
  EXPECT_THAT(text, HasSubstr("Vi benytter [Unleash](https://unleash.nais.io/) som verktøy for feature toggling.\n\n"
                              "Feature toggle `dagpenger.soknadsdialog` var eksponert i production i 7 min 47 s (fra "
                              "12:53:34 til 13:01:21); omtrent 6 og et halvt minutt av det gikk før det ble oppdaget. "
                              "Det som åpnet `dagpenger.soknadsdialog` i production: strategien `default` er knyttet "
                              "med ELLER til `byCluster`"));
}

}  // namespace
}  // namespace vakt::test
