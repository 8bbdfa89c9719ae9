// Careful reading of untrusted JSON: a missing field or a wrong type reads as nothing, never as an error. Pure; any
// thread.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace vakt::json_read {

inline constexpr std::size_t deepest = 100;  // nesting; Slack's own stays below 20

// The text with halves of surrogate pairs (an emoji that some program cut in two) replaced by U+FFFD: strictly they are
// JSON, yet nothing that can be stored.
std::string mended(std::string_view text);

// A discarded value where the text is no JSON, or is nested too deep.
nlohmann::json parse(std::string_view text);

// The member of an object; a shared null where there is none.
const nlohmann::json& at(const nlohmann::json& value, std::string_view key);
// The first element of an array; a shared null where there is none.
const nlohmann::json& first(const nlohmann::json& value);

std::string text(const nlohmann::json& value);  // "" unless a string
std::string text(const nlohmann::json& value, std::string_view key);
bool truth(const nlohmann::json& value, std::string_view key);        // false unless true
long long number(const nlohmann::json& value, std::string_view key);  // 0 unless a whole number

// Slack's message id: digits, a dot, digits.
bool is_ts(std::string_view ts);
std::string ts(const nlohmann::json& value, std::string_view key);  // "" unless it is one

// As a JSON string. Never throws: what is not UTF-8 is replaced.
std::string quoted(std::string_view text);
// Never throws: what is not UTF-8 is replaced.
std::string dump(const nlohmann::json& value);

}  // namespace vakt::json_read
