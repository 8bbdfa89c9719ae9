// What the answers to flags that were read for a person have in common.
#pragma once

#include "bot/decide/turn.hpp"

namespace vakt {

Request request_of(const effect::ReadFlags&);  // who is answered
// The first service that has it; the default one leads. Null: none has.
const inbound::FlagsOfProvider* with_reading(const inbound::FlagsRead&);
void refuse_no_environment(Turn&, const inbound::FlagsRead&, const flag::Flag&);

}  // namespace vakt
