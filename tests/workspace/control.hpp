#pragma once
// What a test does: faults, sockets, and what there is to look at.
#include "house.hpp"

namespace workspace {

json control(House&, const json& act);

std::string from_base64(std::string_view text);

}  // namespace workspace
