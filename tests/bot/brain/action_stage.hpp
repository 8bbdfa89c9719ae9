// A stage with a Trello: what is asked of it waits until serve().
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/bot/brain/stage.hpp"
#include "tests/bot/view/action_make.hpp"

namespace vakt::test {

struct ActionStage : Stage {
  std::map<std::string, action::CardSeen> cards;    // by short link
  std::map<std::string, action::CardFault> faults;  // of those that cannot be read
  action::Trouble trouble = action::Trouble::none;  // nothing is read or written meanwhile
  std::string refuses;                              // its words to every order
  std::vector<std::string> left_out;                // what a new card is made without
  std::vector<action::CardOrder> orders;            // that were carried out or refused
  std::vector<effect::ReadCards> readings;          // that were answered

  explicit ActionStage(Settings given = with_trello()) : Stage(std::move(given)) {}
  static Settings with_trello() {
    Settings settings = without_trello();
    settings.actions.trello = true;
    settings.actions.teams.front().board = board("Drift");
    return settings;
  }
  static Settings without_trello() {
    Settings settings;
    settings.timezone = "Europe/Oslo";
    settings.actions.teams.front().timezone = "Europe/Oslo";
    settings.actions.members = {{"U1", "kari"}, {"U2", "ola"}};
    settings.actions.deadlines = {15, 30, std::nullopt, std::nullopt};
    return settings;
  }
  static action::BoardRef board(const std::string& name) {
    using enum action::ListRole;
    return {.name = name, .id = {}, .lists = {{"To do", todo, {}}, {"Doing", doing, {}}, {"Done", done, {}}}};
  }

  // Everything that the ack says.
  std::string action(const std::string& text, const ChannelId& in = "C1", const UserId& by = "U1") {
    auto command = typed(text, in, by);
    command.command = "/action";
    give(std::move(command));
    return answer_text();
  }
  std::string answer_text() const {
    const auto& answer = outlet.acks.back().answer;
    return answer ? view::everything(answer->message) : std::string{};
  }
  // What the form said under its blocks.
  std::map<std::string, std::string> form_errors() const {
    const auto& answer = outlet.acks.back().answer;
    return answer ? answer->form_errors : std::map<std::string, std::string>{};
  }
  // Answers to people beside the acks: where each went, and all that it says.
  std::vector<std::pair<std::string, std::string>> answers() const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& effect : done) {
      if (const auto* respond = std::get_if<effect::Respond>(&effect.body))
        out.emplace_back(respond->response_url, view::everything(respond->message));
      if (const auto* whisper = std::get_if<effect::Ephemeral>(&effect.body))
        out.emplace_back(whisper->channel + "/" + whisper->user, view::everything(whisper->message));
    }
    return out;
  }
  // Posts of that purpose: the channel, and all that they say.
  std::vector<std::pair<std::string, std::string>> posts(const std::string& purpose) const {
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& post : effects<effect::Post>())
      if (post.purpose == purpose || (purpose.ends_with(':') && post.purpose.starts_with(purpose)))
        out.emplace_back(post.channel, view::everything(post.message));
    return out;
  }
  const action::Item& item(action::ItemId id = 1) const { return ledger.kept.items.at(id); }
  action::Item& change_item(action::ItemId id = 1) { return ledger.kept.items.at(id); }
  std::vector<std::string> recorded(IncidentNumber incident = 1) {
    std::vector<std::string> out;
    for (const auto& entry : entries_of(EntryKind::action, incident)) out.push_back(entry.detail);
    return out;
  }

  void second_incident(const std::string& title) {
    auto incident = ledger.kept.incidents.at(1);
    incident.number = 2;
    incident.title = title;
    incident.channel = {"CINC2", "inc-2"};
    ledger.kept.incidents[2] = incident;
  }
  // Wake-ups of that time, and what Trello says to them.
  void pass_served(Micros length) {
    const auto until = now + length;
    while (const auto next = ledger.next_wake_up()) {
      if (*next > until) break;
      now = std::max(now, *next);
      fire();
      serve();
    }
    now = until;
  }

  action::CardSeen& add_card(const std::string& short_link, const std::string& title) {
    return cards[short_link] = {.card = {.id = std::string(16, '0') + short_link,
                                         .short_link = short_link,
                                         .url = "https://trello.com/c/" + short_link,
                                         .board = "id of Drift"},
                                .number = 676 + static_cast<std::int64_t>(cards.size()),
                                .title = title,
                                .list = "id of To do",
                                .role = action::ListRole::todo};
  }
  action::CardSeen& card(action::ItemId id = 1) { return cards.at(item(id).card->short_link); }

  void serve() {
    std::vector<OutboxRow> held;
    while (!for_trello.empty())
      for (const auto& row : std::exchange(for_trello, {})) {
        if (const auto* read = std::get_if<effect::ReadCards>(&row.effect.body))
          bring(row.id, inbound::CardsRead{*read, reading(*read)});
        else if (!write(row))
          held.push_back(row);
      }
    for_trello = std::move(held);
  }
  // The poll's turn, and its answer.
  void poll() {
    ledger.kept.wake_ups.erase("actions_poll");
    brain.run_batch({{.at = now, .body = inbound::Due{"actions_poll"}}});
    carry_out();
    serve();
  }

 private:
  void bring(std::int64_t outbox_id, InboundBody body) {
    brain.run_batch({{.at = now, .outbox_id = outbox_id, .body = std::move(body)}});
    carry_out();
  }
  // False: it is still being tried.
  bool write(const OutboxRow& row) {
    const auto& asked = std::get<effect::WriteCard>(row.effect.body);
    action::CardWritten answer{
        .card = {}, .refused = refuses, .named = refuses, .trouble = trouble, .left_out = left_out};
    if (trouble != action::Trouble::none) {
      answer.refused.clear();
      return bring(0, inbound::CardWritten{effect::WriteCard{.order = asked.order}, answer}), false;
    }
    orders.push_back(asked.order);
    if (refuses.empty()) answer.card = carried_out(asked.order);
    bring(row.id, inbound::CardWritten{asked, answer});
    return true;
  }
  action::CardSeen carried_out(const action::CardOrder& order) {
    if (const auto* create = std::get_if<action::CreateCard>(&order)) {
      auto& made = add_card("Card000" + std::to_string(cards.size() + 1), create->title);
      made.due = create->due;
      made.members = create->members;
      return made;
    }
    const auto& change = std::get<action::ChangeCard>(order);
    auto& card = cards.at(change.card.short_link);
    if (change.title) card.title = *change.title;
    if (change.due) card.due = *change.due;
    if (change.complete) card.complete = *change.complete;
    if (change.closed) card.closed = *change.closed;
    for (const auto& member : change.members_off) std::erase(card.members, member);
    for (const auto& member : change.members.value_or(std::vector<std::string>{}))
      if (std::ranges::find(card.members, member) == card.members.end()) card.members.push_back(member);
    return card;
  }
  action::CardsRead reading(const effect::ReadCards& asked) {
    readings.push_back(asked);
    action::CardsRead answer{.asked = asked.what, .began_at = now, .trouble = trouble, .boards = asked.what.boards};
    for (const auto& one : asked.what.cards) {
      const auto found = std::ranges::find_if(
          cards, [&](const auto& known) { return one.card == known.first || one.card == known.second.card.id; });
      const auto fault = faults.find(found == cards.end() ? one.card : found->first);
      if (trouble != action::Trouble::none)
        answer.cards.emplace_back(one.item, action::CardUnread{});
      else if (fault != faults.end())
        answer.cards.emplace_back(one.item, action::CardUnread{.fault = fault->second});
      else if (found == cards.end())
        answer.cards.emplace_back(one.item, action::CardUnread{.fault = action::CardFault::not_found});
      else
        answer.cards.emplace_back(one.item, found->second);
    }
    if (trouble != action::Trouble::none) return answer;
    for (auto& board : answer.boards) {
      board.id = "id of " + board.name;
      for (auto& list : board.lists) list.id = "id of " + list.name;
    }
    return answer;
  }
};

// An incident declared from C1 by U1 (its channel is CINC1), with a Trello.
struct ActionIncident : ActionStage {
  explicit ActionIncident(Settings given = with_trello()) : ActionStage(std::move(given)) {
    command("declare sev1 Backend down");
    done.clear();
  }
};

}  // namespace vakt::test
