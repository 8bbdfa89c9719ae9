#include "bot/texts/flag_texts.hpp"

namespace vakt {

extern const FlagTexts flags_in_english, flags_in_bokmal;

const FlagTexts& flag_texts(Language language) { return language == Language::nb ? flags_in_bokmal : flags_in_english; }

}  // namespace vakt
