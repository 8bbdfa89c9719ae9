#include "control.hpp"

namespace workspace {

namespace {

void add_fault(House& house, const json& act) {
  Fault fault;
  fault.method = act.value("method", std::string("*"));
  fault.times = act.value("times", 1L);
  fault.status = act.value("status", 0);
  if (act.contains("body")) fault.body = act["body"].is_string() ? act["body"].get<std::string>() : act["body"].dump();
  fault.retry_after = act.value("retry_after", -1L);
  fault.error = act.value("error", std::string());
  fault.drop = act.value("drop", std::string());
  fault.delay_ms = act.value("delay_ms", 0LL);
  if (fault.times > 0) house.faults.push_back(fault);
}

std::vector<std::shared_ptr<Wire>> chosen(House& house, const json& act) {
  const auto& wires = house.delivery.wires;
  json which = act.value("which", json("all"));
  if (!which.is_number_integer()) return wires;
  auto index = which.get<std::size_t>();
  if (index >= wires.size()) throw Refused{"no such socket"};
  return {wires[index]};
}

void touch_socket(House& house, const std::shared_ptr<Wire>& wire, const json& act) {
  std::string what = act.value("do", std::string());
  if (what == "refresh") {
    house.delivery.disconnect(wire, "warning");
    house.after(act.value("warning_ms", 0LL), [&house, weak = std::weak_ptr(wire)] {
      if (auto still = weak.lock()) house.delivery.disconnect(still, "refresh_requested");
    });
  } else if (what == "disconnect") {
    house.delivery.disconnect(wire, act.value("reason", std::string("refresh_requested")));
  } else if (what == "cut") {
    wire->cut();
  } else if (what == "half_open" || what == "heal") {
    wire->is_half_open = what == "half_open";
    wire->half_open(wire->is_half_open);
  } else {
    throw Refused{"socket: no such do"};
  }
}

json sockets(House& house) {
  json out = json::array();
  for (const auto& wire : house.delivery.wires)
    out.push_back({{"connection", wire->number}, {"draining", wire->draining}, {"half_open", wire->is_half_open}});
  return out;
}

json history(House& house, const json& act) {
  Channel& channel = house.space.need_channel(act.value("channel", std::string()));
  json out = json::array();
  for (const auto& message : channel.messages) {
    json shown = house.space.render(channel, message, true);
    shown["pinged"] = message.pinged;
    if (!message.only_for.empty()) shown["ephemeral_for"] = message.only_for;
    out.push_back(shown);
  }
  return {{"ok", true},
          {"messages", out},
          {"channel",
           {{"id", channel.id},
            {"name", channel.name},
            {"topic", channel.topic},
            {"purpose", channel.purpose},
            {"members", channel.members},
            {"is_archived", channel.is_archived},
            {"is_private", channel.is_private},
            {"bookmarks", channel.bookmarks}}}};
}

json act_on(House& house, const std::string& what, const json& act) {
  auto& delivery = house.delivery;
  if (what == "fault") {
    add_fault(house, act);
  } else if (what == "clear_faults") {
    house.faults.clear();
  } else if (what == "socket") {
    for (const auto& wire : chosen(house, act)) touch_socket(house, wire, act);
  } else if (what == "sockets") {
    return {{"ok", true}, {"sockets", sockets(house)}};
  } else if (what == "delivery") {
    delivery.duplicate = act.value("duplicate", delivery.duplicate);
    delivery.reorder = act.value("reorder", delivery.reorder);
    delivery.delay_ms = act.value("delay_ms", delivery.delay_ms);
    delivery.retry_ms = act.value("retry_ms", delivery.retry_ms);
  } else if (what == "send_raw") {
    auto wires = chosen(house, act.contains("which") ? act : json{{"which", 0}});
    for (const auto& wire : wires)
      wire->send(
          act.contains("base64") ? from_base64(act["base64"].get<std::string>()) : act.value("text", std::string()),
          act.contains("base64"));
  } else if (what == "send_event") {
    delivery.send_event(act.at("event"));
  } else if (what == "acks") {
    return {{"ok", true}, {"acks", delivery.acks}, {"unacked", delivery.unacked()}};
  } else if (what == "calls") {
    json calls = house.calls;
    if (act.value("clear", false)) house.calls = json::array();
    return {{"ok", true}, {"calls", calls}};
  } else if (what == "history") {
    return history(house, act);
  } else if (what == "limits") {
    house.limits = act.value("on", true);
  } else if (what == "refuse_create") {
    house.refuse_create = act.value("on", true);
  } else if (what == "reset") {
    house.reset();
  } else {
    throw Refused{"no such act"};
  }
  return {{"ok", true}};
}

}  // namespace

std::string from_base64(std::string_view text) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned held = 0;
  int bits = 0;
  for (char c : text) {
    auto at = letters.find(c);
    if (at == std::string_view::npos) continue;
    held = (held << 6) | static_cast<unsigned>(at);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out += static_cast<char>((held >> bits) & 0xff);
  }
  return out;
}

json control(House& house, const json& act) {
  try {
    if (!act.is_object()) throw Refused{"not an object"};
    return act_on(house, act.value("act", std::string()), act);
  } catch (const Refused& refused) {
    return {{"ok", false}, {"error", refused.code}};
  } catch (const json::exception& wrong) {
    return {{"ok", false}, {"error", wrong.what()}};
  }
}

}  // namespace workspace
