// A typed /action command, and what it asks for.
#include <algorithm>

#include "bot/actions/folded.hpp"
#include "bot/decide/action_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

struct Run {
  Turn& turn;
  const Request& request;

  const action::Team& team() const {
    return action::team_named(turn.settings.actions, turn.incident() ? turn.incident()->team : std::string{});
  }
  view::ActionReader reader() const { return reader_for(turn, team()); }
  action::Act act() const { return act_of(turn, request.reply.user); }
  const action::Settings& actions() const { return turn.settings.actions; }

  // The user that is meant; nothing where that was refused.
  std::optional<UserId> user(const action_command::Person& person) const {
    if (person.me) return request.reply.user;
    if (person.name.empty()) return person.user;
    refuse(turn, request, view::person_unknown(reader(), readable(person.name, {})));
    return std::nullopt;
  }
  // Nothing where it is no date; empty where none was typed.
  std::optional<std::optional<action::Date>> date(const std::string& typed, const std::string& zone) const {
    if (typed.empty()) return std::optional<action::Date>{};
    const auto due = action::parse_due(typed, turn.at, zone);
    if (due) return std::optional{due->date};
    refuse(turn, request, view::due_wrong(reader(), readable(typed, {}), due.error()));
    return std::nullopt;
  }
  std::optional<action::NewItem> wanted(const action_command::Details& details) const {
    if (!is_team(turn, details.team)) {
      refuse(turn, request, view::team_unknown(reader(), readable(details.team, {})));
      return std::nullopt;
    }
    const auto& its_team = details.team.empty() ? team() : action::team_named(actions(), details.team);
    const auto owner = details.owner ? user(*details.owner) : std::optional{UserId{}};
    if (!owner) return std::nullopt;
    const auto due = date(details.due, its_team.timezone);
    if (!due) return std::nullopt;
    return action::NewItem{.owner = *owner,
                           .due = *due,
                           .kind = details.kind,
                           .priority = details.priority,
                           .team = its_team.name,
                           .channel = request.reply.channel};
  }

  template <class Change>
  void change(const action_command::ItemRef& ref, Change make) const {
    if (const auto* item = item_meant(turn, request, ref)) keep_and_answer(turn, request, *item, make(*item));
  }

  // It serves this incident too, and what was typed with it is done to it.
  void link_known(const action::Item& item, const action_command::Details& details) const {
    const auto typed = wanted(details);
    if (!typed) return;
    const bool says_more = details.owner || typed->due || typed->kind != action::Kind::unset ||
                           typed->priority != Severity::unset || !details.team.empty();
    if (!turn.incident() && !says_more) return refuse(turn, request, view::no_incident_for_item(reader()));
    action::Outcome outcome = action::Changed{.item = item};
    const auto also = [&](bool is_wanted, const auto& make) {
      if (!is_wanted || !outcome) return;
      auto next = make(outcome->item);
      if (next) {
        next->happened.insert(next->happened.begin(), outcome->happened.begin(), outcome->happened.end());
        if (!next->order) next->order = outcome->order;
      }
      outcome = std::move(next);
    };
    using action::Item;
    also(turn.incident(), [&](const Item& i) { return join_incident(i, turn.incident()->number, act(), actions()); });
    also(!details.team.empty(), [&](const Item& i) { return set_team(i, typed->team, act(), actions()); });
    also(details.owner.has_value(), [&](const Item& i) { return set_owner(i, typed->owner, act(), actions()); });
    also(typed->due.has_value(), [&](const Item& i) { return set_due(i, typed->due, act(), actions()); });
    also(typed->kind != action::Kind::unset, [&](const Item& i) { return set_kind(i, typed->kind, act(), actions()); });
    also(typed->priority != Severity::unset,
         [&](const Item& i) { return set_priority(i, typed->priority, act(), actions()); });
    keep_and_answer(turn, request, item, std::move(outcome));
  }

  void operator()(const action_command::List& c) const {
    std::vector<action::Item> shown;
    std::ranges::copy_if(turn.facts.items, std::back_inserter(shown), [&](const action::Item& item) {
      const auto its = reader_for(turn, item);
      switch (c.which) {
        case action_command::Which::all:
          return true;
        case action_command::Which::open:
          return !action::is_closed(item.state);
        case action_command::Which::mine:
          return !action::is_closed(item.state) && item.owner == request.reply.user;
        case action_command::Which::overdue:
          break;
      }
      return action::is_overdue(item, its.today);
    });
    answer(turn, request, view::item_list(reader(), shown, c.which));
  }
  void operator()(const action_command::Add& c) const {
    const auto title = tidy(readable(c.title, {}));
    if (title.empty()) {
      Draft draft{.channel = request.reply.channel, .response_url = request.reply.response_url};
      if (turn.incident()) draft.incident = turn.incident()->number;
      return open_modal(turn, request, view::item_form(reader(), {}, turn.keep(std::move(draft))));
    }
    auto item = wanted(c.details);
    if (!item) return;
    item->title = title;
    add_item(turn, request, *std::move(item));
  }
  void operator()(const action_command::Link& c) const {
    if (!turn.facts.items.empty()) {  // it is known: it serves this incident too
      const auto* item = item_meant(turn, request, c.what);
      if (!item) return;
      return link_known(*item, c.details);
    }
    if (c.what.short_link.empty()) {
      item_meant(turn, request, c.what);
      return;
    }
    if (!actions().trello)
      return refuse(turn, request,
                    view::card_not_linked(reader(), c.what.short_link, action::CardFault::not_read,
                                          action::Trouble::not_configured));
    Draft draft{.channel = request.reply.channel, .item = wanted(c.details)};
    if (!draft.item) return;
    if (turn.incident()) {
      draft.incident = turn.incident()->number;
      if (draft.item->priority == Severity::unset) draft.item->priority = turn.incident()->severity;
    }
    auto read = read_of(turn, "link", {});
    read.what.cards = {{.item = 0, .card = c.what.short_link, .board = {}}};
    read.context = turn.keep(std::move(draft));
    read.response_url = request.reply.response_url;
    read.user = request.reply.user;
    read.channel = request.reply.channel;
    read.until = turn.at + std::chrono::minutes{5};
    turn.effect(std::move(read));
    answer_follows(turn, request, view::card_reading(reader()));
  }
  void operator()(const action_command::MakeCard& c) const {
    change(c.item, [&](const action::Item& item) {
      return action::order_card(item, marker_for(turn, item.id), act(), actions());
    });
  }
  void operator()(const action_command::Done& c) const {
    change(c.item, [&](const action::Item& item) { return action::mark_done(item, act(), actions()); });
  }
  void operator()(const action_command::WontDo& c) const {
    change(c.item, [&](const action::Item& item) {
      return action::wont_do(item, tidy(readable(c.reason, {})), act(), actions());
    });
  }
  void operator()(const action_command::Reopen& c) const {
    change(c.item, [&](const action::Item& item) { return action::reopen(item, act(), actions()); });
  }
  void operator()(const action_command::Owner& c) const {
    const auto owner = user(c.owner);
    if (!owner) return;
    change(c.item, [&](const action::Item& item) { return action::set_owner(item, *owner, act(), actions()); });
  }
  void operator()(const action_command::Due& c) const {
    const auto* item = item_meant(turn, request, c.item);
    if (!item) return;
    const auto due = date(c.date, team_of(turn, *item).timezone);
    if (due) keep_and_answer(turn, request, *item, action::set_due(*item, *due, act(), actions()));
  }
  void operator()(const action_command::Snooze& c) const {
    const auto* item = item_meant(turn, request, c.item);
    if (!item) return;
    const auto until = date(c.until, team_of(turn, *item).timezone);
    if (until && *until)
      keep_and_answer(turn, request, *item,
                      action::snooze(*item, **until, tidy(readable(c.reason, {})), act(), actions()));
  }
  void operator()(const action_command::Title& c) const {
    change(c.item, [&](const action::Item& item) {
      return action::set_title(item, tidy(readable(c.title, {})), act(), actions());
    });
  }
  void operator()(const action_command::SetPriority& c) const {
    change(c.item, [&](const action::Item& item) { return action::set_priority(item, c.priority, act(), actions()); });
  }
  void operator()(const action_command::SetKind& c) const {
    change(c.item, [&](const action::Item& item) { return action::set_kind(item, c.kind, act(), actions()); });
  }
  void operator()(const action_command::SetTeam& c) const {
    if (!is_team(turn, c.team)) return refuse(turn, request, view::team_unknown(reader(), readable(c.team, {})));
    change(c.item, [&](const action::Item& item) { return action::set_team(item, c.team, act(), actions()); });
  }
  void operator()(const action_command::Help&) const { answer(turn, request, view::action_help(reader())); }
};

}  // namespace

void decide_action_command(Turn& turn, const inbound::Command& typed) {
  const auto request = begin_command(turn, typed);
  const auto parsed = parse_action_command(typed.text);
  const Run run{turn, request};
  if (parsed) return std::visit(run, *parsed);
  const auto& [fault, word, form] = parsed.error();
  const auto wrong_date = fault == CommandFault::bad_date ? action::due_error(word) : std::nullopt;
  if (wrong_date) return refuse(turn, request, view::due_wrong(run.reader(), readable(word, {}), *wrong_date, form));
  refuse(turn, request, explained(turn, parsed.error(), turn.settings.action_command));
}

}  // namespace vakt
