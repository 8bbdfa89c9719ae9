// Messages, modals and the home tab in blocks of our own; the Slack wing turns them into Block Kit and cuts them to its
// limits. Texts are Slack mrkdwn, already escaped by whoever put a person's words in (see texts/mrkdwn.hpp), unless
// said to be plain.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace vakt::view {

struct Option {
  std::string label, value;  // plain
};

struct Button {
  std::string label;   // plain
  std::string action;  // action_id
  std::string value;
  enum class Style { normal, primary, danger } style = Style::normal;
  std::string confirm;        // plain question, asked before the press counts; empty: none
  std::string url;            // set: the button opens a link
  std::string confirm_title;  // plain, what the question stands under; empty: the label
};

struct Select {
  std::string placeholder, action;
  std::vector<Option> options;
  std::string initial;  // the value of an option, or empty
};

struct Header {
  std::string text;  // plain
};
struct Section {
  std::string text;
};
struct Context {
  std::string text;
};
struct Divider {};
struct Actions {
  std::vector<std::variant<Button, Select>> elements;
};
struct Input {
  std::string block;  // both block_id and action_id: values come back under this name
  std::string label;  // plain
  enum class Kind { line, paragraph, select, user, channel } kind = Kind::line;
  bool optional = false;
  std::string initial, placeholder;  // plain
  std::vector<Option> options;       // of a select
};

using Block = std::variant<Header, Section, Context, Divider, Actions, Input>;

struct Message {
  std::string text;  // what notifications and screen readers say
  std::vector<Block> blocks;
};

struct Modal {
  std::string title, submit, close;  // plain; submit empty: nothing to send
  std::string callback;              // callback_id
  std::string context;               // private_metadata, comes back with the submission
  std::vector<Block> blocks;
};

}  // namespace vakt::view
