// How each kind of effect is carried out, with what is looked up first where an earlier try may have succeeded. Network
// thread only.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "integrations/runtime/outbound.hpp"
#include "integrations/runtime/slack_calls.hpp"

namespace vakt {

class OutboundJobs {
 public:
  OutboundJobs(SlackCalls& calls, std::string nonce_prefix, std::function<void(std::int64_t)> trying);

  // Throws Stopping; then nothing is known of the task. task must live until it ends.
  boost::asio::awaitable<inbound::EffectDone> run(const OutboundTask& task);

 private:
  using Done = boost::asio::awaitable<inbound::EffectDone>;

  Done simple(const OutboundTask& task, CallRules rules);
  Done post(const OutboundTask& task, CallRules rules);
  Done create(const OutboundTask& task, CallRules rules);
  Done invite(const OutboundTask& task, CallRules rules);
  Done respond(const OutboundTask& task, CallRules rules);
  Done open_modal(const OutboundTask& task, CallRules rules);

  // Our own message in its channel, or nothing where it is not there or cannot be looked for.
  boost::asio::awaitable<std::optional<inbound::EffectDone>> find_post(const OutboundTask& task, std::string nonce);
  boost::asio::awaitable<std::optional<FoundChannel>> find_by_name(std::string name);  // public, by name or id
  // Joins the public channel that a post is meant for; false where it is none, or Slack does not let us.
  boost::asio::awaitable<bool> join(const OutboundTask& task);
  // The same as an answer to CreateChannel: ours is adopted, another's is name_taken.
  boost::asio::awaitable<std::optional<inbound::EffectDone>> adopt(const OutboundTask& task);
  boost::asio::awaitable<std::string> own_user_id();
  boost::asio::awaitable<ApiAnswer> members_of(std::string handle, std::vector<UserId>& users);

  SlackCalls& calls_;
  std::string nonce_prefix_;
  std::function<void(std::int64_t)> trying_;
  std::string own_user_;  // "" until asked
  std::map<std::string, std::vector<UserId>> groups_;
  Instant groups_at_{};
};

}  // namespace vakt
