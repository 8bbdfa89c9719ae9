#include "bot/texts/mrkdwn.hpp"

#include <gmock/gmock.h>
#include <rapidcheck.h>

namespace vakt {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Mrkdwn, NoTextCanPingAChannel) {
  for (const auto* text :
       {"<!channel>", "<!here|here>", "<!everyone>", "<!subteam^S1>", "<!subteam^S1|@oncall>", "<!here|<!channel>>",
        "<<!channel>>", "<!date^1^x|&lt;!channel&gt;>", "<!channel", "<@U1|<!here>>", "<!|<!>>", "<!>"}) {
    EXPECT_THAT(harmless(text), Not(HasSubstr("<!"))) << text;
  }
  EXPECT_TRUE(rc::check("harmless", [] {
    static const std::vector<std::string> pieces{"<", ">",   "!",          "channel", "|", "&lt;", "&gt;", "&amp;",
                                                 "^", "@U1", "subteam^S1", "date^",   " ", "\n",   "here"};
    std::string text;
    for (const auto i : *rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(0, 15)))
      text += pieces[i];
    RC_ASSERT(harmless(text).find("<!") == std::string::npos);
    RC_ASSERT(escaped(text).find('<') == std::string::npos);
    (void)readable(text, {});
  }));
}

TEST(Mrkdwn, HarmlessKeepsPeopleLinksAndPlainWords) {
  EXPECT_EQ(harmless("see <@U1> in <#C1|ops> at <https://x.no|x> &lt;b&gt;"),
            "see <@U1> in <#C1|ops> at <https://x.no|x> &lt;b&gt;");
  EXPECT_EQ(harmless("<!channel> now"), "@channel now");
}

TEST(Mrkdwn, Escapes) { EXPECT_EQ(escaped("a<b>&\"c"), "a&lt;b&gt;&amp;\"c"); }

TEST(Mrkdwn, ReadableDecodesAndNames) {
  const Names names{{"U1", "Kari"}, {"C1", "ops"}, {"S1", "oncall"}};
  EXPECT_EQ(readable("<@U1> in <#C1>: 1 &lt; 2 &amp;amp;\nnext", names), "@Kari in #ops: 1 < 2 &amp;\nnext");
  EXPECT_EQ(readable("<@U9|ola> <@U8> <#C9|web>", names), "@ola @U8 #web");
  EXPECT_EQ(readable("<!here> <!subteam^S1> <!subteam^S2|@dev>", names), "@here @oncall @dev");
  EXPECT_EQ(readable("<https://x.no/a?b=1&amp;c=2>", names), "https://x.no/a?b=1&c=2");
  EXPECT_EQ(readable("<https://x.no|the page>", names), "the page (https://x.no)");
  EXPECT_EQ(readable("<mailto:a@b.no|a@b.no>", names), "a@b.no");
  EXPECT_EQ(readable("a < b", names), "a < b");
  EXPECT_EQ(readable("", names), "");
}

TEST(Mrkdwn, TypedMentions) {
  EXPECT_EQ(mentioned_user("<@U123|kari>"), "U123");
  EXPECT_EQ(mentioned_user("<@W1>"), "W1");
  for (const auto* text : {"", "@kari", "<@", "<@>", "<@u1>", "<#C1>", "<!here>", "<@U1><@U2>"})
    EXPECT_EQ(mentioned_user(text), "") << text;
}

TEST(Mrkdwn, ShortenedCountsCharactersAndCutsNoneInHalf) {
  EXPECT_EQ(shortened("blåbær", 6), "blåbær");
  EXPECT_EQ(shortened("blåbærsyltetøy", 6), "blåbæ…");
  EXPECT_EQ(shortened("", 3), "");
}

TEST(Mrkdwn, CodeIsHarmlessAndNotEndless) {
  EXPECT_EQ(code("a<b"), "`a&lt;b`");
  EXPECT_EQ(code(""), "");
  EXPECT_EQ(code(std::string(200, 'x')), "`" + std::string(99, 'x') + "…`");
}

TEST(Mrkdwn, APersonIsMentionedByIdAndElseNamed) {
  EXPECT_EQ(person("U0KARI"), "<@U0KARI>");
  EXPECT_EQ(person("W1"), "<@W1>");
  EXPECT_EQ(person("@oncall"), "@oncall");
  EXPECT_EQ(person("Ulla <b>"), "Ulla &lt;b&gt;");
  EXPECT_EQ(person("U"), "U");
  EXPECT_EQ(person(""), "");
}

TEST(Mrkdwn, TidyTakesControlCharactersAndEdges) {
  EXPECT_EQ(tidy(" \t a\x01\x1B"
                 "b\tc\r\nd \n"),
            "ab c \nd");
  EXPECT_EQ(tidy("\x01\x02 \n"), "");
}

}  // namespace
}  // namespace vakt
