#include "bot/cli/document_file.hpp"

#include "bot/postmortem/document.hpp"
#include "bot/view/postmortem_view.hpp"
#include "integrations/runtime/templates.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

WriteDocument write_documents(const Config& config) {
  return [&config](IncidentNumber number, const std::string& name) -> Result<DocumentFile> {
    const auto chosen = find_template(config.folder, name);
    if (!chosen) return std::unexpected(chosen.error());
    const auto reader = open_reader(config.database);
    const auto record = reader->record(number);
    if (!record) return std::unexpected(Error{"There is no incident " + std::to_string(number) + "."});
    const auto document = postmortem::write(*record, reader->flag_changes(number), *chosen, config.settings);
    if (!document) return std::unexpected(document.error());
    return DocumentFile{.name = document->file_name,
                        .bytes = document->markdown,
                        .title = view::document_title(config.settings, record->incident),
                        .comment = view::document_comment(config.settings, record->incident, name, *document)};
  };
}

}  // namespace vakt::cli
