#include "integrations/runtime/unrecorded_kills.hpp"

#include <boost/asio/steady_timer.hpp>

#include "bot/view/flag_view.hpp"
#include "integrations/runtime/log.hpp"

namespace vakt {

using namespace std::chrono_literals;

namespace {

constexpr auto ledger_may_take = 200ms;
constexpr std::size_t remembered = 1000;

}  // namespace

struct UnrecordedKills::Waiting {
  UnrecordedKill kill;
  Inbound in;  // without its text: who, where, and where the answer goes
  inbound::ReplyTo reply;
  boost::asio::steady_timer timer;
};

UnrecordedKills::UnrecordedKills(boost::asio::io_context& io, const Settings& settings, Ways ways)
    : io_(io), settings_(settings), ways_(std::move(ways)) {}

UnrecordedKills::~UnrecordedKills() {
  for (auto& [id, waiting] : waiting_) waiting->timer.cancel();
}

void UnrecordedKills::arrived(const Inbound& in) {
  auto kill = unrecorded_kill(in, settings_, operators_);
  if (!kill || waiting_.contains(in.envelope_id) || gone_out_.contains(in.envelope_id)) return;
  inbound::ReplyTo reply;
  if (const auto* typed = std::get_if<inbound::Command>(&in.body)) reply = typed->reply;
  if (const auto* press = std::get_if<inbound::Press>(&in.body)) reply = press->reply;
  Inbound kept{.at = in.at, .connection = in.connection, .envelope_id = in.envelope_id};
  auto waiting = std::make_shared<Waiting>(
      Waiting{std::move(*kill), std::move(kept), std::move(reply), boost::asio::steady_timer{io_, ledger_may_take}});
  waiting_[in.envelope_id] = waiting;
  ways_.expect(waiting->kill.wanted);
  waiting->timer.async_wait([this, id = in.envelope_id](boost::system::error_code cancelled) {
    if (!cancelled) go(id);
  });
}

bool UnrecordedKills::answered(const std::string& envelope_id) {
  if (const auto waiting = waiting_.find(envelope_id); waiting != waiting_.end()) {
    waiting->second->timer.cancel();
    waiting_.erase(waiting);
    return false;
  }
  return gone_out_.contains(envelope_id);
}

void UnrecordedKills::go(const std::string& envelope_id) {
  const auto found = waiting_.find(envelope_id);
  if (found == waiting_.end()) return;
  const auto waiting = found->second;
  waiting_.erase(found);
  if (gone_out_.size() >= remembered) gone_out_.clear();
  gone_out_[envelope_id] = waiting;
  const auto& wanted = waiting->kill.wanted;
  log(LogLevel::error, "NOT RECORDED YET: " + waiting->reply.user + " turns off \"" + wanted.name + "\" in \"" +
                           wanted.environment + "\". The ledger does not answer; the kill goes out all the same.");
  ways_.start(wanted);
  ways_.acknowledge(waiting->in.connection, envelope_id, waiting->kill.answer);
}

void UnrecordedKills::moved(const inbound::FlagProgress& told) {
  if (!flag::is_over(told.progress.standing) && told.progress.standing != flag::Standing::unknown) return;
  const auto found = gone_out_.find(told.wanted.key);
  if (found == gone_out_.end()) return;
  const auto& [kill, in, reply, timer] = *found->second;
  flag::Change change{.wanted = told.wanted, .progress = told.progress, .by = reply.user, .requested_at = in.at};
  log(LogLevel::error, "NOT RECORDED YET: " + view::flag_change_line(settings_, change));
  if (reply.response_url.empty()) return;
  ways_.respond({.response_url = reply.response_url,
                 .channel = reply.channel,
                 .user = reply.user,
                 .message = view::flag_change(settings_, change),
                 .until = in.at + response_url_lasts});
}

}  // namespace vakt
