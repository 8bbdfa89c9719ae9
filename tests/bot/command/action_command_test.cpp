#include "bot/command/action_command.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/actions/due_date.hpp"

namespace vakt {
namespace {

using namespace action_command;
using testing::HasSubstr;
using testing::StartsWith;

template <class Kind>
Kind parsed(const std::string& text) {
  const auto result = parse_action_command(text);
  if (!result || !std::holds_alternative<Kind>(*result)) {
    ADD_FAILURE() << "not as expected: " << text << (result ? "" : " -> " + result.error().form);
    return {};
  }
  return std::get<Kind>(*result);
}

CommandError refused(const std::string& text) {
  const auto result = parse_action_command(text);
  if (result) {
    ADD_FAILURE() << "not refused: " << text;
    return {};
  }
  return result.error();
}

TEST(ActionCommand, NothingTypedIsTheList) {
  EXPECT_EQ(parsed<List>("").which, Which::open);
  EXPECT_EQ(parsed<List>(" \n").which, Which::open);
  EXPECT_EQ(parsed<List>("list").which, Which::open);
  EXPECT_EQ(parsed<List>("list MINE").which, Which::mine);
  EXPECT_EQ(parsed<List>("list overdue").which, Which::overdue);
  EXPECT_EQ(parsed<List>("list all").which, Which::all);
  EXPECT_EQ(parsed<List>("mine").which, Which::mine);
  EXPECT_EQ(refused("list yours").form, "list [mine|overdue|all]");
}

TEST(ActionCommand, AddWithOwnerAndDate) {
  for (const auto* text : {"add Configure log retention for Loki <@U123|kari> due friday",
                           "ADD Configure log retention for Loki due friday <@U123>",
                           "new Configure log retention <@U123|kari> for Loki due friday",
                           "add <@U123|kari> Configure log retention for Loki due friday",
                           "add Configure log retention for Loki <@U123|kari nordmann>, frist friday"}) {
    const auto add = parsed<Add>(text);
    EXPECT_EQ(add.title, "Configure log retention for Loki") << text;
    ASSERT_TRUE(add.details.owner) << text;
    EXPECT_EQ(add.details.owner->user, "U123") << text;
    EXPECT_EQ(add.details.due, "friday") << text;
  }
}

TEST(ActionCommand, ATitleAloneIsEnoughAndNoneOpensTheForm) {
  const auto add = parsed<Add>("add Rotér nøklene");
  EXPECT_EQ(add.title, "Rotér nøklene");
  EXPECT_FALSE(add.details.owner);
  EXPECT_EQ(add.details.due, "");
  EXPECT_EQ(parsed<Add>("add").title, "");
}

TEST(ActionCommand, ANameThatIsOnlyTypedIsKeptToBeLookedUp) {
  EXPECT_EQ(parsed<Add>("add Rotate keys @kari due +2w").details.owner->name, "kari");
  EXPECT_EQ(parsed<Add>("add Rotate keys @me").details.owner->me, true);
  EXPECT_EQ(parsed<Add>("add Rotate keys @kåre.å").details.owner->name, "kåre.å");
  const auto first = parsed<Add>("add @kari asks for logs");
  EXPECT_EQ(first.title, "@kari asks for logs") << "no owner for sure";
  EXPECT_FALSE(first.details.owner);
  const auto group = parsed<Add>("add Tell @here less");
  EXPECT_EQ(group.title, "Tell @here less");
  EXPECT_EQ(parsed<Add>("add Update @types/node").title, "Update @types/node");
}

TEST(ActionCommand, TheLastOneMentionedOwns) {
  const auto add = parsed<Add>("add Ask <@U1> about the logs <@U2>");
  EXPECT_EQ(add.details.owner->user, "U2");
  EXPECT_EQ(add.title, "Ask <@U1> about the logs");
  const auto mixed = parsed<Add>("add Drop <@U1> the @Override marks");
  EXPECT_EQ(mixed.details.owner->user, "U1") << "a mention before a name";
  EXPECT_EQ(mixed.title, "Drop the @Override marks");
}

TEST(ActionCommand, DueCountsOnlyAsTheLastWords) {
  EXPECT_EQ(parsed<Add>("add Pay what is due to the bank").title, "Pay what is due to the bank");
  EXPECT_EQ(parsed<Add>("add Say when it is due").title, "Say when it is due");
  const auto both = parsed<Add>("add Pay what is due to the bank due 1. desember");
  EXPECT_EQ(both.title, "Pay what is due to the bank");
  EXPECT_EQ(both.details.due, "1. desember");
  EXPECT_EQ(parsed<Add>("add due friday").title, "due friday") << "a title has a first word";
  EXPECT_EQ(parsed<Add>("add Pay due: i morgen").details.due, "i morgen");
}

TEST(ActionCommand, ADateThatMissesByLittleIsAskedBackNotMadeATitle) {
  EXPECT_EQ(refused("add Pay due fridya").form, "add TITLE [@owner] [due friday]");
  EXPECT_EQ(refused("add Pay due 31.11.").form, "add TITLE [@owner] [due 30.11.]");
  EXPECT_EQ(refused("add Pay due 12-01").fault, CommandFault::bad_date);
  EXPECT_EQ(refused("add Pay due next friday").form, "add TITLE [@owner] [due friday]");
}

TEST(ActionCommand, KindPriorityAndTeamAreOptions) {
  for (const auto* text : {"add Alert on lag --kind detect --priority sev1 @kari due friday",
                           "add Alert on lag @kari due friday —kind detect –priority SEV1",
                           "add Alert --prio 1 on lag @kari --kind=detect due friday"}) {
    const auto add = parsed<Add>(text);
    EXPECT_EQ(add.title, "Alert on lag") << text;
    EXPECT_EQ(add.details.kind, action::Kind::detect) << text;
    EXPECT_EQ(add.details.priority, Severity::sev1) << text;
    EXPECT_EQ(add.details.owner->name, "kari") << text;
    EXPECT_EQ(add.details.due, "friday") << text;
  }
  EXPECT_EQ(parsed<Add>("add x --team Drift").details.team, "Drift");
  EXPECT_EQ(parsed<Add>("add Use --force in the deploy").title, "Use --force in the deploy");
  EXPECT_THAT(refused("add x --kind urgent").form, HasSubstr("prevent|mitigate|detect|process"));
  EXPECT_THAT(refused("add x --kimd detect").form, HasSubstr("--kind"));
  EXPECT_THAT(refused("add x --priority sev9").form, HasSubstr("sev1"));
  EXPECT_THAT(refused("add x --kind").form, HasSubstr("--kind"));
  EXPECT_THAT(refused("add x --team").form, HasSubstr("--team"));
}

TEST(ActionCommand, ATitleInQuotesIsTakenAsItStands) {
  for (const auto* text :
       {"add \"Fix the @Override due friday --kind x\" @kari", "add “Fix the @Override due friday --kind x” @kari",
        "add «Fix the @Override due friday --kind x» @kari"}) {
    const auto add = parsed<Add>(text);
    EXPECT_EQ(add.title, "Fix the @Override due friday --kind x") << text;
    EXPECT_EQ(add.details.owner->name, "kari") << text;
  }
  EXPECT_EQ(parsed<Add>("add \"gård\" virker ikke").title, "\"gård\" virker ikke");
}

TEST(ActionCommand, LinkTakesACardOrAnItem) {
  for (const auto* text : {"link <https://trello.com/c/QIgNLSh1|https://trello.com/c/QIgNLSh1>",
                           "link https://trello.com/c/QIgNLSh1/455-x",
                           "adopt <https://trello.com/c/QIgNLSh1/455-rotate>", "link QIgNLSh1"})
    EXPECT_EQ(parsed<Link>(text).what.short_link, "QIgNLSh1") << text;
  EXPECT_EQ(parsed<Link>("link 12").what.id, 12);
  EXPECT_EQ(parsed<Link>("link KM676").what.label, "KM676");
  const auto link = parsed<Link>("link <https://trello.com/c/QIgNLSh1> <@U1|kari> due 1.12.");
  EXPECT_EQ(link.details.owner->user, "U1");
  EXPECT_EQ(link.details.due, "1.12.");
  EXPECT_EQ(parsed<Link>("link <https://trello.com/c/QIgNLSh1> @kari").details.owner->name, "kari");
  EXPECT_THAT(refused("link <https://trello.com/b/QIgNLSh1>").form, StartsWith("link CARD-URL"));
  EXPECT_EQ(refused("link https://trello.com/c/QIgNLSh1 Rotate").word, "Rotate");
  EXPECT_EQ(refused("link").fault, CommandFault::needs_text);
}

TEST(ActionCommand, AnItemIsNamedByItsNumberItsLabelOrItsCard) {
  EXPECT_EQ(parsed<Done>("done 12").item.id, 12);
  EXPECT_EQ(parsed<Done>("close #12").item.id, 12);
  EXPECT_EQ(parsed<Done>("done km676").item.label, "km676");
  EXPECT_EQ(parsed<Done>("done <https://trello.com/c/QIgNLSh1|KM676>").item.short_link, "QIgNLSh1");
  for (const auto* text : {"done 0", "done -1", "done 99999999999999999999", "done x", "done 12x"})
    EXPECT_EQ(refused(text).form, "done ID") << text;
  EXPECT_EQ(refused("done 12 13").form, "done 12") << "the item that was named stands in the right form";
  EXPECT_EQ(refused("done").fault, CommandFault::needs_text);
}

TEST(ActionCommand, TheOthers) {
  const auto wont = parsed<WontDo>("wontdo 3 the service is gone");
  EXPECT_EQ(wont.item.id, 3);
  EXPECT_EQ(wont.reason, "the service is gone");
  EXPECT_EQ(parsed<WontDo>("won’t do 3 moot").reason, "moot");
  EXPECT_EQ(refused("wontdo 3").fault, CommandFault::needs_text);
  EXPECT_EQ(refused("wontdo 3").form, "wontdo 3 REASON");
  EXPECT_EQ(parsed<Reopen>("reopen 3").item.id, 3);
  EXPECT_EQ(parsed<MakeCard>("card 3").item.id, 3);
  EXPECT_EQ(parsed<Owner>("owner 3 <@U1|kari>").owner.user, "U1");
  EXPECT_EQ(parsed<Owner>("assign 3 me").owner.me, true);
  EXPECT_EQ(parsed<Owner>("owner 3 @kari").owner.name, "kari");
  EXPECT_EQ(parsed<Owner>("owner 3 ingen").owner, Person{});
  EXPECT_EQ(refused("owner 3 kari").form, "owner 3 @user");
  EXPECT_EQ(parsed<Due>("due 3 1. desember").date, "1. desember");
  EXPECT_EQ(parsed<Due>("due 3 none").date, "");
  EXPECT_EQ(refused("due 3 31.11.").form, "due 3 30.11.");
  EXPECT_EQ(refused("due 3").form, "due 3 DATE");
  EXPECT_EQ(parsed<Title>("rename 3 Other words").title, "Other words");
  EXPECT_EQ(parsed<SetPriority>("priority 3 2").priority, Severity::sev2);
  EXPECT_EQ(parsed<SetKind>("kind 3 prevent").kind, action::Kind::prevent);
  EXPECT_EQ(parsed<SetTeam>("team 3 Drift og vakt").team, "Drift og vakt");
  EXPECT_EQ(refused("priority 3 unset").fault, CommandFault::bad_value);
  EXPECT_EQ(refused("kind 3 x").fault, CommandFault::bad_value);
  parsed<Help>("help");
  parsed<Help>("Hjelp");
}

TEST(ActionCommand, ASnoozeHasADateAndAReason) {
  const auto simple = parsed<Snooze>("snooze 3 friday waiting for the vendor");
  EXPECT_EQ(simple.until, "friday");
  EXPECT_EQ(simple.reason, "waiting for the vendor");
  const auto words = parsed<Snooze>("snooze 3 i morgen venter");
  EXPECT_EQ(words.until, "i morgen");
  EXPECT_EQ(words.reason, "venter");
  const auto month = parsed<Snooze>("utsett KM3 1. des 2026 venter på leverandør");
  EXPECT_EQ(month.until, "1. des 2026");
  EXPECT_EQ(month.reason, "venter på leverandør");
  EXPECT_EQ(refused("snooze 3 friday").fault, CommandFault::needs_text);
  EXPECT_EQ(refused("snooze 3 fridya waiting").form, "snooze 3 friday REASON");
  EXPECT_EQ(refused("snooze 3").fault, CommandFault::needs_text);
}

TEST(ActionCommand, ANearMissIsAnsweredWithTheNearestRightForm) {
  EXPECT_EQ(refused("dnoe 3").form, "done ID");
  EXPECT_EQ(refused("snoze 3 friday x").form, "snooze ID DATE REASON");
  EXPECT_EQ(refused("12 done").form, "done ID");
  EXPECT_EQ(refused("KM676 reopen").form, "reopen ID");
  EXPECT_EQ(refused("Configure log retention").form, "add TITLE [@owner] [due DATE]");
  EXPECT_EQ(refused("qqqqqq").form, "help");
  EXPECT_EQ(refused("qqqqqq").fault, CommandFault::unknown);
}

TEST(ActionCommandProperties, NoTextIsTooStrange) {
  EXPECT_TRUE(rc::check("any", [](const std::string& text, const std::string& rest) {
    const auto any = parse_action_command(text);
    if (!any) RC_ASSERT(!any.error().form.empty());
    const auto verb =
        *rc::gen::element<std::string>("add ", "link ", "due 1 ", "snooze 1 ", "owner 1 ", "list ", "done ");
    const auto command = parse_action_command(verb + rest);
    if (!command) RC_ASSERT(!command.error().form.empty());
    if (!command) return;
    if (const auto* due = std::get_if<Due>(&*command)) RC_ASSERT(due->date.empty() || !action::due_error(due->date));
    if (const auto* snooze = std::get_if<Snooze>(&*command)) RC_ASSERT(!action::due_error(snooze->until));
  }));
}

TEST(ActionCommandProperties, WhatIsAddedIsFoundAgainInAnyOrder) {
  EXPECT_TRUE(rc::check("order", [] {
    const auto words = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("Rotate", "the", "logs", "due", "på", "Loki", "a.no")));
    std::string title;
    for (const auto& word : words) title += (title.empty() ? "" : " ") + word;
    const auto text = *rc::gen::element<std::string>(
        "add " + title + " <@U1> due friday", "add " + title + " due friday <@U1>",
        "add <@U1> " + title + " due friday", "add " + title + " --kind detect due friday <@U1>");
    const auto parsed_add = parse_action_command(text);
    RC_ASSERT(parsed_add.has_value());
    const auto& add = std::get<Add>(*parsed_add);
    RC_ASSERT(add.title == title);
    RC_ASSERT(add.details.owner->user == "U1");
    RC_ASSERT(add.details.due == "friday");
  }));
}

}  // namespace
}  // namespace vakt
