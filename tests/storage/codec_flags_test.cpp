#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "tests/storage/damage.hpp"
#include "tests/storage/samples.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

// One line each: a change, what the terminal leaves, and the effects of flags.
std::vector<std::string> golden() {
  std::ifstream in(std::filesystem::path(VAKT_GOLDEN_FOLDER) / "flags_v1.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool is_of_flags(const EffectBody& body) {
  return std::holds_alternative<effect::ChangeFlag>(body) || std::holds_alternative<effect::StopFlag>(body) ||
         std::holds_alternative<effect::ReadFlags>(body) || std::holds_alternative<effect::LookUpGroup>(body);
}

std::vector<Effect> effects() {
  std::vector<Effect> found;
  for (auto& effect : test::every_effect())
    if (is_of_flags(effect.body)) found.push_back({7, std::move(effect.body)});
  return found;
}

TEST(CodecFlags, WritesItsGoldenBytes) {
  std::vector<std::string> lines{storage::encode(test::flag_change()), storage::encode(test::told_progress())};
  for (const auto& effect : effects()) lines.push_back(storage::encode(effect));
  EXPECT_EQ(lines, golden());
}

TEST(CodecFlags, ReadsItsGoldenBytes) {
  const auto lines = golden();
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(storage::decode_change(lines[0]), test::flag_change());
  const auto told = storage::decode_flag_progress(lines[1]);
  EXPECT_EQ(told.wanted, test::told_progress().wanted);
  EXPECT_EQ(told.progress, test::told_progress().progress);
  EXPECT_EQ(told.progress.before->flag, test::flag_reading().flag);
  EXPECT_EQ(told.progress.before->snapshot, test::flag_reading().snapshot);
  EXPECT_EQ(told.progress.before->catalog.segments.at(3).name, "vip");
  EXPECT_EQ(told.progress.before->catalog.flags.at("parent").name, "parent");
  EXPECT_EQ(told.by, "terminal:kari");
  EXPECT_EQ(told.restore_at, test::told_progress().restore_at);
  for (std::size_t i = 2; i < lines.size(); ++i) EXPECT_EQ(storage::encode(storage::decode_effect(lines[i])), lines[i]);
}

TEST(CodecFlags, WhatOlderBytesLackKeepsItsDefault) {
  const auto change = storage::decode_change(R"({"v":1,"number":4,"wanted":{"key":"k","name":"checkout"}})");
  flag::Change expected{.number = 4};
  expected.wanted = {.key = "k", .name = "checkout"};
  EXPECT_EQ(change, expected);
}

TEST(CodecFlags, DamagedBytesAreAnErrorAndNeverACrash) {
  for (const auto* bytes :
       {"", "[]", "null", "{", R"({"v":2,"number":1})", R"({"number":1})", R"({"v":1,"number":"1"})",
        R"({"v":1,"wanted":{"action":"explode"}})", R"({"v":1,"progress":{"standing":"perhaps"}})",
        R"({"v":1,"state_before":{"strategies":[7]}})", R"({"v":1,"elsewhere":{}})"})
    EXPECT_THROW(storage::decode_change(bytes), StorageError) << bytes;
  EXPECT_THROW(storage::decode_flag_progress(R"({"v":1,"progress":{"before":{"catalog":{"segments":{"x":{}}}}}})"),
               StorageError);
}

TEST(CodecFlags, EveryCutOrChangedByteIsReadOrRefused) {
  test::damage_is_read_or_refused(storage::encode(test::flag_change()), storage::decode_change);
}

TEST(CodecFlagsProperties, AnyChangeComesBackAsItWas) {
  const auto text = rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
  rc::check([&] {
    auto change = test::flag_change();
    const auto maybe_time = [] {
      return *rc::gen::arbitrary<bool>() ? std::optional{Instant{Micros{*rc::gen::arbitrary<std::int64_t>()}}}
                                         : std::nullopt;
    };
    change.number = *rc::gen::arbitrary<std::int64_t>();
    change.wanted.name = *text;
    change.wanted.snapshot = *text;
    change.wanted.action =
        *rc::gen::element(flag::Action::off, flag::Action::on, flag::Action::percent, flag::Action::restore);
    change.wanted.percent = *rc::gen::arbitrary<int>();
    change.wanted.asked_at = maybe_time();
    if (*rc::gen::arbitrary<bool>()) change.wanted.shown.reset();
    change.progress.standing = static_cast<flag::Standing>(*rc::gen::inRange(0, 7));
    change.progress.stored_at = maybe_time();
    change.progress.served_at = maybe_time();
    change.progress.candidates = *rc::gen::container<std::vector<std::string>>(text);
    change.state_before.strategies.at(0).parameters[*text] = *text;
    change.before = flag::Seen{static_cast<flag::Sees>(*rc::gen::inRange(0, 4)), *rc::gen::inRange(0, 100) / 7.0, 1};
    change.restore_at = maybe_time();
    RC_ASSERT(storage::decode_change(storage::encode(change)) == change);
  });
}

}  // namespace
}  // namespace vakt
