// An incident's document as `vakt run` uploads it.
#pragma once

#include "bot/config/config.hpp"
#include "integrations/runtime/document_writer.hpp"

namespace vakt::cli {

// Reads by a connection of its own, one for each document. config: outlives it, and is complete before the first call.
WriteDocument write_documents(const Config& config);

}  // namespace vakt::cli
