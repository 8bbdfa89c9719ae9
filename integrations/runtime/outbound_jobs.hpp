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
  // documents: outlives this; null where none are written.
  OutboundJobs(SlackCalls& calls, std::string nonce_prefix, DocumentWriter* documents);

  // Throws Stopping; then nothing is known of the task. task must live until it ends.
  boost::asio::awaitable<inbound::EffectDone> run(const OutboundTask& task);

 private:
  using Done = boost::asio::awaitable<inbound::EffectDone>;

  Done simple(const OutboundTask& task, CallRules rules);
  Done post(const OutboundTask& task, CallRules rules);
  Done create(const OutboundTask& task, CallRules rules);
  Done bookmark(const OutboundTask& task, CallRules rules);
  Done invite(const OutboundTask& task, CallRules rules);
  Done look_up_group(const OutboundTask& task, CallRules rules);
  Done respond(const OutboundTask& task, CallRules rules);
  Done open_modal(const OutboundTask& task, CallRules rules);
  Done upload(const OutboundTask& task, CallRules rules);
  Done share(const OutboundTask& task, CallRules rules);

  // What an earlier try has done (of an earlier run: nothing was sent in this one), or nothing where it has to be done.
  using Look = std::function<boost::asio::awaitable<std::optional<inbound::EffectDone>>(bool earlier_run)>;
  // Sends until it is known what became of it, and looks first wherever it may have been done.
  Done once(const OutboundTask& task, const ApiCall& call, const CallRules& rules, const Look& look);

  // Our own message in its channel, or nothing where it is not there or cannot be looked for.
  boost::asio::awaitable<std::optional<inbound::EffectDone>> find_post(const OutboundTask& task, std::string nonce,
                                                                       bool earlier_run);
  // Our posts in a channel or thread since `oldest`.
  struct Posted {
    ChannelId channel;
    Ts oldest;
    std::map<std::string, Ts> nonces;
  };
  boost::asio::awaitable<Posted> read_posts(const effect::Post& wanted, Ts oldest);
  boost::asio::awaitable<std::optional<inbound::EffectDone>> find_bookmark(const OutboundTask& task);
  // Gives the bookmark with the earlier link the new one; nothing where there is none.
  boost::asio::awaitable<std::optional<inbound::EffectDone>> edit_bookmark(const OutboundTask& task, CallRules rules,
                                                                           std::string earlier);
  boost::asio::awaitable<std::optional<inbound::EffectDone>> find_share(const OutboundTask& task);
  boost::asio::awaitable<std::optional<FoundChannel>> find_by_name(std::string name);  // public, by name or id
  // Joins the public channel that a post is meant for; false where it is none, or Slack does not let us.
  boost::asio::awaitable<bool> join(const OutboundTask& task);
  // The same as an answer to CreateChannel: ours is adopted, another's is name_taken.
  boost::asio::awaitable<std::optional<inbound::EffectDone>> adopt(const OutboundTask& task);
  boost::asio::awaitable<std::string> own_user_id();
  boost::asio::awaitable<ApiAnswer> members_of(std::string handle, std::vector<UserId>& users);

  SlackCalls& calls_;
  std::string nonce_prefix_;
  DocumentWriter* documents_;
  std::string own_user_;                   // "" until asked
  std::map<std::string, Posted> earlier_;  // by channel and thread: the newest reading of each
  std::map<std::string, std::vector<UserId>> groups_;
  Instant groups_at_{};
};

}  // namespace vakt
