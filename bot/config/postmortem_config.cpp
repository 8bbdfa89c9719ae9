// [postmortem]: which template, which incidents want a post-mortem without being asked, and by when.
#include "bot/config/take.hpp"
#include "bot/incident/incident.hpp"

namespace vakt {

namespace {

std::string take_template(const toml::node& node, Config& config) {
  const auto name = node.value<std::string>().value_or("");
  if (name != "oslo" && name != "nav") return "must be \"oslo\" or \"nav\"";
  config.settings.postmortem.chosen = name;
  return {};
}

std::string take_due(const toml::node& node, Config& config) {
  const auto text = node.value<std::string>();
  auto& days = config.settings.postmortem.due_days;
  days = text ? days_in(*text) : std::nullopt;
  if (node.is_string() && (days || text->empty())) return {};
  return "must be days or weeks, as \"7d\" or \"2w\", or \"\" for none";
}

std::string take_severities(const toml::node& node, Config& config) {
  constexpr std::string_view form = "must be a list of severities, as [\"sev1\", \"sev2\"]";
  const auto* list = node.as_array();
  if (!list) return std::string{form};
  auto& wanted = config.settings.postmortem.severities;
  wanted.fill(false);
  for (const auto& one : *list) {
    const auto severity = severity_from(one.value<std::string>().value_or(""));
    if (!severity || *severity == Severity::unset) return std::string{form};
    wanted.at(static_cast<std::size_t>(*severity) - 1) = true;
  }
  return {};
}

}  // namespace

const std::map<std::string, Take>& postmortem_keys() {
  static const std::map<std::string, Take> keys{
      {"postmortem.template", take_template}, {"postmortem.due", take_due}, {"postmortem.severities", take_severities}};
  return keys;
}

}  // namespace vakt
