#include <gmock/gmock.h>
#include <rapidcheck.h>

#include "bot/view/incident_view.hpp"

namespace vakt::view {
namespace {

bool slack_takes(const std::string& name) {
  return !name.empty() && name.size() <= 80 &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos &&
         !name.starts_with('-') && !name.ends_with('-');
}

TEST(ChannelName, IsReadable) {
  EXPECT_EQ(channel_name("inc", 12, "Backend down", 0), "inc-12-backend-down");
  EXPECT_EQ(channel_name("inc", 3, "Søk på Ærø ÅPNER ikke!", 0), "inc-3-sok-pa-aero-apner-ikke");
  EXPECT_EQ(channel_name("inc", 3, "  --a..b--  ", 0), "inc-3-a-b");
}

TEST(ChannelName, WithoutLettersItIsTheNumber) {
  EXPECT_EQ(channel_name("inc", 7, "", 0), "inc-7");
  EXPECT_EQ(channel_name("inc", 7, "!!! 🔥", 0), "inc-7");
  EXPECT_EQ(channel_name("", 7, "x", 0), "7-x");
}

TEST(ChannelName, ATakenOneGetsANumberAndStaysWithin80) {
  EXPECT_EQ(channel_name("inc", 7, "x", 1), "inc-7-x-2");
  const auto name = channel_name("inc", 7, std::string(200, 'x'), 11);
  EXPECT_EQ(name.size(), 80U);
  EXPECT_TRUE(name.ends_with("-12"));
}

TEST(ChannelName, ThePrefixIsFoldedToo) { EXPECT_EQ(channel_name("Hendelse Ø", 1, "x", 0), "hendelse-o-1-x"); }

TEST(ChannelName, IsAlwaysOneThatSlackTakes) {
  EXPECT_TRUE(rc::check("taken by Slack", [](const std::string& prefix, const std::string& title, unsigned attempt) {
    const auto number = *rc::gen::inRange<IncidentNumber>(1, 1'000'000'000'000);
    RC_ASSERT(slack_takes(channel_name(prefix, number, title + title + title, static_cast<int>(attempt % 30))));
  }));
}

}  // namespace
}  // namespace vakt::view
