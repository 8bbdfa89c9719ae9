#include "bot/view/digest_view.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "tests/bot/actions/digest_make.hpp"

namespace vakt::view {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using vakt::action::date;
using vakt::action::Desk;
using vakt::action::Digest;
using vakt::action::Item;
using vakt::action::Sending;
using vakt::action::Snooze;
using vakt::action::State;
using vakt::action::Verified;

const auto monday = date(2026, 3, 23);
const Names names{{"UKARI", "Kari"}, {"UOLA", "Ola <b>"}, {"ULEAD", "Lise"}};
const std::string oslo = "Europe/Oslo";
const Settings english{.language = Language::en}, norwegian{.language = Language::nb};

DigestReader in(const Settings& settings) { return {settings, names, oslo}; }

Digest of(const Desk& desk, std::optional<Verified> verified = {}) {
  return vakt::action::digest(desk.at(desk.wall(monday)),
                              {.sending = Sending::send, .week = *desk.calendar.digest_of(monday)}, verified);
}

void give_card(Item& item, const std::string& label) {
  item.label = label;
  item.card = vakt::action::CardRef{.short_link = "QIgNLSh1", .url = "https://trello.com/c/QIgNLSh1"};
}

// Every kind of item.
Desk full() {
  Desk desk;
  auto& done = desk.add("UOLA", std::nullopt);
  done.state = State::done;
  done.closed_at = desk.wall(date(2026, 3, 20));
  done.title = "Write a runbook";
  auto& late = desk.add("UKARI", date(2026, 3, 4));
  late.title = "Configure log retention for Loki";
  late.priority = Severity::sev1;
  give_card(late, "KM676");
  desk.add("UKARI", date(2026, 3, 27)).state = State::in_progress;
  desk.add("", date(2026, 4, 30));
  desk.add("UOLA", std::nullopt);
  desk.add("UOLA", date(2026, 3, 1)).state = State::archived_undone;
  desk.add("UOLA", date(2026, 3, 1)).snoozed = Snooze{date(2026, 4, 1), "parts", "UOLA"};
  return desk;
}

std::string everything(const Message& message) {
  auto all = message.text + "\n";
  for (const auto& block : message.blocks) {
    if (const auto* header = std::get_if<Header>(&block)) all += header->text + "\n";
    if (const auto* section = std::get_if<Section>(&block)) all += section->text + "\n";
    if (const auto* context = std::get_if<Context>(&block)) all += context->text + "\n";
  }
  return all;
}

// "action_done=6" for each button, in order.
std::vector<std::string> buttons(const Message& message) {
  std::vector<std::string> out;
  for (const auto& block : message.blocks)
    if (const auto* row = std::get_if<Actions>(&block))
      for (const auto& element : row->elements) {
        const auto& button = std::get<Button>(element);
        EXPECT_FALSE(button.label.empty());
        EXPECT_LE(button.label.size(), 75U);
        out.push_back(button.action + "=" + button.value);
      }
  return out;
}

// As the Slack wing counts them: a section is split at 3,000 characters.
std::size_t slack_blocks(const Message& message) {
  std::size_t n = 0;
  for (const auto& block : message.blocks) {
    const auto* section = std::get_if<Section>(&block);
    n += section ? section->text.size() / 2'000 + 1 : 1;
    const auto* context = std::get_if<Context>(&block);
    EXPECT_LE(context ? context->text.size() : 0, 2'000U);
  }
  return n;
}

TEST(DigestView, TheChannelsDigestAsPeopleReadIt) {
  const auto desk = full();
  EXPECT_EQ(plain_digest(in(english), of(desk, Verified{true, desk.wall(monday, 8, 55)}), "#platform"),
            R"(To the channel #platform:
Action items, 23 March
Closed since last time: 1
1 Write a runbook · by Ola <b>
Overdue: 1
2 KM676 (https://trello.com/c/QIgNLSh1) Configure log retention for Loki · SEV1 · Kari · was due 4 March
Due within 7 days: 1
3 Item 3 · begun · Kari · due 27 March
Without an owner: 1
4 Item 4 · no owner · due 30 April · @Lise
    [Take it]
Without a due date: 1
5 Item 5 · Ola <b> · open since 5 January
Somebody has to decide: 1
6 Item 6 · its card is archived and was not done · Ola <b> · was due 1 March · @Lise
    [Done] [Won't do] [Snooze]
6 open: 6 for more than 4 weeks; the oldest since 5 January; 1 snoozed
Read from Trello at 08:55.

To Kari:
Your action items, 23 March
Overdue: 1
2 KM676 (https://trello.com/c/QIgNLSh1) Configure log retention for Loki · SEV1 · was due 4 March
    [Done] [Snooze]
Due within 7 days: 1
3 Item 3 · begun · due 27 March
Read from Trello at 08:55.

To Ola <b>:
Your action items, 23 March
Without a due date: 1
5 Item 5 · open since 5 January
Somebody has to decide: 1
6 Item 6 · its card is archived and was not done · was due 1 March
    [Done] [Won't do] [Snooze]
Yours too, and not due this week: 1.
Read from Trello at 08:55.
)");
}

TEST(DigestView, InBokmal) {
  const auto desk = full();
  EXPECT_EQ(
      plain_text(channel_digest(in(norwegian), of(desk, Verified{false, desk.wall(date(2026, 3, 21), 14, 2)})), names),
      R"(Tiltak, 23. mars
Lukket siden sist: 1
1 Write a runbook · av Ola <b>
Over fristen: 1
2 KM676 (https://trello.com/c/QIgNLSh1) Configure log retention for Loki · SEV1 · Kari · fristen var 4. mars
Frist innen 7 dager: 1
3 Item 3 · påbegynt · Kari · frist 27. mars
Uten eier: 1
4 Item 4 · ingen eier · frist 30. april · @Lise
    [Ta det]
Uten frist: 1
5 Item 5 · Ola <b> · åpent siden 5. januar
Noen må bestemme: 1
6 Item 6 · kortet er arkivert og var ikke gjort · Ola <b> · fristen var 1. mars · @Lise
    [Gjort] [Gjøres ikke] [Utsett]
6 åpne: 6 i mer enn 4 uker; det eldste siden 5. januar; 1 utsatt
! Ikke bekreftet siden 21. mars 14:02: Trello kunne ikke leses. Det som er lukket siden, kan fortsatt stå her.
)");
}

TEST(DigestView, TheCardIsALinkAndButtonsNameTheItem) {
  const auto message = channel_digest(in(english), of(full()));
  EXPECT_THAT(everything(message), HasSubstr("<https://trello.com/c/QIgNLSh1|KM676> Configure"));
  EXPECT_THAT(buttons(message), ElementsAre("action_take=4", "action_done=6", "action_wontdo=6", "action_snooze=6"));
  EXPECT_THAT(message.text, HasSubstr("6 open: ")) << "what a notification says";
}

TEST(DigestView, NoOwnerIsMentionedInTheChannelOnlyWhoIsToBeNotified) {
  const auto text = everything(channel_digest(in(english), of(full())));
  EXPECT_THAT(text, AllOf(Not(HasSubstr("<@UKARI>")), Not(HasSubstr("<@UOLA>")), HasSubstr("<@ULEAD>")));
  for (const auto& owner : of(full()).owners)
    EXPECT_THAT(everything(owner_digest(in(english), of(full()), owner)), Not(HasSubstr("<@")));
}

TEST(DigestView, OneLineWhereNothingNeedsAnybody) {
  Desk desk;
  desk.add("UKARI", date(2026, 6, 1), date(2026, 3, 20));
  EXPECT_EQ(plain_digest(in(english), of(desk), "platform"),
            "To the channel platform:\nAction items, 23 March\nNothing needs anybody this week.\n"
            "1 open: 1 for less than a week; the oldest since 20 March\n");
  EXPECT_THAT(plain_digest(in(english), of(Desk{}), "platform"), HasSubstr("Nothing would be sent"));
}

TEST(DigestView, APreviewOfAnotherDaySaysSo) {
  const auto desk = full();
  const auto now = desk.wall(date(2026, 3, 24));
  const auto on = [&](const vakt::action::Calendar& calendar) {
    return plain_digest(in(english), vakt::action::digest(desk.at(now), digest_preview(calendar, now), {}), "ops");
  };
  EXPECT_THAT(on(desk.calendar), testing::StartsWith("No digest is due then; the next one comes 30 March."));
  auto team = desk.team;
  team.digest.reset();
  EXPECT_THAT(on({team, vakt::action::Holidays::norway}),
              testing::StartsWith("This team has switched its digest off."));
  EXPECT_THAT(plain_digest(in(english), of(desk), "ops"), testing::StartsWith("To the channel ops:"));
}

TEST(DigestView, ALateOneAndAMissedOneAreSaidInEveryMessage) {
  const auto desk = full();
  auto digest = of(desk, Verified{false, std::nullopt});
  digest.sending = Sending::late;
  digest.today = date(2026, 3, 24);
  digest.missed = {*desk.calendar.digest_of(date(2026, 3, 16))};
  for (const auto& message : {channel_digest(in(english), digest), owner_digest(in(english), digest, digest.owners[0])})
    EXPECT_THAT(everything(message), AllOf(HasSubstr("This comes late: it was due 23 March."),
                                           HasSubstr("the digest of 16 March."), HasSubstr("Not verified: Trello")));
}

TEST(DigestView, PeoplesWordsCanNeitherPingNorBreakTheMessage) {
  for (const auto* title :
       {"<!channel> <@UKARI> <https://evil.no|x>", "a ```\ncode", "*bold* & \"quotes\"\n\n- list", ""}) {
    Desk desk;
    auto& item = desk.add("UX", date(2026, 3, 20));
    item.title = title;
    give_card(item, "<!here>|`");
    item.card->url = "https://trello.com/c/x|<!channel>";
    const auto text = everything(channel_digest(in(english), of(desk)));
    EXPECT_THAT(text, AllOf(Not(HasSubstr("<")), Not(HasSubstr("```")), HasSubstr("UX"))) << title;
  }
}

// Whatever the items are called and however many there are, Slack takes every message whole.
TEST(DigestView, EveryMessageFitsIntoSlacksBlocks) {
  Desk desk;
  for (int i = 0; i < 900; ++i) {
    auto& item = desk.add(i % 3 == 0 ? "" : i % 2 == 0 ? "UKARI" : "UOLA", std::nullopt);
    if (i % 5 != 0) item.due = vakt::action::plus_days(monday, i % 40 - 20);
    item.state = static_cast<State>(i % 8);
    if (is_closed(item.state)) item.closed_at = desk.wall(date(2026, 3, 20));
    item.title = std::string(16'384, '&');
    give_card(item, std::string(500, '&'));
    item.card->url += std::string(300, 'x');
  }
  const auto digest = of(desk);
  EXPECT_LE(slack_blocks(channel_digest(in(english), digest)), 50U);
  const auto thread = thread_digest(in(english), digest);
  EXPECT_THAT(thread, SizeIs(5));
  std::size_t lines = 0;
  for (const auto& message : thread) {
    EXPECT_LE(slack_blocks(message), 50U);
    EXPECT_LE(message.text.size(), 4'000U);
    for (const auto& block : message.blocks)
      if (const auto* section = std::get_if<Section>(&block))
        for (std::size_t at = 0; (at = section->text.find("\n`", at)) != std::string::npos; ++at) ++lines;
  }
  EXPECT_EQ(lines, 200U);
  EXPECT_THAT(everything(thread.back()), HasSubstr(std::to_string(digest.unlisted) + " more: `/action list all`"));
  EXPECT_THAT(everything(channel_digest(in(english), digest)), HasSubstr("200 more in the thread."));
  for (const auto& owner : digest.owners) {
    const auto message = owner_digest(in(english), digest, owner);
    EXPECT_LE(slack_blocks(message), 50U);
    EXPECT_THAT(everything(message), HasSubstr(" more: `/action list mine`"));
  }
  for (const auto& one : reminders(desk.at(desk.wall(monday)))) {
    const auto message = item_reminder(in(english), one, monday);
    EXPECT_LE(slack_blocks(message), 50U);
    EXPECT_FALSE(message.text.empty());
  }
  const auto left = owner_left(desk.at(desk.wall(monday)), "UOLA");
  EXPECT_LE(slack_blocks(owner_left_message(in(english), left, "UOLA", monday)), 50U);
}

TEST(DigestView, RemindersSayWhatIsAskedOfWhom) {
  Desk desk;
  desk.add("UKARI", date(2026, 3, 25));
  desk.add("UKARI", date(2026, 3, 20));
  desk.add("UOLA", date(2026, 3, 12));
  desk.add("UOLA", date(2026, 3, 3));
  desk.add("", date(2026, 6, 1));
  std::vector<std::string> all;
  std::string pressed;
  for (const auto& one : reminders(desk.at(desk.wall(monday)))) {
    const auto message = item_reminder(in(english), one, monday);
    all.push_back(one.to + "\n" + plain_text(message, names));
    for (const auto& button : buttons(message)) pressed += button + " ";
  }
  EXPECT_THAT(all, ElementsAre(R"(
Overdue for 7 working days or more
3 Item 3 · @Ola <b> · was due 12 March
    [Done] [Won't do]
)",
                               R"(UKARI
Yours, and overdue
2 Item 2 · was due 20 March
    [Done] [Snooze]
Yours, and due soon
1 Item 1 · due 25 March
    [Done] [Snooze]
)",
                               R"(ULEAD
Overdue for 14 working days or more. You lead the team: settle a new date, another owner or a won't do
4 Item 4 · @Ola <b> · was due 3 March
    [Done] [Won't do]
Without an owner for 3 working days or more. Take them, or find somebody
5 Item 5 · no owner · due 1 June
    [Take it] [Won't do]
)"));
  EXPECT_THAT(pressed, HasSubstr("action_take=5"));
}

TEST(DigestView, AnOwnerWhoLeftIsToldWithTheirItems) {
  Desk desk;
  desk.add("UOLA", date(2026, 3, 25));
  const auto left = owner_left(desk.at(desk.wall(monday)), "UOLA");
  EXPECT_EQ(plain_text(owner_left_message(in(norwegian), left, "UOLA", monday), names),
            "Ola <b> har forlatt Slack. Det de eide, har ingen eier nå\n1 Item 1 · ingen eier · frist 25. mars\n"
            "    [Ta det]\n");
}

}  // namespace
}  // namespace vakt::view
