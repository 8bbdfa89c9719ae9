// What all steps of an action item share: finding the one that is meant, keeping it, telling of it.
#include <algorithm>
#include <utility>

#include "bot/actions/folded.hpp"
#include "bot/actions/marker.hpp"
#include "bot/decide/action_turn.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

std::string link_of(const Turn& turn, const action::Item& item) {
  if (!item.channel.empty() && !item.ts.empty()) return permalink(turn.settings.self.team_url, item.channel, item.ts);
  const auto* incident = turn.incident();
  return incident && !incident->headline.ts.empty()
             ? permalink(turn.settings.self.team_url, incident->headline.channel, incident->headline.ts)
             : std::string{};
}

// Of the item's own incident, wherever the button for its card was pressed.
std::string title_of(const Turn& turn, const action::Item& item) {
  if (item.incidents.empty()) return {};
  const auto number = item.incidents.front();
  if (turn.incident() && turn.incident()->number == number) return readable(turn.incident()->title, {});
  const auto known = std::ranges::find(turn.facts.incidents, number, &Incident::number);
  return known == turn.facts.incidents.end() ? std::string{} : readable(known->title, {});
}

// The texts of an order, for people who read them in Trello.
void describe(const Turn& turn, const action::Item& item, action::CardOrder& order) {
  const bool unmapped = !item.owner.empty() && action::wanted_member(item, turn.settings.actions).empty();
  const auto name = turn.facts.known_names.find(item.owner);
  if (auto* create = std::get_if<action::CreateCard>(&order)) {
    create->board = known_board(turn, std::move(create->board));
    create->source_url = link_of(turn, item);
    create->description =
        view::card_description(reader_for(turn, item), item, title_of(turn, item), create->source_url, unmapped,
                               name == turn.facts.known_names.end() ? std::string{} : name->second);
    return;
  }
  auto& change = std::get<action::ChangeCard>(order);
  if (item.state == action::State::wont_do && change.closed) change.comment = item.reason;
  // A list that was renamed since stays the one that is meant.
  auto team = team_of(turn, item);
  team.board = known_board(turn, team.board);
  if (!change.list.empty() && item.card && item.card->board == team.board.id) change.list = action::todo_list(team);
}

bool is_tidy(const Incident& incident) { return !incident.channel.id.empty() && !incident.archived; }

}  // namespace

bool is_team(const Turn& turn, const std::string& name) {
  return name.empty() || std::ranges::any_of(turn.settings.actions.teams, [&](const action::Team& team) {
           return action::folded(team.name) == action::folded(name);
         });
}

std::string kept_value(const Turn& turn, const std::string& cursor) {
  const auto found = turn.facts.kept.find(cursor);
  return found == turn.facts.kept.end() ? std::string{} : found->second;
}

std::string form_context(action::ItemId id, const ChannelId& channel) { return std::to_string(id) + ":" + channel; }

ChannelId channel_of_form(const inbound::Submission& form) {
  const auto colon = form.context.find(':');
  if (!form.reply.channel.empty() || colon == std::string::npos) return form.reply.channel;
  return form.context.substr(colon + 1);
}

const action::Team& team_of(const Turn& turn, const action::Item& item) {
  return action::team_named(turn.settings.actions, item.team);
}

std::string channel_of(const Turn& turn, const action::Team& team) {
  return team.channel.empty() ? turn.settings.announce_channel : team.channel;
}

view::ActionReader reader_for(const Turn& turn, const action::Team& team) {
  return {turn.settings, team.timezone, local_date(turn.at, team.timezone)};
}
view::ActionReader reader_for(const Turn& turn, const action::Item& item) {
  return reader_for(turn, team_of(turn, item));
}

action::Act act_of(const Turn& turn, const UserId& user) { return {.by = user, .at = turn.at}; }

std::string marker_for(const Turn& turn, action::ItemId id) {
  return action::ulid(turn.at, turn.seed, static_cast<std::uint16_t>(id));
}

const action::Item* item_meant(Turn& turn, const Request& request, const action_command::ItemRef& ref) {
  const auto& found = turn.facts.items;
  if (found.size() == 1) return &found.front();
  const auto reader = reader_for(turn, turn.settings.actions.teams.front());
  refuse(turn, request, found.empty() ? view::item_unknown(reader, ref) : view::item_ambiguous(reader, found));
  return nullptr;
}

void keep_item(Turn& turn, action::Changed changed, const Request* waiting) {
  auto& item = changed.item;
  if (changed.order) {
    describe(turn, item, *changed.order);
    effect::WriteCard write{.order = std::move(*changed.order)};
    if (waiting) {
      write.response_url = waiting->reply.response_url;
      write.user = waiting->reply.user;
      write.channel = waiting->reply.channel;
    }
    turn.effect(std::move(write));
  }
  if (!changed.happened.empty()) {
    auto incidents = item.incidents;
    if (incidents.empty()) incidents.push_back(0);
    for (const auto number : incidents)
      turn.out.then.push_back(
          {.at = turn.at,
           .seed = turn.seed,
           .body = inbound::ItemHappened{.incident = number, .item = item, .happened = changed.happened}});
  }
  turn.out.items.push_back(std::move(item));
}

void keep_and_answer(Turn& turn, const Request& request, const action::Item& before, action::Outcome outcome,
                     const char* block) {
  const auto reader = reader_for(turn, before);
  if (!outcome) {
    if (!block) return refuse(turn, request, view::item_refused(reader, &before, outcome.error()));
    return form_error(turn, block, view::item_refused_in_form(reader, &before, outcome.error()));
  }
  auto message = view::item_changed(reader, outcome->item, outcome->happened);
  if (outcome->item.owner != before.owner) say_unmapped(turn, outcome->item, message);
  answer(turn, request, std::move(message));
  keep_item(turn, *std::move(outcome), &request);
}

void say_unmapped(Turn& turn, const action::Item& item, view::Message& message) {
  const auto& actions = turn.settings.actions;
  if (!actions.trello || item.stage == action::CardStage::none || item.owner.empty()) return;
  const auto said = kept::unmapped + item.owner;
  if (!action::member_of(actions, item.owner).empty() || turn.facts.kept.contains(said)) return;
  turn.out.cursors[said] = iso_utc(turn.at);
  view::add_owner_unmapped(reader_for(turn, item), item.owner, message);
}

void add_item(Turn& turn, const Request& request, action::NewItem wanted) {
  const auto* incident = turn.incident();
  wanted.id = turn.facts.next_item;
  wanted.marker = marker_for(turn, wanted.id);
  if (incident) {
    wanted.incident = incident->number;
    if (wanted.team.empty()) wanted.team = incident->team;
    if (wanted.priority == Severity::unset) wanted.priority = incident->severity;
  }
  const auto& team = action::team_named(turn.settings.actions, wanted.team);
  const auto reader = reader_for(turn, team);
  auto added = action::add(wanted, act_of(turn, request.reply.user), turn.settings.actions);
  if (!added) {
    if (request.way != Request::Way::form)
      return refuse(turn, request, view::item_refused(reader, nullptr, added.error()));
    return form_error(turn, "title", view::item_refused_in_form(reader, nullptr, added.error()));
  }
  auto message = view::item_added(reader, added->item);
  // The answer comes with the card's link, where that is there in time.
  if (added->order && request.way == Request::Way::command) {
    answer_follows(turn, request, std::move(message));
    return keep_item(turn, *std::move(added), &request);
  }
  if (!added->order) say_unmapped(turn, added->item, message);
  answer(turn, request, std::move(message));
  keep_item(turn, *std::move(added), &request);
}

// One entry each in the record; what matters is said once, in the channel of its first incident or else its team's.
void decide_item_happened(Turn& turn, const inbound::ItemHappened& now) {
  const auto reader = reader_for(turn, now.item);
  if (turn.incident())
    for (const auto& one : now.happened)
      turn.record(EntryKind::action, std::string{action::name(one.what)}, one.by,
                  view::item_entry(reader, now.item, one));
  if (!now.item.incidents.empty() && now.incident != now.item.incidents.front()) return;
  std::vector<action::Happened> told;
  std::ranges::copy_if(now.happened, std::back_inserter(told),
                       [](const action::Happened& one) { return action::is_told(one.what); });
  if (told.empty()) return;
  const bool there = turn.incident() && is_tidy(*turn.incident());
  turn.effect(effect::Post{.channel = there ? turn.incident()->channel.id : channel_of(turn, team_of(turn, now.item)),
                           .message = view::item_told(reader, now.item, told),
                           .purpose = "item",
                           .join = !there});
}

void decide_team_not_reached(Turn& turn, effect::Post post, const std::string& because) {
  constexpr std::size_t blocks_most = 50;
  const auto& teams = turn.settings.actions.teams;
  const auto team = std::ranges::find_if(
      teams, [&](const action::Team& one) { return channel_of(turn, one) == post.channel && !one.lead.empty(); });
  if (!post.join || !post.because.empty() || team == teams.end()) return;  // then the log alone says it
  if (post.message.blocks.size() < blocks_most) post.message.blocks.emplace_back(view::Context{because});
  post.channel = team->lead;
  post.because = because;
  post.join = false;
  turn.effect(std::move(post));
}

void ask_for_items(Turn& turn, const Request& request) {
  const auto& incident = *turn.incident();
  const auto asked = kept::asked_items + std::to_string(incident.number);
  if (incident.test || !turn.facts.items.empty() || turn.facts.kept.contains(asked)) return;
  turn.out.cursors[asked] = iso_utc(turn.at);
  auto to = request.reply;
  if (request.way == Request::Way::command) to.response_url.clear();  // its ack says what was done
  if (to.channel.empty()) to.channel = incident.channel.id;
  tell(
      turn, to,
      view::items_missing(reader_for(turn, action::team_named(turn.settings.actions, incident.team)), incident.number));
}

}  // namespace vakt
