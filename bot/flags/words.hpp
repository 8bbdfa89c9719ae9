// How Unleash's SDKs cut and trim what people typed: lists, spaces, plain numbers. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vakt::flag {

// Without the white space that JavaScript's trim() takes away, Unicode's included.
std::string_view trimmed(std::string_view text);

// "a, b,c" -> a b c: space around a comma is no part of an item, space at either end of the list is.
std::vector<std::string_view> items(std::string_view list);

bool ascii(std::string_view text);

// "50", "-1", "0100"; clamped to 32 bits. Nothing where SDKs may differ: "50.5", "", "0x1F", " 50".
std::optional<int> whole_number(std::string_view text);

// "12", "-3.14", "1e3" with at most 15 digits, which every SDK reads as the same number.
std::optional<double> plain_number(std::string_view text);

}  // namespace vakt::flag
