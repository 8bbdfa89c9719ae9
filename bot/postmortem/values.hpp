// What a record gives to templates: a value for each name they may use. Text is Markdown. Pure.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "bot/flags/flag_change.hpp"
#include "bot/record/record.hpp"
#include "bot/settings.hpp"

namespace vakt::postmortem {

struct Value;
using Values = std::map<std::string, Value>;
// false: nobody has given it.
struct Value : std::variant<bool, std::string, std::vector<Values>> {
  using variant::variant;
};

Values values(const Record&, const std::vector<flag::Change>&, const Settings&, Language);

// "loki-pvc-full": the title in letters, digits and dashes; "incident" where nothing of it is left.
std::string slug(const std::string& title);

// Plain text as a quoted string of front matter (YAML).
std::string quoted(const std::string& text);

}  // namespace vakt::postmortem
