#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "tests/storage/damage.hpp"
#include "tests/storage/rollout_samples.hpp"

namespace vakt {
namespace {

// One line each: a rollout, and what the command line leaves of them.
std::vector<std::string> golden() {
  std::ifstream in(std::filesystem::path(VAKT_GOLDEN_FOLDER) / "rollouts_v1.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(CodecRollouts, WritesItsGoldenBytes) {
  std::vector<std::string> lines{storage::encode(test::rollout_sample())};
  for (const auto& asked : test::rollout_asked()) lines.push_back(storage::encode(asked));
  EXPECT_EQ(lines, golden());
}

TEST(CodecRollouts, ReadsItsGoldenBytes) {
  const auto lines = golden();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(storage::decode_rollout(lines[0]), test::rollout_sample());
  const auto asked = test::rollout_asked();
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const auto left = std::get<inbound::RolloutAsked>(storage::decode_left(lines[i + 1]));
    EXPECT_EQ(left.what, asked[i].what);
    EXPECT_EQ(left.by, "terminal:kari");
    EXPECT_EQ(left.at, asked[i].at);
  }
}

TEST(CodecRollouts, WhatElseTheCommandLineLeavesIsAChangeOfAFlag) {
  const auto left = storage::decode_left(storage::encode(test::told_progress()));
  EXPECT_EQ(std::get<inbound::FlagProgress>(left).wanted, test::told_progress().wanted);
}

TEST(CodecRollouts, DamagedBytesAreAnError) {
  for (const auto* bytes :
       {"", "[]", "{", R"({"v":2})", R"({"v":1})", R"({"v":1,"stages":[]})", R"({"v":1,"stages":[{}],"runs":[]})",
        R"({"v":1,"stages":[{}],"runs":[{}],"stage":1})", R"({"v":1,"stages":[{}],"runs":[{}],"stage":-2})",
        R"({"v":1,"stages":[{}],"runs":[{}],"state":"lost"})"})
    EXPECT_THROW(storage::decode_rollout(bytes), StorageError) << bytes;
  for (const auto* bytes : {R"({"v":1,"rollout":{}})", R"({"v":1,"rollout":{"type":"burn"}})",
                            R"({"v":1,"rollout":{"type":"start","plan":{}}})", R"({"v":2,"rollout":{"type":"hold"}})"})
    EXPECT_THROW(storage::decode_left(bytes), StorageError) << bytes;
  EXPECT_EQ(storage::decode_rollout(R"({"v":1,"id":4,"stages":[{}],"runs":[{}]})").id, 4);
}

TEST(CodecRollouts, EveryCutOrChangedByteIsReadOrRefused) {
  test::damage_is_read_or_refused(storage::encode(test::rollout_sample()), storage::decode_rollout);
}

}  // namespace
}  // namespace vakt
