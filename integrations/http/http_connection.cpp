#include "integrations/http/http_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace vakt {
namespace asio = boost::asio;

namespace {

// What a coroutine throws leaves through io_context::run, to main's door.
void pass_on(const std::exception_ptr& thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

HttpConnection::HttpConnection(asio::any_io_executor executor, TlsTrust trust, Url url, ProxyChoice proxy)
    : executor_(executor), link_(executor, std::move(trust)), url_(std::move(url)), proxy_(std::move(proxy)) {}

void HttpConnection::listen(Listener listener) { listener_ = std::move(listener); }

void HttpConnection::begin(Exchange exchange, TlsLink::Deadline connect_by) {
  reader_.emplace(exchange.head);
  exchange_ = std::move(exchange);
  writing_began_ = started_;
  if (!std::exchange(started_, true)) {
    asio::co_spawn(executor_, serve(shared_from_this(), connect_by), pass_on);
    return;
  }
  writing_ = true;
  asio::co_spawn(executor_, write(shared_from_this(), std::move(exchange_->bytes)), pass_on);
}

void HttpConnection::drop() {
  listener_ = {};
  exchange_.reset();
  link_.drop();
}

asio::awaitable<void> HttpConnection::serve(std::shared_ptr<HttpConnection> self, TlsLink::Deadline connect_by) {
  const auto connected = co_await link_.connect(url_, proxy_, connect_by);
  if (!exchange_) co_return;
  if (!connected) {
    Outcome outcome{std::unexpected(connected.error())};
    end(std::move(outcome));
    co_return;
  }
  writing_began_ = true;
  writing_ = true;
  asio::co_spawn(executor_, write(self, std::move(exchange_->bytes)), pass_on);
  while (link_.open()) {
    const auto got = co_await link_.read_some(piece_.data(), piece_.size());
    take_in(got);
  }
}

asio::awaitable<void> HttpConnection::write(std::shared_ptr<HttpConnection> self, std::string bytes) {
  // A failed write is not the end: the answer may be there already, and if not, the reading ends too.
  co_await self->link_.write(std::move(bytes));
  writing_ = false;
}

void HttpConnection::take_in(std::expected<std::size_t, HttpError> got) {
  if (!exchange_) {
    link_.drop();
    if (const auto gone = std::exchange(listener_, {}).gone) gone();
    return;
  }
  if (!got) {
    end({std::unexpected(got.error()), false, reader_->untouched()});
    return;
  }
  const bool untouched = *got == 0 && reader_->untouched();
  auto read = *got == 0 ? std::optional(reader_->end_of_stream()) : reader_->feed({piece_.data(), *got});
  if (!read) return;
  if (*read) {
    end({std::move(**read), *got != 0 && !writing_ && reader_->keep_alive(), false});
    return;
  }
  const HttpFault fault = read->error();
  const char* what = fault == HttpFault::too_large ? ": the answer is too large"
                     : *got == 0                   ? ": the connection ended before the answer did"
                                                   : ": the answer is not HTTP";
  end({std::unexpected(HttpError{fault, url_.host + what}), false, untouched});
}

void HttpConnection::end(Outcome outcome) {
  exchange_.reset();
  const auto ended = std::exchange(listener_.ended, nullptr);
  if (!outcome.reusable) drop();
  if (ended) ended(std::move(outcome));
}

}  // namespace vakt
