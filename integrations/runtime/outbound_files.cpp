// A document on its way into a channel. Its bytes are given to Slack first, as a file that nobody sees; the file's id
// is committed, and then it is shown. A crash before the commit leaves a file that is never shown, a crash after it is
// followed by a look at the file itself: so it is shown once.
#include "integrations/runtime/outbound_jobs.hpp"

namespace vakt {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using inbound::EffectDone;
using Kind = ApiAnswer::Kind;

namespace {

constexpr auto patience = 5min;  // somebody waits for it, and can be told how to get it otherwise

EffectDone not_done(const Effect& effect, std::string error) {
  return done_of(effect, ApiAnswer{Kind::refused, std::move(error)});
}

}  // namespace

OutboundJobs::Done OutboundJobs::upload(const OutboundTask& task, CallRules rules) {
  const auto& wanted = std::get<effect::UploadDocument>(task.effect.body);
  if (!documents_) co_return not_done(task.effect, "no_record");
  const auto start = [this, &task, &wanted](std::function<void(Result<DocumentFile>)> done) {
    documents_->write(task.effect.incident, wanted.document, std::move(done));
  };
  const Result<DocumentFile> file = co_await calls_.given<Result<DocumentFile>>(start);
  if (!file) {
    EffectDone done = not_done(task.effect, "not_written");
    done.values["why"] = file.error().text;
    co_return done;
  }
  rules.until = calls_.now() + patience;
  const ApiCall place = place_call(file->name, file->bytes.size());
  for (unsigned attempt = 0;; ++attempt) {
    const ApiAnswer given = co_await calls_.insist(place, rules);
    if (given.kind != Kind::ok) co_return done_of(task.effect, given);
    const std::optional<UploadPlace> at = upload_place(given.body);
    if (!at) co_return not_done(task.effect, "no_upload_url");
    const ApiCall bytes = upload_call(at->url, file->bytes);
    const ApiAnswer sent = co_await calls_.make(bytes, rules);
    if (sent.error == "expired") co_return done_of(task.effect, sent);
    if (sent.kind == Kind::ok) {
      EffectDone done = done_of(task.effect, sent);
      done.values = {{"file", at->file}, {"title", file->title}, {"comment", file->comment}};
      co_return done;
    }
    // Whatever became of the bytes, a new place is a new file, and the old one is never shown.
    co_await calls_.back_off(attempt);
  }
}

OutboundJobs::Done OutboundJobs::share(const OutboundTask& task, CallRules rules) {
  const Result<ApiCall> call = call_for(task.effect, "");
  if (!call) co_return not_done(task.effect, call.error().text);
  rules.until = calls_.now() + patience;
  const Look look = [this, &task](bool) { return find_share(task); };
  co_return co_await once(task, *call, rules, look);
}

asio::awaitable<std::optional<EffectDone>> OutboundJobs::find_share(const OutboundTask& task) {
  const auto& wanted = std::get<effect::ShareFile>(task.effect.body);
  const CallRules rules{.lane = Lane::chat, .until = calls_.now() + patience};
  const ApiCall call = form_call("files.info", {{"file", wanted.file}});
  const ApiAnswer answer = co_await calls_.insist(call, rules);
  if (answer.kind != Kind::ok || !is_shared_in(answer.body, wanted.channel)) co_return std::nullopt;
  EffectDone done;
  done.effect = task.effect;
  done.ok = true;
  done.values = {{"adopted", "1"}};
  co_return done;
}

}  // namespace vakt
