#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "tests/storage/damage.hpp"
#include "tests/storage/rollout_samples.hpp"

namespace vakt {
namespace {

// One line each: a rollout, and what the command line leaves of them; then a rollout, and a plan, that have a history.
std::vector<std::string> golden() {
  std::ifstream in(std::filesystem::path(VAKT_GOLDEN_FOLDER) / "rollouts_v1.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(CodecRollouts, WritesItsGoldenBytes) {
  const auto lines = golden();
  ASSERT_EQ(lines.size(), 6U);
  const auto asked = test::rollout_asked();
  EXPECT_EQ(storage::encode(test::rollout_sample()), lines[4]);
  EXPECT_EQ(storage::encode(asked[0]), lines[5]);
  EXPECT_EQ(storage::encode(asked[1]), lines[2]);
  EXPECT_EQ(storage::encode(asked[2]), lines[3]);
}

TEST(CodecRollouts, ReadsItsGoldenBytes) {
  const auto lines = golden();
  ASSERT_EQ(lines.size(), 6U);
  auto before = test::rollout_sample();  // as it was written before its history was kept
  before.history.clear();
  EXPECT_EQ(storage::decode_rollout(lines[0]), before);
  EXPECT_EQ(storage::decode_rollout(lines[4]), test::rollout_sample());
  auto asked = test::rollout_asked();
  const auto reads = [&](const std::string& line, const inbound::RolloutAsked& expected) {
    const auto left = std::get<inbound::RolloutAsked>(storage::decode_left(line));
    EXPECT_EQ(left.what, expected.what);
    EXPECT_EQ(left.by, "terminal:kari");
    EXPECT_EQ(left.at, expected.at);
  };
  reads(lines[5], asked[0]);
  reads(lines[2], asked[1]);
  reads(lines[3], asked[2]);
  std::get<rollout::asked::Start>(asked[0].what).plan.history.clear();
  reads(lines[1], asked[0]);
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
