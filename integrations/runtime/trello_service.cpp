#include "integrations/runtime/trello_service.hpp"

#include <utility>

#include "integrations/runtime/log.hpp"

namespace vakt {

namespace {

std::vector<action::BoardRef> boards_of(const action::Settings& settings) {
  std::vector<action::BoardRef> boards;
  for (const auto& team : settings.teams)
    if (!team.board.name.empty()) boards.push_back(team.board);
  return boards;
}

}  // namespace

TrelloService::TrelloService(boost::asio::io_context& io, HttpClient& http, const Config& config,
                             std::function<Instant()> now, Tell tell)
    : tell_(std::move(tell)),
      runner_(TrelloRunner::make(
          io, http,
          {.url = config.trello_api_url,
           .key = config.trello_key,
           .token = config.trello_token,
           .boards = boards_of(config.settings.actions)},
          std::move(now),
          {.written = [this](std::int64_t id, const action::CardOrder& asked,
                             action::CardWritten answer) { written(id, asked, std::move(answer)); },
           .read = [this](std::int64_t id, action::CardsRead answer) { read(id, std::move(answer)); },
           .warn = [](const std::string& sentence) { log(LogLevel::warning, sentence); }})) {}

bool TrelloService::submit(OutboundTask& task) {
  if (auto* write = std::get_if<effect::WriteCard>(&task.effect.body)) {
    const auto& asked = writes_[task.outbox_id] = std::move(*write);
    if (const auto* create = std::get_if<action::CreateCard>(&asked.order))
      runner_->create(task.outbox_id, *create, task.tried);
    else
      runner_->change(task.outbox_id, std::get<action::ChangeCard>(asked.order));
    return true;
  }
  if (auto* wanted = std::get_if<effect::ReadCards>(&task.effect.body)) {
    runner_->read(task.outbox_id, (reads_[task.outbox_id] = std::move(*wanted)).what);
    return true;
  }
  return false;
}

// outbox_id 0: it is still being tried, and nobody is answered yet.
void TrelloService::written(std::int64_t outbox_id, const action::CardOrder& asked, action::CardWritten answer) {
  const auto known = writes_.extract(outbox_id);
  tell_(outbox_id,
        inbound::CardWritten{known.empty() ? effect::WriteCard{.order = asked} : known.mapped(), std::move(answer)});
}

void TrelloService::read(std::int64_t outbox_id, action::CardsRead answer) {
  const auto known = reads_.extract(outbox_id);
  if (!known.empty()) tell_(outbox_id, inbound::CardsRead{known.mapped(), std::move(answer)});
}

}  // namespace vakt
