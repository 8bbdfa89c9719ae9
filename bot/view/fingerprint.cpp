#include "bot/view/incident_view.hpp"

namespace vakt::view {

namespace {

struct Printer {
  std::string out;

  void put(const std::string& text) {
    out += text;
    out += '\x1F';
  }
  void operator()(const Header& b) { put("h"), put(b.text); }
  void operator()(const Section& b) { put("s"), put(b.text); }
  void operator()(const Context& b) { put("c"), put(b.text); }
  void operator()(const Divider&) { put("d"); }
  void operator()(const Button& b) { put("b"), put(b.label), put(b.action), put(b.value), put(b.url); }
  void operator()(const Select& b) {
    put("o"), put(b.action), put(b.initial);
    for (const auto& option : b.options) put(option.value);
  }
  void operator()(const Actions& b) {
    for (const auto& element : b.elements) std::visit(*this, element);
  }
  void operator()(const Input& b) { put("i"), put(b.block), put(b.initial); }
};

}  // namespace

std::string fingerprint(const Message& message) {
  Printer printer;
  printer.put(message.text);
  for (const auto& block : message.blocks) std::visit(printer, block);
  return printer.out;
}

}  // namespace vakt::view
