// Any text of people through every built-in template, and any bytes as a template: never a crash, never an exception,
// never a row, a cell, a heading or an element of HTML that the template did not have.
#include "bot/postmortem/document.hpp"
#include "tests/fuzz/bytes.hpp"

namespace {

using namespace vakt;

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

// What people type and paste: bytes, or pieces of what means something in a document.
std::string pasted(fuzz::Bytes& bytes, std::size_t most) {
  static constexpr auto pieces = std::to_array<std::string_view>({"```",       "````",
                                                                  "`",         "\n",
                                                                  "\n```\n",   "~~~\n",
                                                                  "    ",      "## x",
                                                                  "**A:**",    "| a | b |",
                                                                  "|---|---|", "&lt;!--",
                                                                  "--&gt;",    "[FILL_IN]",
                                                                  "{{x}}",     "{% x %}",
                                                                  "- ",        "1. ",
                                                                  "&gt; ",     "words",
                                                                  " ",         "<https://x.example|x>"});
  if (bytes.flag()) return bytes.text(most);
  std::string text;
  for (std::size_t i = bytes.next() % 16; i > 0; --i) text += bytes.of(pieces);
  return text;
}

Record record_of(fuzz::Bytes& bytes, std::size_t notes) {
  Record record{.incident = {.number = 1, .title = bytes.text(20), .declared_by = "U1"},
                .names = {{"U1", bytes.text(8)}, {"C1", bytes.text(8)}}};
  const auto add = [&](EntryKind kind, const char* detail, std::size_t most) {
    const auto seq = static_cast<std::int64_t>(record.entries.size()) + 1;
    record.entries.push_back(
        {.incident = 1, .seq = seq, .at = Instant{std::chrono::minutes{seq}}, .kind = kind, .detail = detail});
    record.entries.back().text = pasted(bytes, most);
    record.entries.back().on_timeline = kind == EntryKind::note;
  };
  for (std::size_t i = 0; i < notes; ++i) add(EntryKind::note, "", 60);
  if (notes) record.entries.front().files = {{"F1", bytes.text(8), bytes.text(8)}};
  for (const auto* field : {"summary", "impact", "cause", "learned", "affected", "link"})
    add(EntryKind::field, field, 60);
  record.items = {{.id = 1, .title = bytes.text(20)}};
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Bytes bytes{data, size};
  const bool own = bytes.flag();
  const std::size_t notes = bytes.next() % 4;
  const auto record = record_of(bytes, notes);
  const Settings settings;
  if (own) {
    std::string text;
    while (bytes.size > 0) {
      static constexpr auto parts = std::to_array<std::string_view>({"{{",
                                                                     "}}",
                                                                     "{{{",
                                                                     "#",
                                                                     "^",
                                                                     "/",
                                                                     "!",
                                                                     ">",
                                                                     "=",
                                                                     "&",
                                                                     "timeline",
                                                                     "days",
                                                                     "rows",
                                                                     "event",
                                                                     "title",
                                                                     "summary",
                                                                     " ",
                                                                     "\n",
                                                                     "|",
                                                                     "-",
                                                                     "## ",
                                                                     "**A:**",
                                                                     "<!--",
                                                                     "-->",
                                                                     "---\n",
                                                                     "{{#timeline}}",
                                                                     "{{/timeline}}",
                                                                     "[FILL_IN]",
                                                                     "```",
                                                                     "optional: summary",
                                                                     "file: N"});
      if (bytes.flag())
        text += bytes.of(parts);
      else
        text += static_cast<char>(bytes.next());
    }
    const auto document = postmortem::write(record, {}, {"own", "own.mustache", text}, settings);
    if (document)
      (void)postmortem::html(*document, "x");
    else
      fuzz::require(document.error().text.starts_with("own.mustache"));
    return 0;
  }
  for (const auto* name : {"oslo", "nav", "va-release-plan"}) {
    const auto empty = postmortem::write({}, {}, *postmortem::built_in(name), {});
    const auto document = postmortem::write(record, {}, *postmortem::built_in(name), settings);
    fuzz::require(document.has_value());
    fuzz::require(document->sections == empty->sections);
    const auto page = postmortem::html(*document, "x"), empty_page = postmortem::html(*empty, "x");
    for (const auto* heading : {"<h1>", "<h2>", "<h3>"})
      fuzz::require(count(page, heading) == count(empty_page, heading));
    for (const auto* element : {"<script", "<img", "<iframe", "<b>", "<blockquote"})
      fuzz::require(page.find(element) == std::string::npos);
    fuzz::require(page.find("href=\"javascript") == std::string::npos);
    if (std::string_view{name} == "oslo") fuzz::require(count(page, "<td>") == 2 * notes);
  }
  return 0;
}
