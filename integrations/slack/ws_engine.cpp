#include "integrations/slack/ws_engine.hpp"

#include <exception>
#include <utility>
#include <websocketpp/client.hpp>
#include <websocketpp/config/core_client.hpp>

namespace vakt {
namespace {

using Client = websocketpp::client<websocketpp::config::core_client>;
namespace close_status = websocketpp::close::status;

const std::string accepted = "HTTP/1.1 101 ";
constexpr std::size_t longest_status_line = 1024;

}  // namespace

struct WsEngine::Impl {
  Client client;
  Client::connection_ptr connection;
  std::string output;
  std::vector<WsEvent> events;
  std::string status_line;  // what came before the first 13 bytes were seen
  bool upgraded = false;    // the first line says 101
  bool opened = false;
  bool ended = false;
  bool closing = false;  // we asked for it

  void emit(WsEvent::Kind kind, std::string text = {}, int code = 0) {
    if (ended) return;
    ended = kind == WsEvent::Kind::closed || kind == WsEvent::Kind::failed;
    if (kind == WsEvent::Kind::opened) opened = true;
    events.push_back(WsEvent{kind, std::move(text), code});
  }

  // Nothing that the peer sends may throw out of here.
  template <class F>
  void guarded(F body) {
    try {
      body();
    } catch (const std::exception& fault) {
      emit(WsEvent::Kind::failed, fault.what());
    } catch (...) {
      emit(WsEvent::Kind::failed, "unknown error");
    }
  }

  void prepare(const std::string& url) {
    client.clear_access_channels(websocketpp::log::alevel::all);
    client.clear_error_channels(websocketpp::log::elevel::all);
    client.set_user_agent("vakt");
    client.set_secure(true);  // whether it really is secure is the link's matter
    client.set_max_message_size(largest_message);
    client.set_write_handler([this](websocketpp::connection_hdl, const char* bytes, std::size_t size) {
      output.append(bytes, size);
      return websocketpp::lib::error_code();
    });
    websocketpp::lib::error_code fault;
    connection = client.get_connection(url, fault);
    if (fault || !connection) {
      connection.reset();
      return;
    }
    connection->set_max_message_size(largest_message);
    connection->set_open_handler([this](websocketpp::connection_hdl) { emit(WsEvent::Kind::opened); });
    connection->set_fail_handler([this](websocketpp::connection_hdl) {
      emit(WsEvent::Kind::failed, connection ? connection->get_ec().message() : "failed");
    });
    connection->set_message_handler([this](websocketpp::connection_hdl, const Client::message_ptr& message) {
      const bool text = message->get_opcode() == websocketpp::frame::opcode::text;
      emit(text ? WsEvent::Kind::text : WsEvent::Kind::binary, std::move(message->get_raw_payload()));
    });
    connection->set_ping_handler([this](websocketpp::connection_hdl, const std::string& payload) {
      emit(WsEvent::Kind::ping, payload);
      return true;
    });
    connection->set_pong_handler(
        [this](websocketpp::connection_hdl, const std::string& payload) { emit(WsEvent::Kind::pong, payload); });
  }

  // websocketpp waits for the end of TCP before it reports a close: we report as soon as the frame is there.
  void notice_the_end() {
    if (!opened || ended) return;
    const auto remote = connection->get_remote_close_code();
    if (remote != close_status::abnormal_close) {
      emit(WsEvent::Kind::closed, connection->get_remote_close_reason(), remote);
    } else if (!closing && connection->get_state() != websocketpp::session::state::open) {
      emit(WsEvent::Kind::failed, "the peer broke the protocol: " + connection->get_local_close_reason());
    }
  }

  // True once the first line was seen to say 101; only then does websocketpp get to see the bytes.
  bool past_status_line() {
    if (upgraded) return true;
    const std::size_t common = std::min(status_line.size(), accepted.size());
    if (status_line.compare(0, common, accepted, 0, common) == 0) {
      upgraded = common == accepted.size();
      return upgraded;
    }
    const std::size_t end = status_line.find('\r');
    if (end == std::string::npos && status_line.size() < longest_status_line) return false;
    std::string shown;
    for (const char c : status_line.substr(0, std::min<std::size_t>(end, 64))) shown += c >= 0x20 && c < 0x7f ? c : '?';
    emit(WsEvent::Kind::failed, "the upgrade was refused: " + shown);
    return false;
  }

  void read(const char* bytes, std::size_t size) {
    connection->read_all(bytes, size);
    notice_the_end();
  }
};

WsEngine::WsEngine(const std::string& url) : impl_(new Impl) {
  impl_->guarded([&] { impl_->prepare(url); });
  if (!impl_->connection) impl_->emit(WsEvent::Kind::failed, "the URL cannot be used");
}

WsEngine::~WsEngine() {
  impl_->ended = true;
  // A pending read holds the connection in a cycle: end it.
  impl_->guarded([&] {
    if (impl_->connection) impl_->connection->eof();
  });
}

void WsEngine::start() {
  impl_->guarded([&] {
    if (impl_->connection && !impl_->ended) impl_->client.connect(impl_->connection);
  });
}

void WsEngine::feed(const char* bytes, std::size_t size) {
  if (impl_->ended || size == 0) return;
  impl_->guarded([&] {
    if (impl_->upgraded) {
      impl_->read(bytes, size);
      return;
    }
    impl_->status_line.append(bytes, size);
    if (!impl_->past_status_line()) return;
    const std::string first = std::move(impl_->status_line);
    impl_->read(first.data(), first.size());
  });
}

void WsEngine::end_of_stream() {
  if (impl_->ended) return;
  if (impl_->opened)
    impl_->emit(WsEvent::Kind::closed, "", close_status::abnormal_close);
  else
    impl_->emit(WsEvent::Kind::failed, "the connection ended before the upgrade");
}

std::string WsEngine::take_output() { return std::exchange(impl_->output, {}); }
std::vector<WsEvent> WsEngine::take_events() { return std::exchange(impl_->events, {}); }

bool WsEngine::open() const { return impl_->opened && !impl_->ended && !impl_->closing; }

bool WsEngine::send_text(const std::string& text) {
  if (!open()) return false;
  bool sent = false;
  impl_->guarded([&] { sent = !impl_->connection->send(text, websocketpp::frame::opcode::text); });
  return sent;
}

bool WsEngine::ping(const std::string& payload) {
  if (!open()) return false;
  websocketpp::lib::error_code fault;
  impl_->guarded([&] { impl_->connection->ping(payload, fault); });
  return !fault;
}

bool WsEngine::close(int code, const std::string& reason) {
  if (!open()) return false;
  websocketpp::lib::error_code fault;
  impl_->closing = true;
  impl_->guarded([&] { impl_->connection->close(static_cast<close_status::value>(code), reason, fault); });
  return !fault;
}

}  // namespace vakt
