// How the weekly digest and the reminders of action items look in Slack, and in a terminal. Pure.
//
// In the channel people stand by name, for each owner has a message of their own; only whom a line is to notify is
// mentioned.
#pragma once

#include <string>
#include <vector>

#include "bot/actions/digest.hpp"
#include "bot/settings.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/view/blocks.hpp"

namespace vakt::view {

// The value of each is the item's id.
namespace action {
inline constexpr const char* item_done = "action_done";
inline constexpr const char* item_wontdo = "action_wontdo";  // asks for a reason
inline constexpr const char* item_snooze = "action_snooze";  // asks for a day and a reason
inline constexpr const char* item_take = "action_take";      // whoever presses it owns the item
}  // namespace action

// What every message here is written for.
struct DigestReader {
  const Settings& settings;
  const Names& names;            // of owners and of those who closed items; one that is missing stands by its id
  const std::string& zone;       // the team's
  std::string postmortems = {};  // the line about the team's that are not published; empty: none
};

// Each fits into one message of Slack's (50 blocks) whatever the items are called.
Message channel_digest(const DigestReader&, const vakt::action::Digest&);
std::vector<Message> thread_digest(const DigestReader&, const vakt::action::Digest&);  // under it, in this order
Message owner_digest(const DigestReader&, const vakt::action::Digest&, const vakt::action::OwnerDigest&);
Message item_reminder(const DigestReader&, const vakt::action::Reminder&, vakt::action::Date today);
Message owner_left_message(const DigestReader&, const vakt::action::OwnerLeft&, const UserId& who,
                           vakt::action::Date today);

// A message as lines of plain text; buttons stand as "[Done]".
std::string plain_text(const Message&, const Names&);
// `vakt digest --at TIME`: all messages of a digest, each under whom it goes to. channel: its name, plain.
std::string plain_digest(const DigestReader&, const vakt::action::Digest&, const std::string& channel);

}  // namespace vakt::view
