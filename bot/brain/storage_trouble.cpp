// While storage fails: people are told at once, events stay unacknowledged and are tried again.
#include <algorithm>
#include <utility>

#include "bot/brain/brain.hpp"
#include "bot/texts/texts.hpp"
#include "bot/view/incident_view.hpp"

namespace vakt {

namespace {

using namespace std::chrono_literals;

constexpr auto retry_storage_after = 500ms;

const inbound::ReplyTo* reply_to(const Inbound& in) {
  if (const auto* one = std::get_if<inbound::Command>(&in.body)) return &one->reply;
  if (const auto* one = std::get_if<inbound::Press>(&in.body)) return &one->reply;
  if (const auto* one = std::get_if<inbound::Shortcut>(&in.body)) return &one->reply;
  if (const auto* one = std::get_if<inbound::Submission>(&in.body)) return &one->reply;
  return nullptr;
}

}  // namespace

bool Brain::is_from_person(const Inbound& in) { return reply_to(in) != nullptr; }

// Each kind of trouble is reported when it begins, not with each try.
void Brain::storage_fails(const std::string& error) {
  storage_works_ = false;
  if (std::exchange(trouble_, error) != error)
    outlet_.report(true, "The database cannot be written: " + error + " Nothing is acknowledged until it can.");
}

void Brain::storage_is_back() {
  storage_works_ = true;
  if (!std::exchange(trouble_, {}).empty()) outlet_.report(false, "The database can be written again.");
}

// Answers the people, also those who wait behind the batch, and puts the rest back in front of the queue.
void Brain::keep_for_later(std::vector<Inbound> batch) {
  std::vector<Inbound> people;
  const auto take_people = [&](auto& from) {
    std::erase_if(from, [&](Inbound& in) {
      // A kill goes out and is answered all the same (unrecorded_kill), and is recorded as soon as it can be.
      if (!is_from_person(in) || unrecorded_kill(in, settings_, known_operators_)) return false;
      people.push_back(std::move(in));
      return true;
    });
  };
  take_people(batch);
  std::unique_lock lock{mutex_};
  take_people(urgent_);
  lock.unlock();
  for (const auto& in : people) tell_not_recorded(in);
  if (batch.empty()) return;

  lock.lock();
  wake_.wait_for(lock, retry_storage_after, [this] { return stopping_; });
  if (stopping_) {  // nothing more can be done: Slack sends again what is not acknowledged, the outbox has the rest
    urgent_.clear();
    later_.clear();
    return;
  }
  for (auto in = batch.rbegin(); in != batch.rend(); ++in) urgent_.push_front(std::move(*in));
}

std::optional<Answer> Brain::refusal(const Inbound& in, std::string_view sentence, std::vector<OutboxRow>& messages) {
  const auto message = view::sentence(std::string{sentence});
  if (std::holds_alternative<inbound::Command>(in.body)) return Answer{.message = message};
  const auto* form = std::get_if<inbound::Submission>(&in.body);
  if (form && !form->values.empty())  // it stays open, nothing is lost
    return Answer{.form_errors = {{form->values.begin()->first, std::string{sentence}}}};
  const auto& to = *reply_to(in);
  messages.push_back({.effect = {.body = effect::Respond{.response_url = to.response_url,
                                                         .channel = to.channel,
                                                         .user = to.user,
                                                         .message = message,
                                                         .until = in.at + response_url_lasts}},
                      .created_at = in.at});
  return std::nullopt;
}

void Brain::tell_not_recorded(const Inbound& in) {
  std::vector<OutboxRow> messages;
  auto answer = refusal(in, texts(settings_.language).not_recorded, messages);
  outlet_.acknowledge({.connection = in.connection, .envelope_id = in.envelope_id, .answer = std::move(answer)});
  for (auto& message : messages) outlet_.submit(std::move(message));
}

}  // namespace vakt
