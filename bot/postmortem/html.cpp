// A document as a page that needs nothing else: no script, no style sheet, no picture from elsewhere.
#include <md4c-html.h>

#include <algorithm>
#include <limits>

#include "bot/postmortem/document.hpp"
#include "bot/postmortem/sections.hpp"
#include "bot/texts/markdown_text.hpp"

namespace vakt::postmortem {

namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;max-width:52rem;margin:2rem auto;padding:0 "
    "1rem;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap;background:#f2f2f2;padding:.5rem .7rem}pre code{padding:0}"
    "table{border-collapse:collapse}th{overflow-wrap:break-word}th,td{border:1px solid #bbb;padding:.3rem "
    ".6rem;text-align:left;vertical-align:top}"
    "code{font:.9em ui-monospace,monospace;background:#f2f2f2;padding:0 .2em}mark{background:#ffe08a}"
    "@media print{body{margin:0;max-width:none}a{color:inherit}h2,h3{break-after:avoid}tr,li{break-inside:avoid}}";

std::string text_of_html(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

void add(const MD_CHAR* text, MD_SIZE size, void* out) { static_cast<std::string*>(out)->append(text, size); }

// What is still to be filled in, marked; in a code block it is somebody's text.
std::string marked(std::string_view html) {
  constexpr std::string_view code = "<pre>", code_end = "</pre>";
  std::string out;
  while (!html.empty()) {
    const auto at = std::min({html.find(placeholder), html.find(code), html.size()});
    const bool is_code = html.substr(at).starts_with(code);
    out += html.substr(0, at);
    html.remove_prefix(at);
    if (is_code) {
      const auto end = std::min(html.find(code_end), html.size());
      out += html.substr(0, end);
      html.remove_prefix(end);
    } else if (!html.empty()) {
      out.append("<mark>").append(placeholder).append("</mark>");
      html.remove_prefix(placeholder.size());
    }
  }
  return out;
}

}  // namespace

std::string html(const Document& document, const std::string& title) {
  const auto markdown = without_comments(document.markdown);
  std::string body;
  if (markdown.size() >= std::numeric_limits<MD_SIZE>::max() ||
      md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), add, &body,
              MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML, 0) != 0)
    body = "<pre>" + text_of_html(markdown) + "</pre>\n";  // it ran out of memory, or is too long to lay out
  const auto* language = document.language == Language::nb ? "nb" : "en";
  return "<!doctype html>\n<html lang=\"" + std::string{language} +
         "\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
         text_of_html(title) + "</title>\n<style>" + std::string{style} + "</style>\n</head>\n<body>\n" + marked(body) +
         "</body>\n</html>\n";
}

}  // namespace vakt::postmortem
