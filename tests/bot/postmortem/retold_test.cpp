#include "bot/postmortem/retold.hpp"

#include "bot/actions/happened.hpp"
#include "bot/texts/flag_texts.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/action_view.hpp"
#include "bot/view/flag_view.hpp"
#include "tests/bot/postmortem/make.hpp"

namespace vakt::test {
namespace {

using postmortem::retold;
using testing::HasSubstr;
using testing::Not;

const std::string utc = "UTC";

Settings speaking(Language language) { return {.language = language, .timezone = "Europe/Oslo"}; }

// What the record of an English workspace and of a Norwegian one says is the same document in either language.
void expect_both_ways(EntryKind kind, const std::string& detail, const std::string& en, const std::string& nb) {
  const Entry in_english{.kind = kind, .detail = detail, .text = en},
      in_bokmal{.kind = kind, .detail = detail, .text = nb};
  EXPECT_EQ(retold(in_english, Language::nb), nb);
  EXPECT_EQ(retold(in_bokmal, Language::en), en);
  EXPECT_EQ(retold(in_english, Language::en), en);
  EXPECT_EQ(retold(in_bokmal, Language::nb), nb);
}

TEST(Retold, StatusKeepsWhatPeopleTyped) {
  expect_both_ways(EntryKind::status, "resolved", "Resolved", "Løst");
  expect_both_ways(EntryKind::status, "resolved", "Resolved: it is Resolved: yes", "Løst: it is Resolved: yes");
  expect_both_ways(EntryKind::status, "open", "Reopened: again", "Gjenåpnet: again");
  expect_both_ways(EntryKind::status, "cancelled", "Cancelled: false alarm", "Avlyst: false alarm");
  for (const auto phase : {Phase::investigating, Phase::identified, Phase::monitoring}) {
    const auto in = [&](Language language) {
      return fill(texts(language).entry_status, {shown(texts(language), phase)});
    };
    expect_both_ways(EntryKind::status, std::string{name(phase)}, in(Language::en), in(Language::nb));
  }
}

TEST(Retold, WhatPeopleTypedAndWhatVaktNoLongerSaysStays) {
  for (const auto kind : {EntryKind::note, EntryKind::message, EntryKind::update})
    EXPECT_EQ(retold({.kind = kind, .detail = "resolved", .text = "Resolved"}, Language::nb), "Resolved");
  EXPECT_EQ(retold({.kind = EntryKind::status, .detail = "resolved", .text = "Resolved it all"}, Language::nb),
            "Resolved it all");
  EXPECT_EQ(retold({.kind = EntryKind::action, .detail = "done", .text = "Item 1 was done"}, Language::nb),
            "Item 1 was done");
  EXPECT_EQ(retold({.kind = EntryKind::flag, .detail = "f", .text = "`g` in production: on, by kari"}, Language::nb),
            "`g` in production: on, by kari");
}

TEST(Retold, EveryThingThatHappensToAnActionItem) {
  action::Item item{.id = 12, .title = "Fix it: Done · due 4 May, “now”", .owner = "U1"};
  item.due = action::Date{std::chrono::year{2026} / 12 / 4};
  item.priority = Severity::sev2;
  item.snoozed = action::Snooze{.until = action::Date{std::chrono::year{2027} / 1 / 2}, .reason = "a reason"};
  action::Item bare{.id = 13, .title = "x"};
  const action::Date today{std::chrono::year{2026} / 11 / 22};
  const auto sides = [](action::What what) -> std::vector<std::pair<std::string, std::string>> {
    using enum action::What;
    switch (what) {
      case due:
      case snoozed:
        return {{"", "2026-12-01"}, {"2026-12-01", "2027-05-01"}, {"2026-12-01", ""}};
      case kind:
        return {{"", "prevent"}, {"process", "detect"}, {"mitigate", ""}};
      case priority:
        return {{"", "sev1"}, {"sev2", ""}};
      case card_refused:
        return {{"", ""}, {"", "as it was"}, {"other", "invalid value"}, {"list_unknown", "To do"}, {"no_access", ""}};
      default:
        return {{"", "after"}, {"before", "U2"}, {"U1", ""}};
    }
  };
  for (auto w = 0; w <= static_cast<int>(action::What::label_left_out); ++w)
    for (const auto& of : {item, bare})
      for (const auto& [before, after] : sides(static_cast<action::What>(w)))
        for (const auto* by : {"", "U3"}) {
          const auto what = static_cast<action::What>(w);
          const auto said = [&](Language language) {
            const auto settings = speaking(language);
            return view::item_entry({settings, utc, today}, of, {what, by, before, after});
          };
          SCOPED_TRACE(std::string{action::name(what)} + " " + before + " " + after);
          expect_both_ways(EntryKind::action, std::string{action::name(what)}, said(Language::en), said(Language::nb));
        }
  for (const auto state : {action::State::done, action::State::in_progress, action::State::deleted}) {
    bare.state = state;
    const auto said = [&](Language language) {
      const auto settings = speaking(language);
      return view::item_entry({settings, utc, today}, bare, {action::What::added, "", "", ""});
    };
    expect_both_ways(EntryKind::action, "added", said(Language::en), said(Language::nb));
  }
  const auto en = speaking(Language::en), nb = speaking(Language::nb);
  expect_both_ways(EntryKind::action, "none", view::no_items_entry({en, utc, today}),
                   view::no_items_entry({nb, utc, today}));
}

TEST(Retold, WhatCameOfAnOrderThatIsNotProven) {
  flag::Change change{.number = 1, .by = "U1"};
  change.wanted = {.name = "new.dialog", .environment = "production", .action = flag::Action::off};
  for (const auto standing :
       {flag::Standing::unknown, flag::Standing::stopped, flag::Standing::overruled, flag::Standing::failed})
    for (const auto* problem : {"", "The service said 500."})
      for (const auto* reason : {"", "it burns"})
        for (const auto* by : {"U1", "terminal:kari.n"}) {
          change.progress.standing = standing;
          change.progress.problem = problem;
          change.reason = reason;
          change.by = by;
          expect_both_ways(EntryKind::flag, "new.dialog", view::flag_change_line(speaking(Language::en), change),
                           view::flag_change_line(speaking(Language::nb), change));
        }
  expect_both_ways(EntryKind::flag, "f", "`f` in production: feature-updated, by kari",
                   "`f` i production: feature-updated, av kari");
}

// Every row of a document that vakt wrote, of a workspace in the other language.
Written incident_in(Language workspace) {
  Written w;
  w.settings.language = workspace;
  const auto& t = texts(workspace);
  const action::Date today{std::chrono::year{2022} / 4 / 20};
  action::Item item{.id = 1, .title = "Set a retention"};
  item.due = action::Date{std::chrono::year{2022} / 5 / 6};
  w.mark(Marker::downtime_start, "2022-04-20 11:00");
  w.mark(Marker::event_start, "2022-04-20 11:05");
  w.record.entries.back().text = t.event_start;
  w.killed("new.dialog", oslo("2022-04-20 11:00:10"), oslo("2022-04-20 11:10:30"));
  w.record.entries.back().text =
      workspace == Language::nb ? "`new.dialog` er AV i production." : "`new.dialog` is OFF.";
  w.add(oslo("2022-04-20 11:12"), EntryKind::status, fill(t.entry_status, {shown(t, Phase::monitoring)}), "monitoring");
  w.add(oslo("2022-04-20 11:15"), EntryKind::status, std::string{t.entry_resolved} + ": Rolled back", "resolved");
  w.add(oslo("2022-04-20 11:20"), EntryKind::action,
        view::item_entry({w.settings, utc, today}, item, {action::What::added, "U1", "", ""}), "added");
  w.note("2022-04-20 11:21", "Resolved: typed by a person");
  w.record.incident.status = Status::resolved;
  return w;
}

TEST(Retold, ADocumentIsTheSameWhateverTheWorkspaceSpeaks) {
  for (const auto* name : {"oslo", "nav"})
    EXPECT_EQ(incident_in(Language::en).markdown(name), incident_in(Language::nb).markdown(name));
  const auto nav = incident_in(Language::en).markdown("nav");
  EXPECT_THAT(nav, HasSubstr("\n- 11:00 NEDETID START\n"));
  EXPECT_THAT(nav, HasSubstr("\n- 11:10.30 Feature toggle `new.dialog` skrudd av i production\n"));
  EXPECT_THAT(nav, HasSubstr("\n- 11:15 Løst: Rolled back\n"));
  EXPECT_THAT(nav, HasSubstr("\n- 11:20 Tiltak #1 Set a retention · ingen eier · frist 6. mai: Lagt til\n"));
  EXPECT_THAT(nav, HasSubstr("\n- 11:21 Resolved: typed by a person\n"));
  EXPECT_THAT(nav, HasSubstr("**Status:** Løst\n"));
  const auto oslo = incident_in(Language::nb).markdown("oslo");
  EXPECT_THAT(oslo, HasSubstr("| Resolved: Rolled back "));
  EXPECT_THAT(oslo, HasSubstr("| Action item #1 Set a retention · no owner · due 6 May: Added "));
  EXPECT_THAT(oslo, HasSubstr("- Time to detect: 5 min (from DOWNTIME START 11:00 to EVENT START 11:05)"));
  for (const auto* norwegian : {"Løst", "Tiltak", "skrudd", "NEDETID", "HENDELSE"})
    EXPECT_THAT(oslo, Not(HasSubstr(norwegian)));
}

// A person's own wording stays, even where it reads like one of vakt's.
TEST(Retold, ACuratedWordingStays) {
  auto w = incident_in(Language::en);
  for (auto& entry : w.record.entries)
    if (entry.kind == EntryKind::status) entry.curated = Curation{.text = "Resolved"};
  EXPECT_THAT(w.markdown("nav"), HasSubstr("\n- 11:15 Resolved\n"));
}

TEST(Retold, APageSaysItsLanguage) {
  EXPECT_THAT(postmortem::html(*incident_in(Language::en).through("nav"), ""), HasSubstr("<html lang=\"nb\">"));
  EXPECT_THAT(postmortem::html(*incident_in(Language::nb).through("oslo"), ""), HasSubstr("<html lang=\"en\">"));
}

}  // namespace
}  // namespace vakt::test
