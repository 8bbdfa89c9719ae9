// vakt export: a record as it is, or a document written from it. Also while `vakt run` is running.
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/cli/document_file.hpp"
#include "bot/record/markdown.hpp"
#include "bot/texts/document_texts.hpp"
#include "bot/texts/mrkdwn.hpp"
#include "bot/texts/texts.hpp"
#include "storage/record_json.hpp"

namespace vakt::cli {

namespace {

std::string joined(const std::vector<std::string>& names) {
  std::string all;
  for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

std::string title_of(const Record& record) {
  return std::to_string(record.incident.number) + " " + readable(record.incident.title, record.names);
}

int finished() {
  std::cout.flush();
  return std::cout ? 0 : failed("It could not be written in full. Is the disk full?");
}

int export_document(const Config& config, Reader& reader, const Record& record, const Export& wanted) {
  if (wanted.format == "json")
    return failed("A template makes Markdown or HTML. Leave --template and --check out for the record as JSON.");
  const auto& settings = config.settings;
  const auto document = write_document(
      config, reader, record,
      wanted.template_name.empty() ? settings.postmortem.document(settings.language) : wanted.template_name);
  if (!document) return failed(document.error().text);
  std::cout << (wanted.format == "html" ? postmortem::html(*document, title_of(record)) : document->markdown);
  const auto code = finished();
  if (code != 0 || !wanted.check || document->empty.empty()) return code;
  return failed(
      fill(document_texts(settings.language).empty_sections,
           {std::to_string(document->empty.size()), std::to_string(document->sections), joined(document->empty)}));
}

}  // namespace

int export_record(const Config& config, const Export& wanted) {
  return reading(config, [&](Reader& reader) {
    const auto number = std::to_string(wanted.number);
    const auto record = reader.record(wanted.number);
    if (!record) return failed("There is no incident " + number + ". `vakt incidents` lists them.");
    if (!wanted.template_name.empty() || wanted.check) return export_document(config, reader, *record, wanted);
    if (wanted.format == "markdown")
      std::cout << record_markdown(*record, config.settings);
    else if (wanted.format == "html")
      std::cout << postmortem::html({.markdown = record_markdown(*record, config.settings)}, title_of(*record));
    else
      write_record_json(std::cout, *record, reader.flag_changes(wanted.number), reader.cursor("team_url"));
    return finished();
  });
}

}  // namespace vakt::cli
