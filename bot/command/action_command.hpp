// The text of /action as a typed command, or an error that names the nearest right form. Pure, fuzzed.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "bot/actions/action_item.hpp"
#include "bot/command/command.hpp"

namespace vakt {

namespace action_command {
// Which item is meant: by its number, by its card's label, or by its card's address. One of them is set.
struct ItemRef {
  action::ItemId id = 0;
  std::string label;       // "KM676", as typed
  std::string short_link;  // of its card
  bool operator==(const ItemRef&) const = default;
};
// A person: by a mention, by a name to look up ("@kari" typed plainly), or whoever types. All unset: nobody.
struct Person {
  UserId user;
  std::string name;  // without '@'
  bool me = false;
  bool operator==(const Person&) const = default;
};
struct Details {
  std::optional<Person> owner;
  std::string due;  // a date as typed (bot/actions/due_date reads it); empty: none
  action::Kind kind = action::Kind::unset;
  Severity priority = Severity::unset;
  std::string team;
};

enum class Which { open, mine, overdue, all };
struct List {
  Which which = Which::open;
};
struct Add {
  std::string title;  // as Slack sent it; empty: the form
  Details details;
};
struct Link {
  ItemRef what;  // a card's address; or an item that is to stand in this incident too
  Details details;
};
struct MakeCard {  // a card for an item that has none
  ItemRef item;
};
struct Done {
  ItemRef item;
};
struct WontDo {
  ItemRef item;
  std::string reason;
};
struct Reopen {
  ItemRef item;
};
struct Owner {
  ItemRef item;
  Person owner;
};
struct Due {
  ItemRef item;
  std::string date;  // as typed; empty: no date any more
};
struct Snooze {
  ItemRef item;
  std::string until, reason;
};
struct Title {
  ItemRef item;
  std::string title;  // as Slack sent it
};
struct SetPriority {
  ItemRef item;
  Severity priority;
};
struct SetKind {
  ItemRef item;
  action::Kind kind;
};
struct SetTeam {
  ItemRef item;
  std::string team;
};
struct Help {};
}  // namespace action_command

using ActionCommand =
    std::variant<action_command::List, action_command::Add, action_command::Link, action_command::MakeCard,
                 action_command::Done, action_command::WontDo, action_command::Reopen, action_command::Owner,
                 action_command::Due, action_command::Snooze, action_command::Title, action_command::SetPriority,
                 action_command::SetKind, action_command::SetTeam, action_command::Help>;

// Nothing typed is the list. ID: 12, #12, KM676, or the card's address. The owner of `add` may stand anywhere; the last
// one mentioned is meant. A title in quotes is taken as it stands.
std::expected<ActionCommand, CommandError> parse_action_command(std::string_view text);

}  // namespace vakt
