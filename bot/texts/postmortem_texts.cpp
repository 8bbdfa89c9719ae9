#include "bot/texts/postmortem_texts.hpp"

#include <utility>

namespace vakt {

extern const PostmortemTexts postmortems_in_english, postmortems_in_bokmal;

const PostmortemTexts& postmortem_texts(Language language) {
  return language == Language::nb ? postmortems_in_bokmal : postmortems_in_english;
}

std::string_view question_for(const PostmortemTexts& t, std::string_view field) {
  const std::pair<std::string_view, std::string_view> questions[]{
      {"summary", t.ask_summary},   {"impact", t.ask_impact},       {"cause", t.ask_cause},
      {"solution", t.ask_solution}, {"detection", t.ask_detection}, {"well", t.ask_well},
      {"wrong", t.ask_wrong},       {"learned", t.ask_learned},     {"mitigation", t.ask_mitigation},
      {"affected", t.ask_affected}};
  for (const auto& [name, question] : questions)
    if (name == field) return question;
  return {};
}

std::string_view why_not_uploaded(const PostmortemTexts& t, std::string_view error) {
  if (error == "file_uploads_disabled" || error == "file_uploads_except_images_disabled" ||
      error == "file_type_not_allowed")
    return t.why_no_uploads;
  if (error == "file_upload_size_restricted") return t.why_too_large;
  if (error == "storage_limit_reached") return t.why_storage_full;
  if (error == "no_record") return t.why_no_record;
  return {};
}

}  // namespace vakt
