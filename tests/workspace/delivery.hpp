#pragma once
// Envelopes on their way to the app: which socket, acks, retries, and the faults a test asks for.
#include <deque>
#include <memory>
#include <random>

#include "workspace.hpp"

namespace workspace {

using After = std::function<void(long long ms, std::function<void()>)>;

// One Socket Mode connection, as the delivery sees it.
class Wire {
 public:
  virtual ~Wire() = default;
  virtual void send(const std::string& text, bool binary = false) = 0;
  virtual void close() = 0;
  virtual void cut() = 0;
  virtual void half_open(bool on) = 0;
  long number = 0;
  bool draining = false;
  bool is_half_open = false;
};

struct Delivery {
  using Acked = std::function<void(const json& payload)>;
  using Failed = std::function<void(const std::string& reason)>;

  explicit Delivery(After later) : after(std::move(later)) {}

  void send_event(const json& event);
  void send_interactive(const std::string& type, const json& payload, Acked acked, Failed failed);

  bool opened(const std::shared_ptr<Wire>& wire);
  void closed(const Wire* wire);
  void received(const Wire& wire, const std::string& text);
  void disconnect(const std::shared_ptr<Wire>& wire, const std::string& reason);
  void reset();

  After after;
  std::vector<std::shared_ptr<Wire>> wires;
  json acks = json::array();

  int duplicate = 1;
  std::size_t reorder = 0;
  long long delay_ms = 0;
  long long retry_ms = 60000;

  [[nodiscard]] json unacked() const;

 private:
  struct Pending {
    json envelope;
    int attempt = 0;
    bool is_event = true;
    long connection = -1;
    Acked acked;
    Failed failed;
    long long sent_at = 0;  // of a command or an interaction; microseconds, UTC
  };
  std::shared_ptr<Wire> next_wire();
  std::string new_envelope_id();
  void start_event(const json& payload);
  void attempt_event(const std::string& envelope_id);
  void flush_held();

  std::map<std::string, Pending> pending_;
  std::vector<json> held_;
  std::mt19937 dice_{12345};
  std::size_t turn_ = 0;
  long wires_made_ = 0, events_made_ = 0, envelopes_made_ = 0, holds_ = 0;
};

}  // namespace workspace
