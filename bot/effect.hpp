// What the bot wants done outside, as values. Committed to the outbox with the events that caused it, run afterwards.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "bot/actions/card_order.hpp"
#include "bot/flags/flag_run.hpp"
#include "bot/types.hpp"
#include "bot/view/blocks.hpp"

namespace vakt {

// Lanes of the outbox: one never waits for another.
enum class Lane : std::uint8_t {
  kill,    // flag services
  answer,  // views and response_urls: they expire, and are dropped when late, never replayed
  chat,    // channels and posts
  cards,   // Trello
  rest,    // fetches and look-ups
};
inline constexpr std::size_t lane_count = static_cast<std::size_t>(Lane::rest) + 1;

// How long a response_url is used: Slack takes answers there for 30 minutes (docs.slack.dev, Handling user
// interaction).
inline constexpr std::chrono::minutes response_url_lasts{29};

namespace effect {

struct CreateChannel {
  std::string name;          // 1..80 of a-z0-9-_
  int attempt = 0;           // how many names were taken already
  std::string response_url;  // whoever asked is told where the channel is
  UserId asker;
  ChannelId asked_in;
};
struct Invite {
  ChannelId channel;
  std::vector<UserId> users;
  std::string group;  // a user group's handle, resolved when it is run; empty: none
};
struct JoinChannel {
  ChannelId channel;
};
struct SetTopic {
  ChannelId channel;
  std::string topic;  // plain
};
struct Post {
  std::string channel;  // an id, or a name without '#'
  Ts thread_ts;
  view::Message message;
  std::string purpose;  // "headline", "announcement", "reminder" …: says what the answer means
  bool join = false;    // a public channel that we are not in is found and joined first
  std::string because;  // mrkdwn: why it stands here and not where it was meant to; the message ends with it
  // Of one that asks others on somebody's behalf, who is told where they cannot be asked.
  UserId asker = {};
  ChannelId asked_in = {};
  std::string response_url = {};
};
struct Update {
  ChannelId channel;
  Ts ts;
  view::Message message;
};
struct Ephemeral {
  ChannelId channel;
  UserId user;
  view::Message message;
};
// By response_url until `until`, then as an ephemeral message.
struct Respond {
  std::string response_url;
  ChannelId channel;
  UserId user;
  view::Message message;
  bool replace = false;  // replaces the message whose button was pressed
  Instant until{};
};
struct OpenModal {
  std::string trigger_id;  // good for 3 s, once
  view::Modal modal;
  Instant until{};
  ChannelId channel;  // where to say so, if it could not be opened in time
  UserId user;
};
struct PublishHome {
  UserId user;
  std::vector<view::Block> blocks;
};
struct AddPin {
  ChannelId channel;
  Ts ts;
};
struct AddBookmark {
  ChannelId channel;
  std::string title, link;
  std::string replaces = {};  // the link of an earlier one that this takes the place of; empty: none
};
struct React {
  ChannelId channel;
  Ts ts;
  std::string emoji;
  bool remove = false;
};
struct LookUpUser {
  UserId user;
};
// The members of a user group, by its handle without '@', or of the group with that id.
struct LookUpGroup {
  std::string group;
  // Who waits for the answer before being refused, for what, and until when; empty: nobody does.
  UserId asker;
  ChannelId channel;
  std::string response_url, target;
  Instant until{};
};
struct LookUpChannel {
  ChannelId channel;
};
// One page of a channel's messages, or of a thread's replies where thread_ts is set; newest first.
struct FetchPage {
  ChannelId channel;
  Ts thread_ts;
  Ts oldest;  // exclusive; empty: from the beginning
  std::string cursor;
  Ts since;  // what was said before it matters only for edits and replies after it
};

// A document is written from the incident's record and its bytes are given to Slack, which shows them to nobody yet:
// the answer names the file, and that is committed before the file is shown, so that a crash between shows it once.
struct UploadDocument {
  ChannelId channel;     // where it will be shown
  std::string document;  // the template's name
  // Who is told if it does not get there.
  UserId asker;
  ChannelId asked_in;
  std::string response_url;
};
struct ShareFile {
  ChannelId channel;
  std::string file;            // Slack's id
  std::string title, comment;  // comment: mrkdwn
  std::string document;
  UserId asker;
  ChannelId asked_in;
  std::string response_url;
};

// Carried out until it is proven, stopped or overruled (bot/flags/flag_run.hpp); told of by inbound::FlagProgress.
struct ChangeFlag {
  std::int64_t change = 0;
  flag::Wanted wanted;
};
struct StopFlag {
  std::string key;  // of the change that a person no longer wants
};
// Flags are read for an answer to a person; inbound::FlagsRead brings them.
struct ReadFlags {
  std::string purpose;                      // "status", "list", "lint", "confirm" …: what the answer is for
  std::string provider, name, environment;  // provider empty: all; name empty: every flag of the environment
  std::string context;                      // of whoever asks
  std::string response_url, trigger_id;
  UserId user;
  ChannelId channel;
  Instant until{};  // after that nobody waits for it any more
};

// Written until it is known what became of it; told of by inbound::CardWritten.
struct WriteCard {
  action::CardOrder order;
  // Who waits for the answer; empty: nobody does.
  std::string response_url;
  UserId user;
  ChannelId channel;
};
// Cards are read for the items that they belong to; inbound::CardsRead brings them.
struct ReadCards {
  action::ReadCards what;
  std::string context;  // of whoever asks; empty: nobody waits
  std::string response_url;
  UserId user;
  ChannelId channel;
  Instant until{};  // after that nobody waits for it any more
};

}  // namespace effect

using EffectBody =
    std::variant<effect::CreateChannel, effect::Invite, effect::JoinChannel, effect::SetTopic, effect::Post,
                 effect::Update, effect::Ephemeral, effect::Respond, effect::OpenModal, effect::PublishHome,
                 effect::AddPin, effect::AddBookmark, effect::React, effect::LookUpUser, effect::LookUpGroup,
                 effect::LookUpChannel, effect::FetchPage, effect::ChangeFlag, effect::StopFlag, effect::ReadFlags,
                 effect::WriteCard, effect::ReadCards, effect::UploadDocument, effect::ShareFile>;

struct Effect {
  IncidentNumber incident = 0;  // 0: none
  EffectBody body;
};

Lane lane(const Effect&);

}  // namespace vakt
