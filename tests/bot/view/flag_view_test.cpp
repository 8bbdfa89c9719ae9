#include "bot/view/flag_view.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <regex>

#include "bot/texts/mrkdwn.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt::view {
namespace {

using namespace std::chrono_literals;
using flag::Action;
using flag::Standing;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Instant asked{1'700'000'000s};
constexpr std::array standings{Standing::under_way, Standing::unknown,   Standing::proven,
                               Standing::stopped,   Standing::overruled, Standing::failed};

Settings in(Language language) { return {.language = language, .timezone = "Europe/Oslo"}; }
const Settings english = in(Language::en), norwegian = in(Language::nb);

flag::Change some(Standing standing, Action action = Action::off) {
  flag::Change change{.number = 7};
  change.snapshot = "{}";
  change.wanted = {.key = "k", .name = "checkout", .environment = "production", .action = action, .percent = 25};
  change.progress = {.standing = standing, .provider = "unleash", .by_hand = "curl -X POST https://unleash/off"};
  change.by = "U1";
  change.requested_at = asked;
  if (standing == Standing::proven) {
    change.progress.stored_at = asked + 6ms;
    change.progress.verified_at = asked + 14ms;
    change.progress.served_at = asked + 640ms;
  } else if (standing != Standing::under_way) {
    change.progress.problem = "the service answered 500";
  }
  return change;
}

std::string everything(const Message& message) {
  std::string all = message.text;
  for (const auto& block : message.blocks) {
    if (const auto* section = std::get_if<Section>(&block)) all += "\n" + section->text;
    if (const auto* context = std::get_if<Context>(&block)) all += "\n" + context->text;
    if (const auto* row = std::get_if<Actions>(&block))
      for (const auto& element : row->elements)
        if (const auto* button = std::get_if<Button>(&element)) all += "\n[" + button->label + "] " + button->confirm;
  }
  return all;
}

std::vector<Button> buttons(const Message& message) {
  std::vector<Button> found;
  for (const auto& block : message.blocks)
    if (const auto* row = std::get_if<Actions>(&block))
      for (const auto& element : row->elements)
        if (const auto* button = std::get_if<Button>(&element)) found.push_back(*button);
  return found;
}

std::vector<std::string> actions_of(const Message& message) {
  std::vector<std::string> found;
  for (const auto& button : buttons(message)) found.push_back(button.action);
  return found;
}

bool says_off(const std::string& text) { return std::regex_search(text, std::regex{"\\b(OFF|AV)\\b"}); }

TEST(FlagView, ProvenSaysOffAndWhen) {
  const auto text = everything(flag_change(english, some(Standing::proven)));
  EXPECT_THAT(text, AllOf(HasSubstr("`checkout` is *OFF* in production"), HasSubstr("<@U1>"),
                          HasSubstr("Stored after 6 ms, read back after 14 ms, served after 640 ms."),
                          HasSubstr("refresh interval")));
  EXPECT_TRUE(says_off(everything(flag_change(norwegian, some(Standing::proven)))));
}

TEST(FlagView, HowLongItWasExposedAndToWhom) {
  auto change = some(Standing::proven);
  change.before = flag::Seen{flag::Sees::everybody, 1, 1};
  change.exposed_since = asked - 467s;
  EXPECT_THAT(everything(flag_change(english, change)), HasSubstr("Exposed for 7 min 47 s to everyone."));
  EXPECT_THAT(flag_change_line(english, change), HasSubstr("7 min 47 s"));
  change.exposed_since.reset();
  EXPECT_THAT(everything(flag_change(english, change)), HasSubstr("Seen before by everyone."));
}

TEST(FlagView, WhatIsStillExposedElsewhereHasAButton) {
  auto change = some(Standing::proven);
  for (const auto* environment : {"development", "staging", "test", "q1", "q2", "q3", "q4"})
    change.elsewhere.push_back({environment, {flag::Sees::some, 0, 0.25}});
  const auto message = flag_change(english, change);
  EXPECT_THAT(everything(message), HasSubstr("Still exposed in development: up to 25 % of users."));
  const auto shown = buttons(message);
  EXPECT_LE(shown.size(), 5U);
  EXPECT_EQ(shown[0].action, action::flag_undo);
  EXPECT_EQ(read_target(shown[1].value).environment, "development");
}

TEST(FlagView, OtherServicesWithTheNameGetTheExactCommand) {
  auto change = some(Standing::proven);
  change.progress.also_at = {"flipper"};
  EXPECT_THAT(everything(flag_change(english, change)),
              HasSubstr("`/flag off checkout production --provider flipper`"));
}

TEST(FlagView, EachStandingHasWhatCanBeDoneNext) {
  EXPECT_THAT(actions_of(flag_change(english, some(Standing::proven))), ElementsAre("flag_undo"));
  EXPECT_THAT(actions_of(flag_change(english, some(Standing::unknown))), ElementsAre("flag_stop"));
  EXPECT_THAT(actions_of(flag_change(english, some(Standing::overruled))), ElementsAre("flag_off"));
  auto misspelled = some(Standing::failed);
  misspelled.progress.not_found = true;
  misspelled.progress.candidates = {"checkout2", "checkout3"};
  EXPECT_THAT(actions_of(flag_change(english, misspelled)), ElementsAre("flag_off", "flag_off"));
  EXPECT_THAT(everything(flag_change(english, misspelled)), AllOf(HasSubstr("`checkout2`"), Not(HasSubstr("curl"))));
}

TEST(FlagView, OffAtFlagdIsSaidToBeTheDefaultOfTheCodeAndNowhereElse) {
  Settings settings;
  settings.flags.providers = {{.name = "unleash", .kind = flag::ProviderKind::flagd}};
  EXPECT_THAT(everything(flag_change(settings, some(Standing::proven))), HasSubstr("default in their code"));
  EXPECT_THAT(everything(flag_change(settings, some(Standing::unknown))), Not(HasSubstr("default in their code")));
  settings.flags.providers[0].kind = flag::ProviderKind::unleash;
  EXPECT_THAT(everything(flag_change(settings, some(Standing::proven))), Not(HasSubstr("default in their code")));
}

TEST(FlagView, AnOrderThatWasSentAgainUnseenIsOwnedUpTo) {
  auto change = some(Standing::proven);
  change.progress.sent_again = true;
  EXPECT_THAT(everything(flag_change(english, change)), HasSubstr("that is undone too"));
}

TEST(FlagView, ATimedChangeThatIsStoppedIsSaidToStay) {
  auto change = some(Standing::stopped);
  EXPECT_THAT(everything(flag_change(english, change)), Not(HasSubstr("it stays")));
  change.restore_at = asked + 1800s;
  EXPECT_THAT(everything(flag_change(english, change)), HasSubstr("it stays"));
}

TEST(FlagView, WhatIsNotKnownComesWithTheProblemAndTheCommandByHand) {
  for (const auto standing : {Standing::unknown, Standing::stopped, Standing::failed}) {
    const auto text = everything(flag_change(english, some(standing)));
    EXPECT_THAT(text,
                AllOf(HasSubstr("the service answered 500"), HasSubstr("```curl -X POST https://unleash/off```")));
  }
  auto approval = some(Standing::failed);
  approval.progress.link = "https://unleash/projects/x/change-requests";
  EXPECT_THAT(everything(flag_change(english, approval)), HasSubstr(approval.progress.link));
}

TEST(FlagView, UndoIsOfferedOnlyWhereThereIsSomethingToPutBack) {
  auto change = some(Standing::proven);
  change.before = flag::Seen{flag::Sees::everybody, 1, 1};
  EXPECT_THAT(buttons(flag_change(english, change)).at(0).confirm, HasSubstr("everyone"));
  auto undone = change;
  undone.undone_by = 8;
  auto already = change;
  already.progress.was_so_already = true;
  auto unread = change;
  unread.snapshot.clear();
  for (const auto& none : {undone, already, unread, some(Standing::proven, Action::restore)})
    EXPECT_THAT(actions_of(flag_change(english, none)), Not(Contains("flag_undo")));
  EXPECT_THAT(everything(flag_change(english, undone)), HasSubstr("Undone since."));
  EXPECT_THAT(everything(flag_change(english, already)), HasSubstr("It was so already."));
}

TEST(FlagView, EveryStandingIsToldInBothLanguagesAndNotInTheOther) {
  for (const auto standing : standings)
    for (const auto action : {Action::off, Action::on, Action::percent, Action::restore}) {
      const auto change = some(standing, action);
      for (const auto& settings : {english, norwegian}) {
        const auto text = everything(flag_change(settings, change));
        EXPECT_THAT(text, AllOf(HasSubstr("checkout"), HasSubstr("production"), Not(HasSubstr("{")))) << text;
        EXPECT_THAT(flag_change_line(settings, change), Not(IsEmpty()));
      }
      EXPECT_NE(everything(flag_change(english, change)), everything(flag_change(norwegian, change)));
      EXPECT_FALSE(std::regex_search(everything(flag_change(norwegian, change)),
                                     std::regex{"\\b(the flag|Asked by|Stored|Undo|after)\\b"}));
    }
}

TEST(FlagView, ThePostMovesWithWhatIsSeenAndOnlyThen) {
  const auto change = some(Standing::under_way);
  auto same = change;
  same.snapshot = "another";
  same.progress.project = "default";
  EXPECT_EQ(fingerprint(flag_change(english, change)), fingerprint(flag_change(english, same)));
  std::set<std::string> seen;
  for (const auto standing : standings) seen.insert(fingerprint(flag_change(english, some(standing))));
  EXPECT_THAT(seen, SizeIs(standings.size()));
}

TEST(FlagView, OutsideAnIncidentItCanBeAddedToOne) {
  std::vector<Incident> open;
  for (int number = 1; number <= 5; ++number) open.push_back({.number = number});
  const auto answer = flag_answer(english, some(Standing::proven), open);
  std::vector<std::string> values;
  for (const auto& button : buttons(answer))
    if (button.action == action::flag_add) values.push_back(button.value);
  EXPECT_THAT(values, ElementsAre("7:5", "7:4", "7:3"));
  EXPECT_THAT(actions_of(answer), Contains("flag_declare"));
  auto inside = some(Standing::proven);
  inside.incident = 5;
  EXPECT_THAT(actions_of(flag_answer(english, inside, open)), Not(Contains("flag_declare")));
  auto put_back = some(Standing::proven);
  put_back.wanted.action = flag::Action::restore;
  EXPECT_THAT(actions_of(flag_answer(english, put_back, open)), Not(Contains("flag_declare")));
  EXPECT_THAT(actions_of(flag_answer(english, put_back, open)), Contains("flag_add"));
}

TEST(FlagView, ATargetSurvivesItsButton) {
  rc::check([](const std::string& provider, const std::string& name, const std::string& environment) {
    const auto no_tab = [](std::string text) {
      std::erase(text, '\t');
      return text;
    };
    const auto read = read_target(write_target({no_tab(provider), name, no_tab(environment)}));
    RC_ASSERT(read.provider == no_tab(provider));
    RC_ASSERT(read.name == name);
    RC_ASSERT(read.environment == no_tab(environment));
  });
  EXPECT_EQ(read_target("checkout").name, "checkout");
}

const std::string nasty = "<!channel> & <@U666|x>";

flag::Change nasty_change(Standing standing, Action action) {
  auto change = some(standing, action);
  change.wanted.name = change.wanted.environment = change.progress.problem = change.progress.link = nasty;
  change.progress.by_hand = nasty;
  change.progress.candidates = change.progress.also_at = {nasty};
  change.by = "terminal:" + nasty;
  change.reason = escaped(nasty);
  change.elsewhere = {{nasty, {flag::Sees::everybody, 1, 1}}};
  return change;
}

inbound::FlagsRead nasty_reading() {
  flag::Flag flag{.name = nasty, .project = nasty};
  flag.states[nasty] = {true, {{.name = "default"}, {.name = nasty}}};
  flag.states["production"] = {true, {{.name = nasty}}};
  inbound::FlagsRead read;
  read.asked = {.name = nasty, .environment = "production", .context = nasty};
  read.answers = {{.provider = nasty, .environments = {nasty, "production"}, .reading = flag::Reading{flag, {}, {}}},
                  {.provider = nasty,
                   .environments = {nasty, "production"},
                   .catalog = flag::Catalog{{{nasty, flag}}, {}},
                   .error = nasty}};
  return read;
}

// What people and services write never becomes a mention, a ping or a link of ours.
TEST(FlagView, NothingOfPeopleGetsOutUnescaped) {
  std::vector<Message> all;
  for (const auto standing : standings)
    for (const auto action : {Action::off, Action::percent}) {
      const auto change = nasty_change(standing, action);
      all.push_back(flag_change(english, change));
      all.push_back(flag_answer(english, change, {{.number = 1}}));
      all.push_back({.text = flag_change_line(english, change)});
      all.push_back(flag_history(english, nasty, {change}, {}));
      auto approval = change;
      approval.by = "U1";
      all.push_back(flag_approval(english, approval));
    }
  const flag::Sighting seen{nasty,
                            {.at = asked, .name = nasty, .environment = "production", .what = nasty, .by = nasty}};
  all.push_back(flag_recent(english, {seen}, asked + 1s, 24));
  all.push_back(flag_history(english, nasty, {}, {seen}));
  all.push_back(flag_status(english, nasty_reading()));
  all.push_back(flag_list(english, nasty_reading()));
  all.push_back(flag_lint(english, nasty_reading()));
  auto missing = nasty_reading();
  missing.answers.erase(missing.answers.begin());
  all.push_back(flag_status(english, missing));
  all.push_back(flag_asked(english, {nasty, nasty, nasty}, "U1"));
  all.push_back(flag_protected(english, {nasty, nasty, nasty}));
  const auto form = flag_confirm(
      english, {.target = {nasty, nasty, nasty}, .before = {{.audience = nasty}}, .after = {{.audience = nasty}}},
      "7:");
  all.push_back({.blocks = form.blocks});
  for (const auto& message : all) {
    std::string mrkdwn = message.text;
    for (const auto& block : message.blocks) {
      if (const auto* section = std::get_if<Section>(&block)) mrkdwn += "\n" + section->text;
      if (const auto* context = std::get_if<Context>(&block)) mrkdwn += "\n" + context->text;
    }
    EXPECT_THAT(mrkdwn, AllOf(Not(HasSubstr("<!")), Not(HasSubstr("<@U666"))));
  }
}

TEST(FlagView, ThoseAreAskedWhoMay) {
  Settings settings = english;
  EXPECT_THAT(flag_asked(settings, {"unleash", "checkout", "production"}, "U9").text, HasSubstr("@oncall"));
  settings.flags.operators = {"@platform", "U7"};
  EXPECT_THAT(flag_asked(settings, {"unleash", "checkout", "production"}, "U9").text,
              AllOf(HasSubstr("@platform, <@U7>"), Not(HasSubstr("@oncall"))));
}

TEST(FlagView, RecentChangesAreNewestFirstWithOneButtonForEachThatIsOn) {
  const auto seen = [](const char* name, Micros ago, std::optional<bool> enabled) {
    return flag::Sighting{"unleash",
                          {.at = asked - ago,
                           .name = name,
                           .environment = "production",
                           .what = "changed",
                           .by = "ola",
                           .enabled = enabled}};
  };
  const auto message = flag_recent(english,
                                   {seen("search", 1min, true), seen("checkout", 5min, false),
                                    seen("checkout", 9min, true), seen("search", 10min, {}), seen("old", 25h, true)},
                                   asked, 24);
  std::vector<std::string> off;
  for (const auto& button : buttons(message))
    if (button.action == action::flag_off) off.push_back(read_target(button.value).name);
  EXPECT_THAT(off, ElementsAre("search"));  // checkout is off by now
  EXPECT_THAT(everything(message), AllOf(HasSubstr("23:12"), HasSubstr("ola"), Not(HasSubstr("old"))));
  EXPECT_THAT(everything(flag_recent(english, {}, asked, 24)), HasSubstr("/flag list"));
}

TEST(FlagView, LongListsAreCutAndSayHowManyMore) {
  std::vector<flag::Sighting> many;
  inbound::FlagsRead read;
  read.asked = {.environment = "production"};
  read.answers = {{.provider = "unleash", .environments = {"production"}, .catalog = flag::Catalog{}}};
  for (int i = 0; i < 300; ++i) {
    const auto name = "flag-" + std::to_string(i);
    many.push_back({"unleash", {.at = asked, .name = name, .environment = "production", .enabled = true}});
    flag::Flag flag{.name = name};
    flag.states["production"] = {true, {}};
    read.answers[0].catalog->flags[name] = flag;
  }
  const auto recent = flag_recent(english, many, asked + 1s, 24);
  EXPECT_LE(recent.blocks.size(), 50U);
  EXPECT_THAT(everything(recent), HasSubstr("288 more"));
  EXPECT_THAT(everything(flag_list(english, read)), HasSubstr("270 more"));
  EXPECT_THAT(everything(flag_lint(english, read)), HasSubstr("275 more"));
  for (const auto& message : {recent, flag_list(english, read), flag_lint(english, read)})
    for (const auto& block : message.blocks)
      if (const auto* section = std::get_if<Section>(&block)) {
        EXPECT_LE(section->text.size(), 3000U);
      }
}

TEST(FlagView, StatusTellsWhoAndWhyAndWarnsOfTheNavTrap) {
  Settings settings = english;
  settings.flags.rules = {{{"byCluster", "cluster"}},
                          {{"production", "dev-gcp", {{"cluster", "dev-gcp"}}, false},
                           {"production", "prod-gcp", {{"cluster", "prod-gcp"}}, true}}};
  flag::Flag flag{.name = "ny-soknadsdialog", .project = "default"};
  flag.states["production"] = {true,
                               {{.name = "byCluster", .parameters = {{"cluster", "dev-gcp"}}}, {.name = "default"}}};
  inbound::FlagsRead read;
  read.asked = {.name = "ny-soknadsdialog", .environment = "production"};
  read.answers = {{.provider = "unleash", .reading = flag::Reading{flag, {}, {}}}};
  const auto text = everything(flag_status(settings, read));
  EXPECT_THAT(text, AllOf(HasSubstr("· prod-gcp: everyone"), HasSubstr("joined by OR to `byCluster`")));
  EXPECT_THAT(text, HasSubstr(":red_circle:"));
  EXPECT_THAT(text, HasSubstr("[Turn off in production]"));
}

TEST(FlagView, TheFormShowsBeforeAndAfterAndAsksForWhatIsNeeded) {
  const flag::Exposure nobody{.sees = flag::Sees::nobody, .lo = 0, .hi = 0};
  const flag::Exposure everybody{.sees = flag::Sees::everybody, .lo = 1, .hi = 1};
  const FlagConfirmation shown{.target = {"unleash", "checkout", "production"},
                               .duration = "30 min",
                               .before = {{.exposure = nobody}},
                               .after = {{.exposure = everybody}},
                               .needs_typing = true,
                               .needs_reason = true,
                               .needs_second = true};
  const auto form = flag_confirm(english, shown, "7:trs");
  EXPECT_EQ(form.callback, action::flag_confirm);
  EXPECT_EQ(form.context, "7:trs");
  std::string text;
  std::vector<std::string> inputs;
  for (const auto& block : form.blocks) {
    if (const auto* section = std::get_if<Section>(&block)) text += section->text + "\n";
    if (const auto* context = std::get_if<Context>(&block)) text += context->text + "\n";
    if (const auto* input = std::get_if<Input>(&block)) inputs.push_back(input->block + (input->optional ? "?" : ""));
  }
  EXPECT_THAT(text, AllOf(HasSubstr("nobody"), HasSubstr("everyone"), HasSubstr("30 min"), HasSubstr("second person")));
  EXPECT_THAT(inputs, ElementsAre("name", "reason"));
}

// Whatever the fields hold: nothing is called off that is not proven.
TEST(FlagViewProperties, OnlyWhatIsProvenIsCalledOff) {
  rc::check([] {
    auto change = some(*rc::gen::elementOf(standings),
                       *rc::gen::element(Action::off, Action::on, Action::percent, Action::restore));
    change.progress.was_so_already = *rc::gen::arbitrary<bool>();
    change.progress.not_found = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) change.progress.stored_at = asked + 1s;
    if (*rc::gen::arbitrary<bool>()) change.progress.verified_at = asked + 2s;
    if (*rc::gen::arbitrary<bool>()) change.progress.also_at = {"flipper"};
    if (*rc::gen::arbitrary<bool>()) change.before = flag::Seen{flag::Sees::everybody, 1, 1};
    if (*rc::gen::arbitrary<bool>()) change.elsewhere = {{"development", {flag::Sees::everybody, 1, 1}}};
    if (*rc::gen::arbitrary<bool>()) change.undone_by = 9;
    const bool proven = change.progress.standing == Standing::proven && change.wanted.action == Action::off;
    for (const auto& settings : {english, norwegian}) {
      RC_ASSERT(says_off(everything(flag_change(settings, change))) == proven);
      RC_ASSERT(says_off(everything(flag_answer(settings, change, {}))) == proven);
      RC_ASSERT(says_off(flag_change_line(settings, change)) == proven);
    }
  });
}

}  // namespace
}  // namespace vakt::view
