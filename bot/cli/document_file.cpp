#include "bot/cli/document_file.hpp"

#include <set>

#include "bot/postmortem/template_reading.hpp"
#include "bot/view/postmortem_view.hpp"
#include "integrations/runtime/log.hpp"
#include "integrations/runtime/templates.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

Result<postmortem::Document> write_document(const Config& config, Reader& reader, const Record& record,
                                            const std::string& name_or_file) {
  const auto chosen = find_template(config.folder, name_or_file);
  if (!chosen) return std::unexpected(chosen.error());
  return postmortem::write(record, reader.flag_changes(record.incident.number), *chosen, config.settings);
}

std::map<std::string, PostmortemSettings::Fields> fields_of_templates(const Config& config) {
  std::map<std::string, PostmortemSettings::Fields> fields;
  std::set<std::string> names{"oslo", "nav"};
  if (!config.settings.postmortem.chosen.empty()) names.insert(config.settings.postmortem.chosen);
  for (const auto& name : names) {
    const auto found = find_template(config.folder, name);
    const auto reading = found ? postmortem::read_template(*found, config.settings.language)
                               : Result<postmortem::Reading>{std::unexpected(found.error())};
    if (!reading) {
      log(LogLevel::warning, reading.error().text);
      continue;
    }
    fields[name] = {.asked = {reading->fields.begin(), reading->fields.end()},
                    .optional = {reading->optional.begin(), reading->optional.end()}};
  }
  return fields;
}

WriteDocument write_documents(const Config& config) {
  return [&config](IncidentNumber number, const std::string& name) -> Result<DocumentFile> {
    const auto reader = open_reader(config.database);
    const auto record = reader->record(number);
    if (!record) return std::unexpected(Error{"There is no incident " + std::to_string(number) + "."});
    const auto document = write_document(config, *reader, *record, name);
    if (!document) return std::unexpected(document.error());
    const bool asks = !view::fields_missing(config.settings, name, record->entries).empty();
    return DocumentFile{.name = document->file_name,
                        .bytes = document->markdown,
                        .title = view::document_title(config.settings, record->incident),
                        .comment = view::document_comment(config.settings, record->incident, name, *document, asks)};
  };
}

}  // namespace vakt::cli
