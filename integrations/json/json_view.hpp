// Untrusted JSON, read where it lies: a missing member or a wrong type reads as nothing, never as an error. For what
// comes often or is large (Slack's frames and pages): nothing is allocated for what nobody asks for. One thread a
// document.
#pragma once

#include <simdjson.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vakt {

// A value within a document, which must outlive it; or nothing.
class JsonView {
 public:
  JsonView() = default;
  explicit JsonView(simdjson::dom::element value) : value_(value) {}

  bool is_object() const { return value_ && value_->is_object(); }
  bool is_array() const { return value_ && value_->is_array(); }
  bool is_string() const { return value_ && value_->is_string(); }
  bool is_boolean() const { return value_ && value_->is_bool(); }

  JsonView operator[](std::string_view key) const;                     // a member
  JsonView first() const;                                              // of an array's elements
  std::vector<JsonView> elements() const;                              // of an array; none of anything else
  std::vector<std::pair<std::string_view, JsonView>> members() const;  // of an object

  std::string text() const;  // "" unless a string
  std::string text(std::string_view key) const { return (*this)[key].text(); }
  std::string ts(std::string_view key) const;    // Slack's message id; "" unless it is one
  bool truth(std::string_view key) const;        // false unless true
  long long number(std::string_view key) const;  // 0 unless a whole number

 private:
  std::optional<simdjson::dom::element> value_;
};

class JsonDocument {
 public:
  explicit JsonDocument(std::string_view text);
  ~JsonDocument();
  JsonDocument(const JsonDocument&) = delete;
  JsonDocument& operator=(const JsonDocument&) = delete;

  // Nothing where the text is no JSON, or is nested deeper than 1,024.
  JsonView root() const { return root_; }

 private:
  std::unique_ptr<simdjson::dom::parser> parser_;  // owns what root_ points into
  JsonView root_;
};

}  // namespace vakt
