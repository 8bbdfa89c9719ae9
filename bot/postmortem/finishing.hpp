// From a template and the values for it to the finished document: one way for all kinds. Pure.
#pragma once

#include <functional>

#include "bot/postmortem/document.hpp"
#include "bot/postmortem/values.hpp"

namespace vakt::postmortem {

struct Subject {
  std::string number, title;  // plain; for the file's name
};

// values: in the language that the template is in. Error: the template's file, the line, and what is wrong.
Result<Document> finished(const Template&, Language otherwise, const Subject&,
                          const std::function<Values(Language)>& values);

}  // namespace vakt::postmortem
