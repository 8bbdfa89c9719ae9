// Writes an object of JSON field by field, without a tree of it: for what is exported by the hundred thousand. Internal
// to storage; one thread a writer.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace vakt::storage {

class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  ~ObjectWriter() { out_ += '}'; }
  ObjectWriter(const ObjectWriter&) = delete;
  ObjectWriter& operator=(const ObjectWriter&) = delete;

  void field(std::string_view key, std::string_view text);  // what is not UTF-8 is replaced
  void field(std::string_view key, const char* text) { field(key, std::string_view{text}); }
  void field(std::string_view key, std::nullptr_t) { raw(key, "null"); }
  void field(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  void field(std::string_view key, T value) {
    raw(key, std::to_string(value));
  }
  template <class T>
  void field(std::string_view key, const std::optional<T>& value) {
    if (value)
      field(key, *value);
    else
      field(key, nullptr);
  }
  void text_or_null(std::string_view key, std::string_view text) {
    if (text.empty())
      field(key, nullptr);
    else
      field(key, text);
  }
  void raw(std::string_view key, std::string_view json);  // JSON already
  // The field's value is written to the same string next.
  std::string& open(std::string_view key);

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace vakt::storage
