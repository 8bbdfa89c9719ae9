// Words as they are compared: case does not matter, in English and in Norwegian. Pure.
#pragma once

#include <string>
#include <string_view>

namespace vakt::action {

// ASCII and æ, ø, å in lower case; the rest as it is.
std::string folded(std::string_view text);

}  // namespace vakt::action
