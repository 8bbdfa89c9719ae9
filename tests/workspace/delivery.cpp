#include "delivery.hpp"

#include <algorithm>

namespace workspace {

namespace {

json disconnect_frame(const std::string& reason) {
  return {{"type", "disconnect"}, {"reason", reason}, {"debug_info", {{"host", "vakt-workspace"}}}};
}

}  // namespace

std::string Delivery::new_envelope_id() {
  char text[48];
  std::snprintf(text, sizeof text, "%08x-%04x-4000-8000-%012lx", static_cast<unsigned>(dice_()),
                static_cast<unsigned>(dice_() & 0xffff), static_cast<unsigned long>(++envelopes_made_));
  return text;
}

bool Delivery::opened(const std::shared_ptr<Wire>& wire) {
  std::size_t live = wires.size();
  if (live >= 10) {
    wire->send(disconnect_frame("too_many_websockets").dump());
    wire->close();
    return false;
  }
  wire->number = wires_made_++;
  wires.push_back(wire);
  json hello{{"type", "hello"},
             {"num_connections", wires.size()},
             {"debug_info", {{"host", "vakt-workspace"}, {"build_number", 1}, {"approximate_connection_time", 18060}}},
             {"connection_info", {{"app_id", app_id}}}};
  wire->send(hello.dump());
  return true;
}

void Delivery::closed(const Wire* wire) {
  std::erase_if(wires, [&](const auto& one) { return one.get() == wire; });
}

std::shared_ptr<Wire> Delivery::next_wire() {
  for (std::size_t tries = 0; tries < wires.size(); ++tries) {
    auto& wire = wires[turn_++ % wires.size()];
    if (!wire->draining) return wire;
  }
  return nullptr;
}

void Delivery::send_event(const json& event) {
  std::string number = std::to_string(++events_made_);
  json payload{{"token", "local"},
               {"team_id", team_id},
               {"context_team_id", team_id},
               {"api_app_id", app_id},
               {"event", event},
               {"type", "event_callback"},
               {"event_id", "Ev0" + std::to_string(millis_now()) + "N" + number},
               {"event_time", seconds_now()},
               {"authorizations", json::array({{{"enterprise_id", nullptr},
                                                {"team_id", team_id},
                                                {"user_id", bot_user},
                                                {"is_bot", true},
                                                {"is_enterprise_install", false}}})},
               {"is_ext_shared_channel", false},
               {"event_context", "local-" + number}};
  if (reorder < 2) return start_event(payload);
  held_.push_back(std::move(payload));
  if (held_.size() >= reorder) return flush_held();
  // A group that never fills is let go after a second.
  after(1000, [this, hold = ++holds_] {
    if (hold == holds_) flush_held();
  });
}

void Delivery::flush_held() {
  auto group = std::exchange(held_, {});
  ++holds_;
  std::ranges::shuffle(group, dice_);
  for (const auto& payload : group) start_event(payload);
}

void Delivery::start_event(const json& payload) {
  for (int copy = 0; copy < std::max(1, duplicate); ++copy) {
    std::string id = new_envelope_id();
    Pending one;
    one.envelope = {{"envelope_id", id},  {"type", "events_api"},
                    {"payload", payload}, {"accepts_response_payload", false},
                    {"retry_attempt", 0}, {"retry_reason", ""}};
    pending_[id] = std::move(one);
    if (delay_ms > 0)
      after(delay_ms, [this, id] { attempt_event(id); });
    else
      attempt_event(id);
  }
}

void Delivery::attempt_event(const std::string& envelope_id) {
  auto found = pending_.find(envelope_id);
  if (found == pending_.end()) return;
  Pending& one = found->second;
  if (one.attempt > 3) {
    pending_.erase(found);
    return;
  }
  one.envelope["retry_attempt"] = one.attempt;
  one.envelope["retry_reason"] = one.attempt == 0 ? "" : "timeout";
  ++one.attempt;
  if (auto wire = next_wire()) {
    one.connection = wire->number;
    wire->send(one.envelope.dump());
  }
  after(retry_ms, [this, envelope_id] { attempt_event(envelope_id); });
}

void Delivery::send_interactive(const std::string& type, const json& payload, Acked acked, Failed failed) {
  auto wire = next_wire();
  if (!wire) return failed("dispatch_failed");
  std::string id = new_envelope_id();
  bool answers = type == "slash_commands" || payload.value("type", std::string()) == "view_submission" ||
                 payload.value("type", std::string()) == "block_suggestion";
  Pending one;
  one.is_event = false;
  one.connection = wire->number;
  one.envelope = {{"envelope_id", id}, {"type", type}, {"payload", payload}, {"accepts_response_payload", answers}};
  one.acked = std::move(acked);
  one.failed = std::move(failed);
  one.sent_at = micros_now() + delay_ms * 1000;
  std::string text = one.envelope.dump();
  pending_[id] = std::move(one);
  if (delay_ms > 0)
    after(delay_ms, [wire, text] { wire->send(text); });
  else
    wire->send(text);
  after(3000, [this, id] {
    auto found = pending_.find(id);
    if (found == pending_.end()) return;
    Failed late = std::move(found->second.failed);
    pending_.erase(found);
    late("operation_timeout");
  });
}

void Delivery::received(const Wire& wire, const std::string& text) {
  json ack = json::parse(text, nullptr, false);
  if (!ack.is_object() || !ack.contains("envelope_id") || !ack["envelope_id"].is_string()) return;
  json payload = ack.value("payload", json());
  auto found = pending_.find(ack["envelope_id"].get<std::string>());
  acks.push_back({{"envelope_id", ack["envelope_id"]},
                  {"payload", payload},
                  {"connection", wire.number},
                  {"delivered_on", found == pending_.end() ? -1 : found->second.connection},
                  {"known", found != pending_.end()},
                  {"sent_at", found == pending_.end() ? 0 : found->second.sent_at},
                  {"acked_at", micros_now()}});
  if (found == pending_.end()) return;
  Acked done = std::move(found->second.acked);
  pending_.erase(found);
  if (done) done(payload);
}

void Delivery::disconnect(const std::shared_ptr<Wire>& wire, const std::string& reason) {
  wire->send(disconnect_frame(reason).dump());
  if (reason == "warning") return;
  wire->draining = true;
  // The client is given time to drain; whoever stays is closed.
  after(reason == "refresh_requested" ? 10000 : 100, [weak = std::weak_ptr(wire)] {
    if (auto still = weak.lock()) still->close();
  });
}

json Delivery::unacked() const {
  json out = json::array();
  for (const auto& [id, one] : pending_) out.push_back(id);
  return out;
}

void Delivery::reset() {
  pending_.clear();
  held_.clear();
  acks = json::array();
  duplicate = 1;
  reorder = 0;
  delay_ms = 0;
  retry_ms = 60000;
}

}  // namespace workspace
