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
constexpr int most_pages = 50;

EffectDone failed(const Effect& effect, std::string error) {
  return done_of(effect, ApiAnswer{Kind::refused, std::move(error)});
}

Ts ts_of(Instant at) {
  const auto micros = std::max<std::int64_t>(at.time_since_epoch().count(), 0);
  const std::string fraction = std::to_string(micros % 1'000'000);
  return std::to_string(micros / 1'000'000) + "." + std::string(6 - fraction.size(), '0') + fraction;
}

}  // namespace

OutboundJobs::OutboundJobs(SlackCalls& calls, std::string nonce_prefix, DocumentWriter* documents)
    : calls_(calls), nonce_prefix_(std::move(nonce_prefix)), documents_(documents) {}

OutboundJobs::Done OutboundJobs::run(const OutboundTask& task) {
  CallRules rules;
  rules.lane = lane(task.effect);
  // A view or an answer that may have been seen is not shown again.
  const bool for_one = std::holds_alternative<effect::Ephemeral>(task.effect.body);
  if (task.tried && (for_one || rules.lane == Lane::answer)) co_return failed(task.effect, "expired");
  if (for_one) rules.until = calls_.now() + ephemeral_patience;
  if (std::holds_alternative<effect::Post>(task.effect.body)) co_return co_await post(task, std::move(rules));
  if (std::holds_alternative<effect::CreateChannel>(task.effect.body))
    co_return co_await create(task, std::move(rules));
  if (std::holds_alternative<effect::AddBookmark>(task.effect.body))
    co_return co_await bookmark(task, std::move(rules));
  if (std::holds_alternative<effect::Invite>(task.effect.body)) co_return co_await invite(task, std::move(rules));
  if (std::holds_alternative<effect::LookUpGroup>(task.effect.body))
    co_return co_await look_up_group(task, std::move(rules));
  if (std::holds_alternative<effect::Respond>(task.effect.body)) co_return co_await respond(task, std::move(rules));
  if (std::holds_alternative<effect::OpenModal>(task.effect.body))
    co_return co_await open_modal(task, std::move(rules));
  if (std::holds_alternative<effect::UploadDocument>(task.effect.body))
    co_return co_await upload(task, std::move(rules));
  if (std::holds_alternative<effect::ShareFile>(task.effect.body)) co_return co_await share(task, std::move(rules));
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
  const Look look = [this, &task, &nonce](bool earlier_run) { return find_post(task, nonce, earlier_run); };
  EffectDone done = co_await once(task, *call, rules, look);
  const bool outside = !done.ok && (done.error == "not_in_channel" || done.error == "channel_not_found");
  if (!outside || !std::get<effect::Post>(task.effect.body).join) co_return done;
  if (co_await join(task)) co_return co_await once(task, *call, rules, look);
  co_return done;
}

OutboundJobs::Done OutboundJobs::bookmark(const OutboundTask& task, CallRules rules) {
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return failed(task.effect, call.error().text);
  const std::string earlier = std::get<effect::AddBookmark>(task.effect.body).replaces;
  if (!earlier.empty()) {
    const std::optional<EffectDone> edited = co_await edit_bookmark(task, rules, earlier);
    if (edited) co_return *edited;
  }
  const Look look = [this, &task](bool) { return find_bookmark(task); };
  co_return co_await once(task, *call, rules, look);
}

OutboundJobs::Done OutboundJobs::once(const OutboundTask& task, const ApiCall& call, const CallRules& rules,
                                      const Look& look) {
  bool uncertain = task.tried;
  unsigned failures = 0;
  for (unsigned attempt = 0;; ++attempt) {
    if (uncertain) {
      std::optional<EffectDone> found = co_await look(failures == 0);
      if (found) co_return std::move(*found);
    }
    const ApiAnswer answer = co_await calls_.make(call, rules);
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

asio::awaitable<std::optional<EffectDone>> OutboundJobs::find_post(const OutboundTask& task, std::string nonce,
                                                                   bool earlier_run) {
  const auto& wanted = std::get<effect::Post>(task.effect.body);
  const std::string place = wanted.channel + "/" + wanted.thread_ts;
  const Ts oldest = task.created == Instant{} ? Ts{} : ts_of(task.created - clock_difference);
  // What an earlier run has posted does not change any more: one reading serves all that it left.
  auto known = earlier_.find(place);
  if (!earlier_run || known == earlier_.end() || known->second.oldest > oldest) {
    Posted posted = co_await read_posts(wanted, oldest);
    known = earlier_.insert_or_assign(place, std::move(posted)).first;
  }
  const auto& [channel, from, nonces] = known->second;
  const auto found = nonces.find(nonce);
  if (found == nonces.end()) co_return std::nullopt;
  EffectDone done;
  done.effect = task.effect;
  done.ok = true;
  done.values = {{"ts", found->second}, {"channel", channel}, {"adopted", "1"}};
  co_return done;
}

asio::awaitable<OutboundJobs::Posted> OutboundJobs::read_posts(const effect::Post& wanted, Ts oldest) {
  const CallRules rules{Lane::chat};
  Posted posted{wanted.channel, oldest, {}};
  Form fields = {{"channel", wanted.channel}, {"limit", "200"}, {"include_all_metadata", "true"}, {"cursor", ""}};
  if (!oldest.empty()) fields.emplace_back("oldest", oldest);
  if (!wanted.thread_ts.empty()) fields.emplace_back("ts", wanted.thread_ts);
  const std::string method = wanted.thread_ts.empty() ? "conversations.history" : "conversations.replies";
  for (int page = 0; page < most_pages; ++page) {
    const ApiCall call = form_call(method, fields);
    const ApiAnswer answer = co_await calls_.insist(call, rules);
    if (answer.kind == Kind::refused && answer.error == "channel_not_found" && posted.channel == wanted.channel) {
      // It was named by its name, which only posting takes.
      const std::optional<FoundChannel> named = co_await find_by_name(wanted.channel);
      if (!named || named->id == wanted.channel) break;
      posted.channel = fields[0].second = named->id;
      continue;
    }
    if (answer.kind != Kind::ok) break;
    add_nonces(answer.body, posted.nonces);
    fields[3].second = next_cursor(answer.body);
    if (fields[3].second.empty()) break;
  }
  co_return posted;
}

asio::awaitable<std::optional<EffectDone>> OutboundJobs::find_bookmark(const OutboundTask& task) {
  const auto& wanted = std::get<effect::AddBookmark>(task.effect.body);
  const CallRules rules{Lane::chat};
  const ApiCall call = form_call("bookmarks.list", {{"channel_id", wanted.channel}});
  const ApiAnswer answer = co_await calls_.insist(call, rules);
  if (answer.kind != Kind::ok) co_return done_of(task.effect, answer);  // two would be worse than none
  if (!has_bookmark(answer.body, wanted.link)) co_return std::nullopt;
  co_return done_of(task.effect, answer);
}

asio::awaitable<std::optional<EffectDone>> OutboundJobs::edit_bookmark(const OutboundTask& task, CallRules rules,
                                                                       std::string earlier) {
  const auto& wanted = std::get<effect::AddBookmark>(task.effect.body);
  const ApiCall list = form_call("bookmarks.list", {{"channel_id", wanted.channel}});
  const ApiAnswer listed = co_await calls_.insist(list, rules);
  const std::string id = listed.kind == Kind::ok ? bookmark_id(listed.body, earlier) : std::string();
  if (id.empty()) co_return std::nullopt;
  const ApiCall edit = edit_bookmark_call(wanted, id);
  const ApiAnswer answer = co_await calls_.insist(edit, rules);
  co_return done_of(task.effect, answer);
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
