// The words of a command as phones and keyboards write them. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vakt {

void replace_all(std::string& text, std::string_view from, std::string_view to);

// Phones turn "--" into a dash and straight quotes into curly ones. For the words of the grammar alone: what people say
// keeps the dashes and quotes they typed.
std::string as_typed(std::string_view word);

// A word of the grammar: case, the kind of dash and quotes around it do not matter.
std::string keyword(std::string_view word);

// Takes the first word off.
std::string_view take_word(std::string_view& text);

// "3", "#3"; nothing where it is no number.
std::optional<std::int64_t> typed_number(std::string_view word);

// The web address that the whole text is, as Slack sends it ("<https://…|label>") or bare; empty: it is none.
std::string typed_url(std::string_view text);

// Takes a text in quotes of any kind off the front, without them; nothing where none stands there.
std::optional<std::string_view> take_quoted(std::string_view& text);

}  // namespace vakt
