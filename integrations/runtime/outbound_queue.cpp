#include "integrations/runtime/outbound_queue.hpp"

#include <type_traits>

namespace vakt {
namespace {

struct KeyOf {
  const OutboundTask& task;

  std::string operator()(const effect::CreateChannel& e) const { return "create:" + e.name; }
  std::string operator()(const effect::PublishHome& e) const { return "home:" + e.user; }
  std::string operator()(const effect::LookUpUser&) const { return "users"; }
  std::string operator()(const effect::LookUpGroup& e) const { return "group:" + e.group; }
  std::string operator()(const effect::ChangeFlag& e) const { return "flag:" + e.wanted.key; }
  std::string operator()(const effect::StopFlag& e) const { return "flag:" + e.key; }
  std::string operator()(const effect::LookUpChannel&) const { return "channels"; }
  std::string operator()(const effect::FetchPage& e) const { return "page:" + e.channel; }
  std::string operator()(const effect::UploadDocument& e) const { return "document:" + e.channel; }
  std::string operator()(const auto& e) const {
    if (lane(task.effect) == Lane::answer) return "answer:" + std::to_string(task.outbox_id);
    return "channel:" + e.channel;
  }
};

bool replaces(const Effect& newer, const Effect& older) {
  if (newer.body.index() != older.body.index()) return false;
  if (std::holds_alternative<effect::SetTopic>(newer.body)) return true;  // the key says the channel
  if (std::holds_alternative<effect::PublishHome>(newer.body)) return true;
  // Reading again from the same moment or an earlier one finds all that the older reading would have.
  if (const auto* page = std::get_if<effect::FetchPage>(&newer.body)) {
    const auto& other = std::get<effect::FetchPage>(older.body);
    return page->cursor.empty() && page->thread_ts == other.thread_ts && page->oldest <= other.oldest;
  }
  // The newer one is written from all that the older would have been.
  if (const auto* upload = std::get_if<effect::UploadDocument>(&newer.body))
    return newer.incident == older.incident &&
           upload->document == std::get<effect::UploadDocument>(older.body).document;
  const auto* edit = std::get_if<effect::Update>(&newer.body);
  return edit && edit->ts == std::get<effect::Update>(older.body).ts;
}

}  // namespace

std::string queue_key(const OutboundTask& task) { return std::visit(KeyOf{task}, task.effect.body); }

std::vector<OutboundTask> OutboundQueue::add(OutboundTask task) {
  std::deque<OutboundTask>& waiting = lines_[queue_key(task)].waiting;
  std::vector<OutboundTask> needless;
  for (auto at = waiting.begin(); at != waiting.end();) {
    if (replaces(task.effect, at->effect)) {
      needless.push_back(std::move(*at));
      at = waiting.erase(at);
    } else {
      ++at;
    }
  }
  waiting.push_back(std::move(task));
  return needless;
}

std::optional<OutboundTask> OutboundQueue::take(const std::string& key) {
  const auto line = lines_.find(key);
  if (line == lines_.end() || line->second.busy || line->second.waiting.empty()) return std::nullopt;
  OutboundTask task = std::move(line->second.waiting.front());
  line->second.waiting.pop_front();
  line->second.busy = true;
  return task;
}

void OutboundQueue::free(const std::string& key) {
  const auto line = lines_.find(key);
  if (line == lines_.end()) return;
  line->second.busy = false;
  if (line->second.waiting.empty()) lines_.erase(line);
}

}  // namespace vakt
