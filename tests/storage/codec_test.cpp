#include "storage/codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "tests/storage/samples.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

std::vector<std::string> golden(const char* file = "events_v1.jsonl") {
  std::ifstream in(std::filesystem::path(VAKT_GOLDEN_FOLDER) / file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// Text as Slack sends it: any UTF-8.
rc::Gen<std::string> text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
                          "a", "Z", "0", " ", "\n", "\"", "\\", "'", std::string(1, '\0'), "ø", "🚨", "<@U1>", "%s")),
                      [](const std::vector<std::string>& parts) {
                        std::string joined;
                        for (const auto& part : parts) joined += part;
                        return joined;
                      });
}

Instant any_instant() { return Instant{Micros{*rc::gen::arbitrary<std::int64_t>()}}; }

TEST(Codec, WritesEveryEventAsItsGoldenBytes) {
  const auto lines = golden();
  const auto events = test::every_event();
  ASSERT_EQ(lines.size(), events.size());
  for (std::size_t i = 0; i < events.size(); ++i) EXPECT_EQ(storage::encode(events[i]), lines[i]);
}

TEST(Codec, ReadsEveryGoldenEvent) {
  const auto events = test::every_event();
  std::size_t i = 0;
  for (const auto& line : golden()) {
    const Event read = storage::decode_event(line);
    EXPECT_EQ(read.body.index(), i);
    EXPECT_EQ(read.incident, 7);
    EXPECT_EQ(read.at, events[i].at);
    EXPECT_EQ(read.actor, "U0ADA");
    EXPECT_EQ(storage::encode(read), line);
    ++i;
  }
}

TEST(Codec, GivesEachEventATypeOfItsOwn) {
  std::set<std::string_view> types;
  for (const Event& event : test::every_event()) types.insert(storage::event_type(event));
  EXPECT_EQ(types.size(), std::variant_size_v<EventBody>);
}

TEST(Codec, ReadsTheFieldsOfADeclaration) {
  const auto read = storage::decode_event(golden().at(0));
  const auto& declared = std::get<event::Declared>(read.body);
  EXPECT_EQ(declared.title, "Checkout is slow");
  EXPECT_EQ(declared.severity, Severity::sev2);
  EXPECT_TRUE(declared.test);
  EXPECT_FALSE(declared.here);
  EXPECT_EQ(declared.declared_in, "C0GENERAL");
}

TEST(Codec, RefusesWhatItDoesNotKnow) {
  const std::string head = R"({"actor":"","at":1,"incident":1,)";
  for (const std::string& bytes :
       {std::string{}, std::string{"[]"}, std::string{"null"}, std::string{"{"}, head + R"("v":1})",
        head + R"("type":"teleported","v":1})", head + R"("type":"updated"})", head + R"("type":"updated","v":2})",
        head + R"("type":"updated","v":0})", head + R"("type":"updated","v":"1"})", head + R"("type":7,"v":1})",
        head + R"("type":"severity_changed","v":1})", head + R"("type":"severity_changed","severity":"sev9","v":1})",
        head + R"("type":"title_changed","title":7,"v":1})", std::string{R"({"type":"updated","v":1})"},
        std::string{R"({"actor":"","at":1.5,"incident":1,"type":"updated","v":1})"},
        std::string{R"({"actor":"","at":1,"incident":18446744073709551615,"type":"updated","v":1})"}})
    EXPECT_THROW(storage::decode_event(bytes), StorageError) << bytes;
}

TEST(Codec, SaysThatANewerVaktIsNeeded) {
  try {
    storage::decode_event(R"({"actor":"","at":1,"incident":1,"type":"updated","v":2})");
    FAIL();
  } catch (const StorageError& error) {
    EXPECT_THAT(error.what(), HasSubstr("newer vakt"));
  }
}

TEST(Codec, RoundTripsTheState) {
  const Incident state = test::incident();
  EXPECT_EQ(storage::decode_incident(storage::encode(state)), state);
  EXPECT_EQ(storage::decode_incident(storage::encode(Incident{})), Incident{});
}

TEST(Codec, StateWithoutAFieldKeepsItsDefault) {
  const Incident state = storage::decode_incident(R"({"v":1,"number":4,"unheard_of":true})");
  Incident expected;
  expected.number = 4;
  EXPECT_EQ(state, expected);
}

TEST(Codec, RoundTripsEveryEffect) {
  std::size_t i = 0;
  for (const Effect& effect : test::every_effect()) {
    const std::string bytes = storage::encode(effect);
    const Effect read = storage::decode_effect(bytes);
    EXPECT_EQ(read.body.index(), i);
    EXPECT_EQ(read.incident, effect.incident);
    EXPECT_EQ(storage::encode(read), bytes);
    ++i;
  }
}

TEST(Codec, RoundTripsADraftWithItsMessage) {
  const auto bytes = storage::encode(test::draft());
  const Draft read = storage::decode_draft(bytes);
  EXPECT_EQ(storage::encode(read), bytes);
  EXPECT_EQ(read.message->text.size(), 9'000u);
  EXPECT_EQ(read.message->files.at(0).name, "graph.png");
  EXPECT_TRUE(read.here && read.test && read.sure);
  EXPECT_EQ(read.begun, test::at(test::noon));
  EXPECT_EQ(read.incident, 7);
  EXPECT_EQ(read.item->title + read.item->owner + read.item->team + read.item->channel + read.item->marker,
            "Keep logsU1PaymentsC101HZX3");
  EXPECT_EQ(read.item->due, test::day(2026, 12, 4));
  EXPECT_FALSE(storage::decode_draft(storage::encode(Draft{})).message);
  EXPECT_FALSE(storage::decode_draft(storage::encode(Draft{})).item);
}

TEST(Codec, KeepsEveryFieldOfABlock) {
  const auto read = storage::decode_effect(storage::encode(Effect{1, effect::PublishHome{"U1", test::every_block()}}));
  const auto& blocks = std::get<effect::PublishHome>(read.body).blocks;
  ASSERT_EQ(blocks.size(), std::variant_size_v<view::Block>);
  EXPECT_EQ(std::get<view::Section>(blocks[1]).text, "*bold* &amp; <@U1>");
  const auto& elements = std::get<view::Actions>(blocks[4]).elements;
  const auto& button = std::get<view::Button>(elements.at(0));
  EXPECT_EQ(button.label + button.action + button.value + button.confirm + button.url + button.confirm_title,
            "Gogo1Sure?https://example.orgReally");
  EXPECT_EQ(button.style, view::Button::Style::danger);
  const auto& select = std::get<view::Select>(elements.at(1));
  EXPECT_EQ(select.placeholder + select.action + select.initial + select.options.at(1).label, "Pickpick2Two");
  const auto& input = std::get<view::Input>(blocks[5]);
  EXPECT_EQ(input.kind, view::Input::Kind::channel);
  EXPECT_TRUE(input.optional);
  EXPECT_EQ(input.block + input.label + input.initial + input.placeholder + input.options.at(0).value,
            "titleTitlenowtype herea");
}

TEST(Codec, KeepsTheDeadlinesOfAnswers) {
  const auto effects = test::every_effect();
  const auto respond = std::get<effect::Respond>(storage::decode_effect(storage::encode(effects[7])).body);
  EXPECT_EQ(respond.until, test::at(test::noon));
  EXPECT_TRUE(respond.replace);
  const auto modal = std::get<effect::OpenModal>(storage::decode_effect(storage::encode(effects[8])).body);
  EXPECT_EQ(modal.until, test::at(test::noon));
  EXPECT_EQ(modal.modal.context, "C1");
}

TEST(Codec, NeverFailsOnBytesThatAreNotText) {
  const Event broken{1, {}, "U1", event::TitleChanged{"cut \xC3"}};
  EXPECT_EQ(std::get<event::TitleChanged>(storage::decode_event(storage::encode(broken)).body).title, "cut \uFFFD");
}

TEST(Codec, CurationsAreTheirGoldenBytes) {
  const auto lines = golden("entries_v1.jsonl");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(storage::encode(test::curation()), lines[0]);
  EXPECT_EQ(storage::encode(Curation{}), lines[1]);
  EXPECT_EQ(storage::decode_curation(lines[0]), test::curation());
  EXPECT_EQ(storage::decode_curation(lines[1]), Curation{});
  EXPECT_THROW(storage::decode_curation(R"({"v":2})"), storage::NewerValue);
}

RC_GTEST_PROP(Codec, RoundTripsAnyEvent, ()) {
  Event event = *rc::gen::elementOf(test::every_event());
  event.incident = *rc::gen::arbitrary<std::int64_t>();
  event.at = any_instant();
  event.actor = *text();
  if (auto* title = std::get_if<event::TitleChanged>(&event.body)) title->title = *text();
  if (auto* marker = std::get_if<event::MarkerSet>(&event.body))
    marker->time = {any_instant(), *rc::gen::arbitrary<bool>()};
  const Event read = storage::decode_event(storage::encode(event));
  RC_ASSERT(read.incident == event.incident);
  RC_ASSERT(read.at == event.at);
  RC_ASSERT(read.actor == event.actor);
  RC_ASSERT(storage::encode(read) == storage::encode(event));
}

RC_GTEST_PROP(Codec, NeverCrashesOnDamagedBytes, ()) {
  std::string bytes = storage::encode(*rc::gen::elementOf(test::every_effect()));
  const auto place = *rc::gen::inRange<std::size_t>(0, bytes.size());
  bytes[place] = *rc::gen::arbitrary<char>();
  try {
    storage::decode_effect(bytes);
  } catch (const StorageError&) {
  }
}

RC_GTEST_PROP(Codec, RoundTripsListsOfAnEntry, ()) {
  const std::vector<File> files = {{*text(), *text(), *text()}};
  const std::vector<Version> versions = {{any_instant(), *text()}, {any_instant(), *text()}};
  RC_ASSERT(storage::decode_files(storage::encode(files)) == files);
  RC_ASSERT(storage::decode_versions(storage::encode(versions)) == versions);
}

}  // namespace
}  // namespace vakt
