#include "integrations/flags/shell_quote.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>

namespace vakt::flag {
namespace {

// What bash makes of it.
std::string word_of(const std::string& quoted) {
  const std::string script = "SECRET='a \"b\" $(c)'; printf '%s|' " + quoted;
  std::string command = "bash -c '";
  for (const char c : script) command += c == '\'' ? "'\\''" : std::string(1, c);
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen((command + "'").c_str(), "r"), ::pclose);
  std::string out;
  std::array<char, 256> part{};
  while (pipe && std::fgets(part.data(), part.size(), pipe.get())) out += part.data();
  return out;
}

TEST(ShellQuote, a_shell_reads_one_word_as_it_was) {
  for (const std::string text :
       {"plain", "a b", "it's", "$(reboot)", "`reboot`", "a\nb",  "\x1b[2J'\\1", "\"",   "\\", "~",  "*",
        "!!",    "-rf", "",     "æ",         "a;b",      "{a,b}", "\t7",         "\x7f", "#x", "a=b"})
    EXPECT_EQ(word_of(shell_quote(text)), text + "|") << shell_quote(text);
}

TEST(ShellQuote, leaves_what_is_safe_readable) {
  EXPECT_EQ(shell_quote("https://a.example:8443/features/x%20y"), "https://a.example:8443/features/x%20y");
  EXPECT_EQ(shell_quote("it's"), "'it'\\''s'");
}

TEST(ShellQuote, the_token_is_named_and_stays_one_word) {
  EXPECT_EQ(shell_quote_with_token("Authorization: Bearer {token}", "SECRET"), "'Authorization: Bearer '\"$SECRET\"");
  EXPECT_EQ(word_of(shell_quote_with_token("k: $x {token}!{token}", "SECRET")), "k: $x a \"b\" $(c)!a \"b\" $(c)|");
  EXPECT_EQ(shell_variable("A$(reboot)"), "\"$TOKEN\"");
  EXPECT_EQ(shell_variable("9"), "\"$TOKEN\"");
  EXPECT_EQ(shell_quote_with_token("", "SECRET"), "''");
}

}  // namespace
}  // namespace vakt::flag
