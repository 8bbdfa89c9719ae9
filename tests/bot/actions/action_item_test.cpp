#include "bot/actions/action_item.hpp"

#include <gmock/gmock.h>

#include "bot/actions/action_settings.hpp"
#include "bot/actions/folded.hpp"
#include "bot/actions/happened.hpp"

namespace vakt::action {
namespace {

TEST(ActionItem, EveryNameReadsBackAsItself) {
  for (int i = 0; i <= static_cast<int>(State::broken_link); ++i)
    EXPECT_EQ(state_from(name(static_cast<State>(i))), static_cast<State>(i));
  for (int i = 0; i <= static_cast<int>(Kind::process); ++i)
    EXPECT_EQ(kind_from(name(static_cast<Kind>(i))), static_cast<Kind>(i));
  for (int i = 0; i <= static_cast<int>(What::label_left_out); ++i)
    EXPECT_EQ(what_from(name(static_cast<What>(i))), static_cast<What>(i));
  EXPECT_EQ(name(State::archived_undone), "archived_undone");
  EXPECT_EQ(priority_name(Severity::sev3), "sev3");
  EXPECT_FALSE(state_from("closed"));
  EXPECT_FALSE(kind_from("x"));
  EXPECT_FALSE(what_from(""));
}

TEST(ActionItem, DoneAndWontDoAloneAreClosed) {
  for (int i = 0; i <= static_cast<int>(State::broken_link); ++i) {
    const auto state = static_cast<State>(i);
    EXPECT_EQ(is_closed(state), state == State::done || state == State::wont_do);
    EXPECT_FALSE(is_closed(state) && needs_decision(state));
  }
}

TEST(ActionItem, CaseDoesNotMatterInNorwegianEither) {
  EXPECT_EQ(folded("LØRDAG Å Æ x"), "lørdag å æ x");
  EXPECT_EQ(folded("\xC3"), "\xC3");
}

TEST(ActionSettings, ATeamIsKnownByItsNameAndTheFirstServesWhereNoneIs) {
  Settings settings;
  ASSERT_EQ(settings.teams.size(), 1U);
  settings.teams = {{.name = "Drift"}, {.name = "Økonomi"}};
  EXPECT_EQ(team_named(settings, "økonomi").name, "Økonomi");
  EXPECT_EQ(team_named(settings, "unknown").name, "Drift");
  EXPECT_EQ(team_named(settings, "").name, "Drift");
}

TEST(ActionSettings, MembersBothWays) {
  const Settings settings{.members = {{"U1", "kari"}}};
  EXPECT_EQ(member_of(settings, "U1"), "kari");
  EXPECT_EQ(member_of(settings, "U2"), "");
  EXPECT_EQ(user_of(settings, "kari"), "U1");
  EXPECT_EQ(user_of(settings, ""), "");
}

}  // namespace
}  // namespace vakt::action
