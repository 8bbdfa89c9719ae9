// What a person has begun and not finished, kept durable under a short key: Slack's forms and buttons carry only the
// key, for they hold too little (a form's private_metadata 3,000 characters, a button's value 2,000). Plain values.
#pragma once

#include <optional>
#include <string>

#include "bot/actions/item_life.hpp"
#include "bot/inbound.hpp"

namespace vakt {

// A declaration, a message on its way to a timeline, or an action item.
struct Draft {
  std::string title;  // mrkdwn as Slack sends it
  Severity severity = Severity::unset;
  bool here = false, test = false;
  bool sure = false;  // a recent incident was offered instead
  std::string description;
  std::optional<inbound::Message> message;  // the alert: becomes entry 1, at its own time
  ChannelId channel;                        // where it was begun
  std::string response_url;                 // of what began it: the form's own submission carries none
  Instant begun{};
  IncidentNumber incident = 0;          // that an action item is for
  std::optional<action::NewItem> item;  // whose card is being read
};

}  // namespace vakt
