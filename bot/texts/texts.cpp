#include "bot/texts/texts.hpp"

#include "bot/texts/mrkdwn.hpp"

namespace vakt {

extern const Texts english, bokmaal;

const Texts& texts(Language language) { return language == Language::nb ? bokmaal : english; }

std::string_view shown(const Texts& t, Severity severity) {
  static constexpr std::string_view names[]{"", "SEV1", "SEV2", "SEV3", "SEV4"};
  return severity == Severity::unset ? t.severity_unset : names[static_cast<std::size_t>(severity)];
}

std::string_view shown(const Texts& t, Phase phase) {
  switch (phase) {
    case Phase::identified:
      return t.phase_identified;
    case Phase::monitoring:
      return t.phase_monitoring;
    case Phase::investigating:
      break;
  }
  return t.phase_investigating;
}

std::string_view shown(const Texts& t, Marker marker) {
  switch (marker) {
    case Marker::downtime_start:
      return t.downtime_start;
    case Marker::event_start:
      return t.event_start;
    case Marker::problem_fixed:
      return t.problem_fixed;
    case Marker::downtime_end:
      return t.downtime_end;
    case Marker::event_end:
      break;
  }
  return t.event_end;
}

std::string_view shown_field(const Texts& t, std::string_view field) {
  const std::pair<std::string_view, std::string_view> names[]{{"summary", t.field_summary},
                                                              {"impact", t.field_impact},
                                                              {"cause", t.field_cause},
                                                              {"solution", t.field_solution},
                                                              {"detection", t.field_detection},
                                                              {"well", t.field_well},
                                                              {"wrong", t.field_wrong},
                                                              {"learned", t.field_learned},
                                                              {"mitigation", t.field_mitigation},
                                                              {"affected", t.field_affected},
                                                              {"link", t.field_link}};
  for (const auto& [name, text] : names)
    if (name == field) return text;
  return field;
}

std::string why_shown(const Texts& t, std::string_view error) {
  const auto code = escaped(error);
  const auto with = [&](std::string_view meaning) { return std::string{meaning} + "; " + code; };
  if (error == "restricted_action" || error == "cannot_create_channel") return with(t.why_forbidden);
  if (error == "channel_not_found") return with(t.why_no_channel);
  if (error == "not_in_channel") return with(t.why_not_member);
  if (error == "is_archived") return with(t.why_archived);
  if (error == "missing_scope") return with(t.why_no_scope);
  // A sentence is of the network, and in English: its words are for the log. A code that is new to us is Slack's word.
  return error.find(' ') == std::string_view::npos ? code : std::string{t.why_unreachable};
}

std::string state_shown(const Texts& t, const Incident& incident) {
  if (incident.status == Status::resolved) return std::string{t.status_resolved};
  if (incident.status == Status::cancelled) return std::string{t.status_cancelled};
  return std::string{shown(t, incident.phase)};
}

}  // namespace vakt
