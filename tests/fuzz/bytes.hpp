// A fuzzer's input as a source of decisions: numbers, choices and texts. When it is used up, everything is zero.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <source_location>
#include <string>
#include <string_view>

namespace vakt::fuzz {

// A law that must hold; what breaks it is kept by libFuzzer.
inline void require(bool holds, std::source_location where = std::source_location::current()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%u: a law is broken\n", where.file_name(), static_cast<unsigned>(where.line()));
  std::abort();
}

struct Bytes {
  const std::uint8_t* data;
  std::size_t size;

  std::uint8_t next() {
    if (size == 0) return 0;
    --size;
    return *data++;
  }
  bool flag() { return (next() & 1) != 0; }
  template <class Enum>
  Enum choice(std::size_t count) {
    return static_cast<Enum>(next() % count);
  }
  template <std::size_t N>
  std::string_view of(const std::array<std::string_view, N>& choices) {
    return choices[next() % N];
  }
  std::string raw(std::size_t most) {
    std::string out;
    for (std::size_t left = next() % (most + 1); left > 0 && size > 0; --left) out += static_cast<char>(next());
    return out;
  }
  // UTF-8 as people and Slack write it, with what markup, grammar and storage give a meaning to.
  std::string text(std::size_t most) {
    static constexpr auto parts = std::to_array<std::string_view>({"a",
                                                                   "Z",
                                                                   "0",
                                                                   "9",
                                                                   " ",
                                                                   "\n",
                                                                   "\"",
                                                                   "\\",
                                                                   "'",
                                                                   ":",
                                                                   ".",
                                                                   "-",
                                                                   "~",
                                                                   "*",
                                                                   "_",
                                                                   "`",
                                                                   "<",
                                                                   ">",
                                                                   "&",
                                                                   "|",
                                                                   "@",
                                                                   "ø",
                                                                   "—",
                                                                   "🚨",
                                                                   "<@U1>",
                                                                   "<@U2|kari>",
                                                                   "<#C1|ops>",
                                                                   "<!channel>",
                                                                   "<!subteam^S1|@oncall>",
                                                                   "<https://e.org|x>",
                                                                   "&amp;",
                                                                   "&lt;!here&gt;",
                                                                   "%s",
                                                                   "sev1",
                                                                   "\x01"});
    std::string out;
    for (std::size_t left = next() % (most + 1); left > 0 && size > 0; --left) out += of(parts);
    return out;
  }
};

}  // namespace vakt::fuzz
