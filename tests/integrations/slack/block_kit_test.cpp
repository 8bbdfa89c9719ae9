#include "integrations/slack/block_kit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "integrations/slack/cut.hpp"

namespace vakt {
namespace {

using nlohmann::json;

json blocks_of(std::vector<view::Block> blocks) { return message_body({"t", std::move(blocks)})["blocks"]; }

bool utf8(const std::string& text) {
  try {
    json(text).dump();
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

// Some text with characters of one to four bytes, entities and spaces.
std::string some_text() {
  const auto parts = *rc::gen::container<std::vector<std::string>>(
      rc::gen::element<std::string>("a", "ø", "…", "😀", " ", "\n", "&amp;", "&lt;", "<@U123>", "word "));
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

RC_GTEST_PROP(Cut, StaysBelowTheLimitAndWholeAndVisible, ()) {
  const std::string text = some_text();
  const auto longest = *rc::gen::inRange<std::size_t>(1, 60);
  for (const std::string& cut : {cut_plain(text, longest), cut_mrkdwn(text, longest)}) {
    RC_ASSERT(utf16_units(cut) <= longest);
    RC_ASSERT(utf8(cut));
    if (utf16_units(text) <= longest)
      RC_ASSERT(cut == text);
    else
      RC_ASSERT(cut.ends_with("…"));
  }
}

RC_GTEST_PROP(Cut, PartsTogetherSayEverything, ()) {
  const std::string text = some_text();
  const auto longest = *rc::gen::inRange<std::size_t>(8, 60);
  std::string together;
  for (const std::string& part : split_mrkdwn(text, longest)) {
    RC_ASSERT(utf16_units(part) <= longest);
    RC_ASSERT(!part.empty());
    RC_ASSERT(utf8(part));
    together += part;
  }
  RC_ASSERT(together == text);
}

RC_GTEST_PROP(Cut, AnyBytesEnd, (const std::string& bytes)) {
  RC_ASSERT(utf16_units(cut_mrkdwn(bytes, 5)) <= 6U);
  std::string together;
  for (const std::string& part : split_mrkdwn(bytes, 4)) together += part;
  RC_ASSERT(together == bytes);
  RC_ASSERT(json::accept(message_json({bytes, {view::Section{bytes}, view::Header{bytes}}})));
}

TEST(Cut, NeverInsideAnEntity) {
  EXPECT_EQ(cut_mrkdwn("ab &amp; cd", 6), "ab …");
  EXPECT_EQ(cut_mrkdwn("ab <@U123456> cd", 8), "ab …");
  EXPECT_EQ(cut_plain("ab <@U123456> cd", 8), "ab <@U1…");
}

TEST(BlockKit, AMessage) {
  const json body =
      message_body({"hello", {view::Header{"H"}, view::Section{"*s*"}, view::Divider{}, view::Context{"c"}}});
  EXPECT_EQ(body["text"], "hello");
  ASSERT_EQ(body["blocks"].size(), 4U);
  EXPECT_EQ(body["blocks"][0]["text"]["type"], "plain_text");
  EXPECT_EQ(body["blocks"][1]["text"]["text"], "*s*");
  ASSERT_TRUE(body["blocks"][3]["elements"].is_array());
  EXPECT_EQ(body["blocks"][3]["elements"][0]["text"], "c");
  EXPECT_FALSE(message_body({"only", {}}).contains("blocks"));
  EXPECT_EQ(message_body({"", {view::Divider{}, view::Section{"first"}}})["text"], "first");
  EXPECT_LE(utf16_units(message_body({std::string(9'000, 'x'), {}})["text"].get<std::string>()), 4'000U);
}

TEST(BlockKit, WhatSlackWouldRefuseAsEmptyIsLeftOut) {
  const view::Actions nothing{{view::Select{"p", "a", {}, ""}}};
  EXPECT_FALSE(message_body({"t", {view::Header{""}, view::Section{""}, view::Context{""}, view::Actions{}, nothing}})
                   .contains("blocks"));
}

TEST(BlockKit, LongTextBecomesSeveralSections) {
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "word " + std::to_string(i) + "\n";
  const json blocks = blocks_of({view::Section{text}});
  ASSERT_GT(blocks.size(), 2U);
  std::string together;
  for (const json& block : blocks) together += block["text"]["text"].get<std::string>();
  EXPECT_EQ(together, text);
}

TEST(BlockKit, TooManyBlocksSayHowManyAreMissing) {
  const json blocks = blocks_of(std::vector<view::Block>(60, view::Section{"x"}));
  ASSERT_EQ(blocks.size(), 50U);
  EXPECT_EQ(blocks[49]["elements"][0]["text"], "… (+11)");
  EXPECT_EQ(home_body(std::vector<view::Block>(101, view::Divider{}))["blocks"].size(), 100U);
}

TEST(BlockKit, ActionsAreSplitAndNamedApart) {
  view::Actions row;
  for (int i = 0; i < 30; ++i) row.elements.emplace_back(view::Button{"Label", "snooze", std::to_string(i)});
  const json blocks = blocks_of({row, row});
  ASSERT_EQ(blocks.size(), 4U);
  std::set<std::string> ids;
  for (const json& block : blocks) ids.insert(block["block_id"].get<std::string>());
  EXPECT_EQ(ids.size(), 4U);
  EXPECT_EQ(blocks[0]["elements"].size(), 25U);
  EXPECT_EQ(blocks[0]["elements"][0]["action_id"], "snooze");
  EXPECT_EQ(blocks[0]["elements"][1]["action_id"], "snooze#2");
}

TEST(BlockKit, Buttons) {
  view::Button button{std::string(100, 'l'),       "go",    std::string(3'000, 'v'),
                      view::Button::Style::danger, "Sure?", "https://x"};
  const json made = block_kit::element(button);
  EXPECT_EQ(utf16_units(made["text"]["text"].get<std::string>()), 75U);
  EXPECT_EQ(utf16_units(made["value"].get<std::string>()), 2'000U);
  EXPECT_EQ(made["style"], "danger");
  EXPECT_EQ(made["url"], "https://x");
  EXPECT_EQ(made["confirm"]["text"]["text"], "Sure?");
  EXPECT_LE(utf16_units(made["confirm"]["confirm"]["text"].get<std::string>()), 30U);
  EXPECT_LE(utf16_units(made["confirm"]["title"]["text"].get<std::string>()), 100U);
  button.confirm_title = "Cancel the incident";
  EXPECT_EQ(block_kit::element(button)["confirm"]["title"]["text"], "Cancel the incident");
  EXPECT_FALSE(block_kit::element(view::Button{"a", "b"}).contains("value"));
}

TEST(BlockKit, SelectsKeepTheChosenOption) {
  view::Select select{"pick", "sev", {}, "v120"};
  for (int i = 0; i < 130; ++i) select.options.push_back({"Option " + std::to_string(i), "v" + std::to_string(i)});
  const json made = block_kit::element(select);
  EXPECT_EQ(made["options"].size(), 100U);
  EXPECT_EQ(made["initial_option"], made["options"][99]);
  EXPECT_EQ(made["initial_option"]["value"], "v120");
  EXPECT_EQ(made["placeholder"]["text"], "pick … (+30)");
}

TEST(BlockKit, Inputs) {
  using Kind = view::Input::Kind;
  const auto element_of = [](view::Input input) { return block_kit::input(input)["element"]; };
  EXPECT_EQ(element_of({"title", "Title"})["type"], "plain_text_input");
  EXPECT_EQ(element_of({"s", "S", Kind::paragraph})["multiline"], true);
  EXPECT_EQ(element_of({"s", "S", Kind::select, false, "b", "", {{"A", "a"}, {"B", "b"}}})["initial_option"]["value"],
            "b");
  EXPECT_EQ(element_of({"s", "S", Kind::user, true, "U1"})["initial_user"], "U1");
  EXPECT_EQ(element_of({"s", "S", Kind::channel, true, "C1"})["initial_channel"], "C1");
  const json input = block_kit::input({"title", "Title"});
  EXPECT_EQ(input["block_id"], "title");
  EXPECT_EQ(input["element"]["action_id"], "title");
}

TEST(BlockKit, AModal) {
  view::Modal modal{"A title that is far too long for Slack",      "Send", "Close", "declare", "ctx",
                    {view::Input{"a", "A"}, view::Input{"a", "A"}}};
  const auto made = modal_body(modal);
  ASSERT_TRUE(made);
  EXPECT_EQ(utf16_units((*made)["title"]["text"].get<std::string>()), 24U);
  EXPECT_EQ((*made)["private_metadata"], "ctx");
  EXPECT_EQ((*made)["blocks"][1]["block_id"], "a#2");
  EXPECT_TRUE(json::accept(*modal_json(modal)));
  EXPECT_TRUE(json::accept(home_json(modal.blocks)));
  modal.context = std::string(3'001, 'x');
  EXPECT_FALSE(modal_body(modal));
}

}  // namespace
}  // namespace vakt
