// An incident's document, as `vakt export` prints it and `vakt run` uploads it.
#pragma once

#include "bot/brain/reader.hpp"
#include "bot/config/config.hpp"
#include "bot/postmortem/document.hpp"
#include "integrations/runtime/document_writer.hpp"

namespace vakt::cli {

// Through the template of that name, or in that file. Errors: a sentence for people.
Result<postmortem::Document> write_document(const Config&, Reader&, const Record&, const std::string& name_or_file);

// What the templates in use ask people for and show, by their names. One that cannot be read is left out, and logged.
std::map<std::string, PostmortemSettings::Fields> fields_of_templates(const Config&);

// Reads by a connection of its own, one for each document. config: outlives it, and is complete before the first call.
WriteDocument write_documents(const Config& config);

}  // namespace vakt::cli
