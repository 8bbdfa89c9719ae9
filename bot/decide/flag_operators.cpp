// Who may change flags: user ids and the members of groups, as stored when the groups were last looked up.
#include <algorithm>

#include "bot/decide/flag_turn.hpp"
#include "bot/texts/mrkdwn.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto looked_up_every = 10min;

// Each once, in this order.
std::vector<ChannelId> where_to_ask(const Turn& turn, const ChannelId& asked_in) {
  std::vector<ChannelId> places;
  for (const auto& place :
       {turn.incident() ? turn.incident()->channel.id : ChannelId{}, turn.settings.announce_channel, asked_in})
    if (!place.empty() && std::ranges::find(places, place) == places.end()) places.push_back(place);
  return places;
}

std::string cursor_of(const std::string& group) { return group_cursor + group; }

}  // namespace

bool may_turn_off(const Turn& turn, const UserId& user) {
  return !turn.facts.operators || turn.facts.operators->contains(user);
}

bool may_turn_on(const Turn& turn, const UserId& user) {
  return turn.facts.operators && turn.facts.operators->contains(user);
}

void look_up_operators(Turn& turn, const Request* waiting, const std::string& target) {
  std::vector<effect::LookUpGroup> looks;
  for (const auto& one : flag_operators(turn.settings))
    if (one.starts_with('@')) looks.push_back({.group = one.substr(1)});
  turn.out.wakes.push_back({"operators", turn.at + looked_up_every});
  if (waiting && looks.empty()) return refuse_off(turn, *waiting, view::read_target(target));
  if (waiting) {
    auto& last = looks.back();
    last.asker = waiting->reply.user;
    last.channel = waiting->reply.channel;
    last.response_url = waiting->reply.response_url;
    last.target = target;
    last.until = turn.at + 1s;
  }
  for (auto& look : looks) turn.effect(std::move(look));
}

void ask_others(Turn& turn, const inbound::ReplyTo& asker, view::Message message, const char* purpose) {
  const auto places = where_to_ask(turn, asker.channel);
  turn.effect(effect::Post{.channel = places.empty() ? ChannelId{} : places.front(),
                           .message = std::move(message),
                           .purpose = purpose,
                           .asker = asker.user,
                           .asked_in = asker.channel,
                           .response_url = asker.response_url});
}

void decide_asked(Turn& turn, const effect::Post& post, const inbound::EffectDone& done) {
  if (done.ok) return;
  const auto places = where_to_ask(turn, post.asked_in);
  const auto failed = std::ranges::find(places, post.channel);
  if (failed != places.end() && failed + 1 != places.end()) {
    auto next = post;
    next.channel = *(failed + 1);
    return turn.effect(std::move(next));
  }
  tell(turn, {.response_url = post.response_url, .user = post.asker, .channel = post.asked_in},
       view::sentence(fill(flag_texts(turn.settings.language).nobody_asked,
                           {why_shown(turn.text, done.error), view::operators_words(turn.settings)})));
}

void refuse_off(Turn& turn, const Request& request, const view::FlagTarget& target) {
  ask_others(turn, request.reply, view::flag_asked(turn.settings, target, request.reply.user), "flag_asked");
  refuse(turn, request,
         fill(flag_texts(turn.settings.language).refused_asked,
              {code(target.name), escaped(target.environment), view::operators_words(turn.settings)}));
}

void decide_operators(Turn& turn, const effect::LookUpGroup& look, const inbound::EffectDone& done) {
  if (done.ok) {
    const auto members = done.values.find("members");
    turn.out.cursors[cursor_of(look.group)] = members == done.values.end() ? "" : members->second;
  } else if (done.error == "no_such_group") {
    turn.out.cursors[cursor_of(look.group)] = no_such_group;
  }  // else: what is stored stands
  if (look.asker.empty()) return;
  const Request request{{.response_url = look.response_url, .user = look.asker, .channel = look.channel},
                        Request::Way::press};
  const auto target = view::read_target(look.target);
  const auto members = done.values.find("members");
  const bool member = done.ok && members != done.values.end() &&
                      ("," + members->second + ",").find("," + look.asker + ",") != std::string::npos;
  // The other groups were looked up just before, and are stored; where there is no group at all, anyone may.
  const bool in_another = turn.facts.operators && turn.facts.operators->contains(look.asker);
  const bool no_group = done.error == "no_such_group" && flag_operators(turn.settings).size() == 1;
  if (!member && !in_another && !no_group) return refuse_off(turn, request, target);
  auto change = new_change(turn, request, target, flag::Action::off);
  start_change(turn, std::move(change));
}

std::optional<std::set<UserId>> read_operators(const Settings& settings,
                                               const std::function<std::string(const std::string&)>& cursor) {
  std::set<UserId> users;
  bool any = false;
  for (const auto& one : flag_operators(settings)) {
    if (!one.starts_with('@')) {
      users.insert(one);
      any = true;
      continue;
    }
    const auto members = cursor(cursor_of(one.substr(1)));
    if (members.empty() || members == no_such_group) continue;
    any = true;
    for (std::size_t from = 0; from < members.size();) {
      const auto end = std::min(members.find(',', from), members.size());
      users.insert(members.substr(from, end - from));
      from = end + 1;
    }
  }
  return any ? std::optional{users} : std::nullopt;
}

}  // namespace vakt
