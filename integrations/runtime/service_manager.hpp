// Tells systemd how we are (sd_notify(3)): ready, stopping, alive. Does nothing where NOTIFY_SOCKET is not set. Any
// thread.
#pragma once

#include <string>

namespace vakt {

void notify_service_manager(const std::string& state);  // "READY=1", "WATCHDOG=1", "STOPPING=1"

}  // namespace vakt
