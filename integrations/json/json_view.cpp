#include "integrations/json/json_view.hpp"

#include <nlohmann/json.hpp>

#include "integrations/json/json_read.hpp"

namespace vakt {
namespace {

using simdjson::dom::element;
using simdjson::dom::parser;

constexpr std::size_t kept_capacity = 256 * 1024;  // bytes of JSON; what was needed for a larger one is given back

// A parser keeps its buffers: one is used again and again on each thread.
std::unique_ptr<parser>& idle_parser() {
  thread_local std::unique_ptr<parser> idle;
  return idle;
}

// What simdjson refuses and Slack may send all the same: halves of surrogate pairs, whole numbers beyond 64 bits.
std::string made_strict(std::string_view text) {
  const auto value = json_read::parse(text);
  return value.is_discarded() ? std::string{} : json_read::dump(value);
}

}  // namespace

JsonView JsonView::operator[](std::string_view key) const {
  element found;
  if (!is_object() || (*value_)[key].get(found) != simdjson::SUCCESS) return {};
  return JsonView{found};
}

JsonView JsonView::first() const {
  element found;
  if (!is_array() || value_->at(0).get(found) != simdjson::SUCCESS) return {};
  return JsonView{found};
}

std::vector<JsonView> JsonView::elements() const {
  std::vector<JsonView> all;
  if (!is_array()) return all;
  const simdjson::dom::array array = value_->get_array().value_unsafe();
  for (const element one : array) all.emplace_back(one);
  return all;
}

std::vector<std::pair<std::string_view, JsonView>> JsonView::members() const {
  std::vector<std::pair<std::string_view, JsonView>> all;
  if (!is_object()) return all;
  const simdjson::dom::object object = value_->get_object().value_unsafe();
  for (const auto one : object) all.emplace_back(one.key, JsonView{one.value});
  return all;
}

std::string JsonView::text() const {
  return is_string() ? std::string{value_->get_string().value_unsafe()} : std::string{};
}

std::string JsonView::ts(std::string_view key) const {
  std::string found = text(key);
  return json_read::is_ts(found) ? found : std::string{};
}

bool JsonView::truth(std::string_view key) const {
  const JsonView found = (*this)[key];
  return found.is_boolean() && found.value_->get_bool().value_unsafe();
}

long long JsonView::number(std::string_view key) const {
  const JsonView found = (*this)[key];
  std::int64_t number = 0;
  return found.value_ && found.value_->get(number) == simdjson::SUCCESS ? number : 0;
}

JsonDocument::JsonDocument(std::string_view text) : parser_(std::move(idle_parser())) {
  if (!parser_) parser_ = std::make_unique<parser>();
  element root;
  if (parser_->parse(text.data(), text.size()).get(root) == simdjson::SUCCESS) {
    root_ = JsonView{root};
  } else if (const auto strict = made_strict(text); parser_->parse(strict).get(root) == simdjson::SUCCESS) {
    root_ = JsonView{root};
  }
}

JsonDocument::~JsonDocument() {
  if (parser_->capacity() <= kept_capacity) idle_parser() = std::move(parser_);
}

}  // namespace vakt
