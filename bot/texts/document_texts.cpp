#include "bot/texts/document_texts.hpp"

namespace vakt {

extern const DocumentTexts documents_in_english, documents_in_bokmal;

const DocumentTexts& document_texts(Language language) {
  return language == Language::nb ? documents_in_bokmal : documents_in_english;
}

}  // namespace vakt
