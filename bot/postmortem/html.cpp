// A document as a page that needs nothing else: no script, no style sheet, no picture from elsewhere.
#include <md4c-html.h>

#include <limits>

#include "bot/postmortem/document.hpp"
#include "bot/postmortem/sections.hpp"

namespace vakt::postmortem {

namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;max-width:52rem;margin:2rem auto;padding:0 "
    "1rem;overflow-wrap:anywhere}"
    "pre{white-space:pre-wrap}"
    "table{border-collapse:collapse}th,td{border:1px solid #bbb;padding:.3rem .6rem;text-align:left;vertical-align:top}"
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

std::string marked(std::string html) {
  const std::string mark = "<mark>" + std::string{placeholder} + "</mark>";
  for (auto at = html.find(placeholder); at != std::string::npos; at = html.find(placeholder, at + mark.size()))
    html.replace(at, placeholder.size(), mark);
  return html;
}

}  // namespace

std::string html(const Document& document, const std::string& title) {
  const auto markdown = without_comments(document.markdown);
  std::string body;
  if (markdown.size() >= std::numeric_limits<MD_SIZE>::max() ||
      md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), add, &body,
              MD_FLAG_TABLES | MD_FLAG_TASKLISTS | MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_NOHTML, 0) != 0)
    body = "<pre>" + text_of_html(markdown) + "</pre>\n";  // it ran out of memory, or is too long to lay out
  return "<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
         text_of_html(title) + "</title>\n<style>" + std::string{style} + "</style>\n</head>\n<body>\n" +
         marked(std::move(body)) + "</body>\n</html>\n";
}

}  // namespace vakt::postmortem
