// Everything that can reach the bot, as values: what Slack delivered, what a wake-up says, what became of an effect.
// Every Inbound carries `at` (when it arrived, UTC) and a seed, so that the bot is a replayable function of a sequence
// of these.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/actions/happened.hpp"
#include "bot/effect.hpp"
#include "bot/incident/entry.hpp"
#include "bot/rollouts/asked.hpp"
#include "bot/types.hpp"

namespace vakt {

namespace inbound {

// A message of a channel (docs.slack.dev, message event), heard or fetched.
struct Message {
  ChannelId channel;
  Ts ts;
  Ts thread_ts;  // empty unless a reply (a parent's own thread_ts is dropped)
  UserId user;
  std::string bot_id, bot_name, app_id;  // of another bot's or our own post
  std::string subtype;
  std::string text;      // as Slack sent it
  std::string fallback;  // from attachments and blocks, where text alone says less
  std::vector<File> files;
  Ts edited_ts;
  std::string nonce;  // of our own post, from its metadata
  bool backfilled = false;
};
struct MessageChanged {
  Message message;
  Ts event_ts;
  std::optional<Message> before;  // as it was, where Slack says so: the original may never have been heard
};
struct MessageDeleted {
  ChannelId channel;
  Ts ts;
  Ts event_ts;
};
struct Reaction {
  bool added;
  ChannelId channel;
  Ts ts;
  UserId user;
  std::string emoji;  // without colons
};
struct Pin {
  bool added;
  ChannelId channel;
  Ts ts;  // of the message
  UserId user;
};
struct Member {
  bool joined;
  ChannelId channel;
  UserId user;
  Ts event_ts;
};
struct ChannelRenamed {
  ChannelId channel;
  std::string name;
};
struct ChannelArchived {
  ChannelId channel;
  bool archived;  // false: unarchived
};

// Where an answer to a person can go.
struct ReplyTo {
  std::string response_url, trigger_id;
  UserId user;
  ChannelId channel;
};
struct Command {
  std::string command, text;  // "/incident", "declare sev1 Backend down"
  std::string channel_name;
  ReplyTo reply;
};
struct Press {
  std::string action, value;  // a button's value, a select's chosen option, a user select's user
  Ts message_ts;
  std::string view_id;
  ReplyTo reply;
};
struct Shortcut {
  std::string callback;
  Message message;  // that it was used on
  ReplyTo reply;
};
struct Submission {
  std::string callback, context;
  std::map<std::string, std::string> values;  // input's block -> text, chosen option, user or channel
  ReplyTo reply;
};
struct HomeOpened {
  UserId user;
};

// A wake-up whose time has come. Keys are ours: "reminder:12", "event_end:12".
struct Due {
  std::string key;
};

// What became of an effect that the outbox ran.
struct EffectDone {
  Effect effect;
  bool ok = false;
  std::string error;                          // Slack's error code, or a sentence for people; never a secret
  std::map<std::string, std::string> values;  // "channel", "ts", "name" … of the answer
  std::vector<Message> messages;              // of a fetched page
  std::vector<Ts> threads;                    // parents on that page with replies after the page's `since`
  std::string next_cursor;                    // of a page that has more
};

// How a change of a flag stands: one for each step, the last with the outbox_id of its effect.
struct FlagProgress {
  std::int64_t change = 0;  // 0: asked for outside (the command line): `wanted`, `by` and `requested_at` say what
  flag::Wanted wanted;
  flag::Progress progress;
  UserId by;
  Instant requested_at{};
  std::optional<Instant> restore_at;
  std::string reason;  // of one that was asked for outside, plain
};
struct FlagsOfProvider {
  std::string provider;
  std::vector<std::string> environments;
  std::optional<flag::Reading> reading;  // where a name was asked for and is there
  std::optional<flag::Catalog> catalog;  // where no name was, or none is there
  std::string error;                     // why there is neither; for people
};
struct FlagsRead {
  effect::ReadFlags asked;
  std::vector<FlagsOfProvider> answers;  // the default provider first
};
// Changes that a flag service tells of, whoever made them.
struct FlagsObserved {
  std::string provider;
  flag::Observations seen;
};

// Asked of a rollout outside (the command line).
struct RolloutAsked {
  rollout::Asked what;
  UserId by;
  Instant at{};
};

// What became of an order for a card: outbox_id is 0 while it is still being tried.
struct CardWritten {
  effect::WriteCard asked;
  action::CardWritten answer;
};
struct CardsRead {
  effect::ReadCards asked;
  action::CardsRead answer;
};
// What happened to an action item, for the record of one incident that it stands in. Never stored, never sent: decided
// right after what caused it.
struct ItemHappened {
  IncidentNumber incident = 0;  // 0: of none
  action::Item item;            // as it is now
  std::vector<action::Happened> happened;
};

// The sockets: `online` after an absence that began at `since` (nothing was heard in between).
struct Online {
  Instant since{};
};

// Something that could not be understood. It is acknowledged, and counted.
struct Ignored {
  std::string what;
};

}  // namespace inbound

using InboundBody =
    std::variant<inbound::Message, inbound::MessageChanged, inbound::MessageDeleted, inbound::Reaction, inbound::Pin,
                 inbound::Member, inbound::ChannelRenamed, inbound::ChannelArchived, inbound::Command, inbound::Press,
                 inbound::Shortcut, inbound::Submission, inbound::HomeOpened, inbound::Due, inbound::EffectDone,
                 inbound::FlagProgress, inbound::FlagsRead, inbound::FlagsObserved, inbound::RolloutAsked,
                 inbound::CardWritten, inbound::CardsRead, inbound::ItemHappened, inbound::Online, inbound::Ignored>;

struct Inbound {
  Instant at{};                  // arrival
  std::uint64_t seed = 0;        // the only randomness decide may use
  std::string dedupe_key;        // envelope_id or event_id; empty: nothing to remember
  std::uint64_t connection = 0;  // with envelope_id: where the ack belongs; envelope_id empty: no ack
  std::string envelope_id;
  std::int64_t outbox_id = 0;  // of an EffectDone
  InboundBody body;
};

}  // namespace vakt
