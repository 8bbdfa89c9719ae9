#include "integrations/runtime/outbound_jobs.hpp"

#include <algorithm>

namespace vakt {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using inbound::EffectDone;
using Kind = ApiAnswer::Kind;

namespace {

constexpr auto ephemeral_patience = 60s;
constexpr auto clock_difference = 60s;  // between us and Slack, generously
constexpr int most_pages = 10;

EffectDone failed(const Effect& effect, std::string error) {
  return done_of(effect, ApiAnswer{Kind::refused, std::move(error)});
}

Ts ts_of(Instant at) {
  const auto micros = std::max<std::int64_t>(at.time_since_epoch().count(), 0);
  const std::string fraction = std::to_string(micros % 1'000'000);
  return std::to_string(micros / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

}  // namespace

OutboundJobs::OutboundJobs(SlackCalls& calls, std::string nonce_prefix, std::function<void(std::int64_t)> trying)
    : calls_(calls), nonce_prefix_(std::move(nonce_prefix)), trying_(std::move(trying)) {}

OutboundJobs::Done OutboundJobs::run(const OutboundTask& task) {
  CallRules rules;
  rules.lane = lane(task.effect);
  rules.before_send = [this, id = task.outbox_id, said = false]() mutable {
    if (!std::exchange(said, true)) trying_(id);
  };
  // A view or an answer that may have been seen is not shown again.
  if (task.tried && rules.lane == Lane::answer) co_return failed(task.effect, "expired");
  if (std::holds_alternative<effect::Ephemeral>(task.effect.body)) rules.until = calls_.now() + ephemeral_patience;
  if (std::holds_alternative<effect::Post>(task.effect.body)) co_return co_await post(task, std::move(rules));
  if (std::holds_alternative<effect::CreateChannel>(task.effect.body))
    co_return co_await create(task, std::move(rules));
  if (std::holds_alternative<effect::Invite>(task.effect.body)) co_return co_await invite(task, std::move(rules));
  if (std::holds_alternative<effect::Respond>(task.effect.body)) co_return co_await respond(task, std::move(rules));
  if (std::holds_alternative<effect::OpenModal>(task.effect.body))
    co_return co_await open_modal(task, std::move(rules));
  co_return co_await simple(task, std::move(rules));
}

OutboundJobs::Done OutboundJobs::simple(const OutboundTask& task, CallRules rules) {
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return failed(task.effect, call.error().text);
  const ApiAnswer answer = co_await calls_.insist(*call, rules);
  co_return done_of(task.effect, answer);
}

OutboundJobs::Done OutboundJobs::post(const OutboundTask& task, CallRules rules) {
  const std::string nonce = nonce_prefix_ + "-" + std::to_string(task.outbox_id);
  const Result<ApiCall> call = call_for(task.effect, nonce);
  if (!call) co_return failed(task.effect, call.error().text);
  bool may_join = std::get<effect::Post>(task.effect.body).join;
  bool uncertain = task.tried;
  unsigned failures = 0;
  for (unsigned attempt = 0;; ++attempt) {
    if (uncertain) {
      std::optional<EffectDone> found = co_await find_post(task, nonce);
      if (found) co_return std::move(*found);
    }
    const ApiAnswer answer = co_await calls_.make(*call, rules);
    const bool outside =
        answer.kind == Kind::refused && (answer.error == "not_in_channel" || answer.error == "channel_not_found");
    if (outside && std::exchange(may_join, false) && co_await join(task)) continue;
    if (answer.kind == Kind::ok || answer.kind == Kind::refused) co_return done_of(task.effect, answer);
    if (answer.kind == Kind::uncertain) {
      uncertain = true;
      if (++failures >= SlackCalls::most_failures) co_return failed(task.effect, answer.error);
      // What was accepted needs a moment to show in the history.
      co_await calls_.pause(1s);
    }
    co_await calls_.back_off(attempt);
  }
}

asio::awaitable<bool> OutboundJobs::join(const OutboundTask& task) {
  const std::string wanted = std::get<effect::Post>(task.effect.body).channel;
  const std::optional<FoundChannel> found = co_await find_by_name(wanted);
  if (!found) co_return false;
  const Effect entering{task.effect.incident, effect::JoinChannel{found->id}};
  const Result<ApiCall> call = call_for(entering, "");
  if (!call) co_return false;
  const CallRules rules{Lane::chat};
  const ApiAnswer answer = co_await calls_.insist(*call, rules);
  co_return answer.kind == Kind::ok;
}

asio::awaitable<std::optional<EffectDone>> OutboundJobs::find_post(const OutboundTask& task, std::string nonce) {
  const auto& wanted = std::get<effect::Post>(task.effect.body);
  const CallRules rules{Lane::chat};
  ChannelId channel = wanted.channel;
  Form fields = {{"channel", channel}, {"limit", "200"}, {"include_all_metadata", "true"}, {"cursor", ""}};
  if (task.created != Instant{}) fields.emplace_back("oldest", ts_of(task.created - clock_difference));
  if (!wanted.thread_ts.empty()) fields.emplace_back("ts", wanted.thread_ts);
  const std::string method = wanted.thread_ts.empty() ? "conversations.history" : "conversations.replies";
  for (int page = 0; page < most_pages; ++page) {
    const ApiCall call = form_call(method, fields);
    const ApiAnswer answer = co_await calls_.insist(call, rules);
    if (answer.kind == Kind::refused && answer.error == "channel_not_found" && page == 0 && channel == wanted.channel) {
      // It was named by its name, which only posting takes.
      const std::optional<FoundChannel> named = co_await find_by_name(wanted.channel);
      if (!named || named->id == channel) co_return std::nullopt;
      channel = fields[0].second = named->id;
      continue;
    }
    if (answer.kind != Kind::ok) co_return std::nullopt;
    if (const auto ts = find_nonce(answer.body, nonce)) {
      EffectDone done;
      done.effect = task.effect;
      done.ok = true;
      done.values = {{"ts", *ts}, {"channel", channel}, {"adopted", "1"}};
      co_return done;
    }
    fields[3].second = next_cursor(answer.body);
    if (fields[3].second.empty()) break;
  }
  co_return std::nullopt;
}

OutboundJobs::Done OutboundJobs::respond(const OutboundTask& task, CallRules rules) {
  const auto& answer_to = std::get<effect::Respond>(task.effect.body);
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return failed(task.effect, call.error().text);
  rules.until = answer_to.until;
  if (!answer_to.response_url.empty()) {
    const ApiAnswer answer = co_await calls_.insist(*call, rules);
    if (answer.kind == Kind::ok) co_return done_of(task.effect, answer);
  }
  if (answer_to.channel.empty() || answer_to.user.empty()) co_return failed(task.effect, "expired");
  rules.until = calls_.now() + ephemeral_patience;
  const ApiCall instead = ephemeral_call(answer_to);
  const ApiAnswer answer = co_await calls_.make(instead, rules);
  co_return done_of(task.effect, answer);
}

OutboundJobs::Done OutboundJobs::open_modal(const OutboundTask& task, CallRules rules) {
  rules.until = std::get<effect::OpenModal>(task.effect.body).until;
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return failed(task.effect, call.error().text);
  bool uncertain = false;
  for (unsigned attempt = 0;; ++attempt) {
    ApiAnswer answer = co_await calls_.make(*call, rules);
    // The trigger is spent: the try before this one opened it.
    if (uncertain && answer.error == "exchanged_trigger_id") answer = {Kind::ok};
    if (answer.kind == Kind::refused && answer.error == "expired_trigger_id") answer.error = "expired";
    if (answer.kind == Kind::ok || answer.kind == Kind::refused) co_return done_of(task.effect, answer);
    uncertain = uncertain || answer.kind == Kind::uncertain;
    co_await calls_.back_off(attempt > 0 ? 1 : 0);
  }
}

}  // namespace vakt
