// Making channels and filling them: where a name may be ours already, and invitations of groups.
#include <algorithm>
#include <array>

#include "integrations/runtime/outbound_jobs.hpp"

namespace vakt {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using inbound::EffectDone;
using Kind = ApiAnswer::Kind;

namespace {

constexpr int most_list_pages = 100;
constexpr std::size_t most_invited = 100;  // in one call
constexpr auto groups_keep = 10min;
constexpr auto clock_difference = 120s;

// Says something of one user, not of the channel or of us.
bool of_one_user(const std::string& error) {
  static constexpr std::array<std::string_view, 11> codes = {"user_not_found",
                                                             "no_user",
                                                             "cant_invite",
                                                             "cant_invite_self",
                                                             "user_is_restricted",
                                                             "org_user_not_in_team",
                                                             "ura_max_channels",
                                                             "user_disabled",
                                                             "invitee_cant_see_channel",
                                                             "user_team_not_in_channel",
                                                             "users_not_found"};
  return std::ranges::find(codes, error) != codes.end();
}

}  // namespace

OutboundJobs::Done OutboundJobs::create(const OutboundTask& task, CallRules rules) {
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return done_of(task.effect, {Kind::refused, call.error().text});
  bool uncertain = task.tried;
  unsigned failures = 0;
  for (unsigned attempt = 0;; ++attempt) {
    if (uncertain) {
      std::optional<EffectDone> found = co_await adopt(task);
      if (found) co_return std::move(*found);
    }
    const ApiAnswer answer = co_await calls_.make(*call, rules);
    if (answer.kind == Kind::refused && answer.error == "name_taken") {
      std::optional<EffectDone> found = co_await adopt(task);
      if (found) co_return std::move(*found);
    }
    if (answer.kind == Kind::ok || answer.kind == Kind::refused) co_return done_of(task.effect, answer);
    if (answer.kind == Kind::uncertain) {
      uncertain = true;
      if (++failures >= SlackCalls::most_failures) co_return done_of(task.effect, {Kind::refused, answer.error});
    }
    co_await calls_.back_off(attempt);
  }
}

asio::awaitable<std::optional<EffectDone>> OutboundJobs::adopt(const OutboundTask& task) {
  const std::string name = std::get<effect::CreateChannel>(task.effect.body).name;
  const std::optional<FoundChannel> found = co_await find_by_name(name);
  if (!found) co_return std::nullopt;
  const std::string us = co_await own_user_id();
  // One that is older than the wish for it belongs to an earlier incident, of a database that is gone perhaps.
  const Instant made{std::chrono::seconds(found->created)};
  const bool older = task.created != Instant{} && found->created != 0 && made < task.created - clock_difference;
  if (us.empty() || found->creator != us || older) co_return done_of(task.effect, {Kind::refused, "name_taken"});
  EffectDone done;
  done.effect = task.effect;
  done.ok = true;
  done.values = {{"channel", found->id}, {"name", found->name}, {"adopted", "1"}};
  co_return done;
}

asio::awaitable<std::optional<FoundChannel>> OutboundJobs::find_by_name(std::string name) {
  const CallRules rules{Lane::chat};
  Form fields = {{"exclude_archived", "true"}, {"limit", "999"}, {"types", "public_channel"}};
  for (int page = 0; page < most_list_pages; ++page) {
    const ApiCall call = form_call("conversations.list", fields);
    const ApiAnswer answer = co_await calls_.insist(call, rules);
    if (answer.kind != Kind::ok) co_return std::nullopt;
    std::optional<FoundChannel> found = find_channel(answer.body, name);
    if (found) co_return found;
    const std::string cursor = next_cursor(answer.body);
    if (cursor.empty()) break;
    fields.resize(3);
    fields.emplace_back("cursor", cursor);
  }
  co_return std::nullopt;
}

asio::awaitable<std::string> OutboundJobs::own_user_id() {
  if (own_user_.empty()) {
    const CallRules rules{Lane::chat};
    const ApiCall call = form_call("auth.test", {});
    const ApiAnswer answer = co_await calls_.insist(call, rules);
    if (answer.kind == Kind::ok) own_user_ = own_user(answer.body);
  }
  co_return own_user_;
}

asio::awaitable<ApiAnswer> OutboundJobs::members_of(std::string handle, std::vector<UserId>& users) {
  if (groups_.empty() || calls_.now() - groups_at_ > groups_keep || !groups_.contains(handle)) {
    const CallRules rules{Lane::chat};
    const ApiCall call = form_call("usergroups.list", {{"include_users", "true"}});
    ApiAnswer answer = co_await calls_.insist(call, rules);
    if (answer.kind != Kind::ok) co_return answer;
    groups_ = groups_of(answer.body);
    groups_at_ = calls_.now();
  }
  const auto found = groups_.find(handle);
  if (found == groups_.end()) co_return ApiAnswer{Kind::refused, "group_not_found"};
  users.insert(users.end(), found->second.begin(), found->second.end());
  co_return ApiAnswer{Kind::ok};
}

// Always asked anew: who may change flags is decided from it.
OutboundJobs::Done OutboundJobs::look_up_group(const OutboundTask& task, CallRules rules) {
  const auto& look = std::get<effect::LookUpGroup>(task.effect.body);
  if (look.until != Instant{}) rules.until = look.until;
  const ApiCall call = form_call("usergroups.list", {{"include_users", "true"}});
  const ApiAnswer answer = co_await calls_.insist(call, rules);
  EffectDone done = done_of(task.effect, answer);
  if (!done.ok) co_return done;
  groups_ = groups_of(answer.body);
  groups_at_ = calls_.now();
  const auto found = groups_.find(look.group);
  if (found == groups_.end()) {
    done.ok = false;
    done.error = "no_such_group";
    co_return done;
  }
  std::string& members = done.values["members"];
  for (const UserId& user : found->second) members += (members.empty() ? "" : ",") + user;
  co_return done;
}

OutboundJobs::Done OutboundJobs::invite(const OutboundTask& task, CallRules rules) {
  const auto& wanted = std::get<effect::Invite>(task.effect.body);
  std::vector<UserId> users = wanted.users;
  ApiAnswer worst{Kind::ok};
  if (!wanted.group.empty()) worst = co_await members_of(wanted.group, users);
  std::ranges::sort(users);
  users.erase(std::ranges::unique(users).begin(), users.end());
  std::string left_out;
  for (std::size_t at = 0; at < users.size(); at += most_invited) {
    const std::vector<UserId> some(
        users.begin() + static_cast<std::ptrdiff_t>(at),
        users.begin() + static_cast<std::ptrdiff_t>(std::min(users.size(), at + most_invited)));
    const ApiCall together = invite_call(wanted.channel, some);
    ApiAnswer answer = co_await calls_.insist(together, rules);
    if (answer.kind != Kind::ok && !of_one_user(answer.error)) co_return done_of(task.effect, answer);
    if (answer.kind == Kind::ok) continue;
    for (const UserId& user : some) {
      const std::vector<UserId> one = {user};
      const ApiCall alone = invite_call(wanted.channel, one);
      if (some.size() > 1) answer = co_await calls_.insist(alone, rules);
      if (answer.kind == Kind::ok || answer.error == "cant_invite_self") continue;
      left_out += (left_out.empty() ? "" : ",") + user;
      worst = answer;
    }
  }
  EffectDone done = done_of(task.effect, worst);
  if (!left_out.empty()) done.values["not_invited"] = left_out;
  co_return done;
}

}  // namespace vakt
