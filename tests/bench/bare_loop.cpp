// The least that any bot of this kind must do: reads WebSocket frames, commits them to SQLite (WAL, synchronous FULL),
// acknowledges. What has arrived together is committed together. bare_loop PORT PATH DATABASE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iostream>
#include <string>
#include <utility>

#include "tests/bench/websocket.hpp"

namespace {

using bench::websocket::append_frame;
using bench::websocket::next_frame;
using bench::websocket::Opcode;

[[noreturn]] void fail(const std::string& what) {
  std::cerr << "bare_loop: " << what << "\n";
  std::exit(1);
}

class Database {
 public:
  explicit Database(const char* path) {
    if (sqlite3_open(path, &db_) != SQLITE_OK) fail("the database cannot be opened");
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE messages (id INTEGER PRIMARY KEY, envelope TEXT NOT NULL, frame TEXT NOT NULL) STRICT");
    begin_ = prepare("BEGIN IMMEDIATE");
    insert_ = prepare("INSERT INTO messages (envelope, frame) VALUES (?1, ?2)");
    commit_ = prepare("COMMIT");
  }
  void begin() { step(begin_); }
  void commit() { step(commit_); }
  void insert(std::string_view envelope, std::string_view frame) {
    sqlite3_bind_text64(insert_, 1, envelope.data(), envelope.size(), SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_text64(insert_, 2, frame.data(), frame.size(), SQLITE_STATIC, SQLITE_UTF8);
    step(insert_);
  }

 private:
  void run(const char* sql) {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(db_));
  }
  sqlite3_stmt* prepare(const char* sql) {
    sqlite3_stmt* made = nullptr;
    if (sqlite3_prepare_v2(db_, sql, -1, &made, nullptr) != SQLITE_OK) fail(sqlite3_errmsg(db_));
    return made;
  }
  void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_errmsg(db_));
    sqlite3_reset(statement);
  }
  sqlite3* db_ = nullptr;
  sqlite3_stmt *begin_ = nullptr, *insert_ = nullptr, *commit_ = nullptr;
};

void send_all(int socket, std::string& bytes) {
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto size = ::write(socket, bytes.data() + sent, bytes.size() - sent);
    if (size <= 0) fail("the connection broke");
    sent += static_cast<std::size_t>(size);
  }
  bytes.clear();
}

// False at the end of the stream.
bool receive(int socket, std::string& bytes) {
  std::array<char, 64 * 1024> buffer{};
  const auto size = ::read(socket, buffer.data(), buffer.size());
  if (size > 0) bytes.append(buffer.data(), static_cast<std::size_t>(size));
  return size > 0;
}

int connect_to(const char* port, const std::string& path, std::string& rest) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(port)));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) fail("nobody listens there");
  const int on = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  std::string request = "GET " + path +
                        " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  send_all(connection, request);
  for (;;) {
    if (!receive(connection, rest)) fail("the upgrade was refused");
    const auto end = rest.find("\r\n\r\n");
    if (end == std::string::npos) continue;
    rest.erase(0, end + 4);
    return connection;
  }
}

// What stands between the quotes after "envelope_id": ; empty for a hello.
std::string_view envelope_of(std::string_view frame) {
  constexpr std::string_view key = "\"envelope_id\":\"";
  const auto found = frame.find(key);
  if (found == std::string_view::npos) return {};
  const auto start = found + key.size();
  return frame.substr(start, frame.find('"', start) - start);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 4) fail("usage: bare_loop PORT PATH DATABASE");
  Database database{arguments[3]};
  std::string in, out;
  const int connection = connect_to(arguments[1], arguments[2], in);
  do {
    std::size_t position = 0;
    bool begun = false;
    while (const auto frame = next_frame(in, position)) {
      if (frame->opcode == Opcode::ping) append_frame(out, Opcode::pong, frame->payload, true);
      if (frame->opcode == Opcode::close) return 0;
      const auto envelope = envelope_of(frame->payload);
      if (frame->opcode != Opcode::text || envelope.empty()) continue;
      if (!std::exchange(begun, true)) database.begin();
      database.insert(envelope, frame->payload);
      append_frame(out, Opcode::text, "{\"envelope_id\":\"" + std::string{envelope} + "\"}", true);
    }
    if (begun) database.commit();
    in.erase(0, position);
    send_all(connection, out);
  } while (receive(connection, in));
  return 0;
}
