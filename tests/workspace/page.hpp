#pragma once
// What the page shows and what a person does there.
#include "house.hpp"

namespace workspace {

json page_state(House&, const std::string& user);
void page_do(House&, const json& act, const Reply&);

}  // namespace workspace
