#include "bot/actions/folded.hpp"

namespace vakt::action {

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    // Æ, Ø, Å in UTF-8: C3 and then 86, 98, 85; the small ones stand 32 further on.
    if (c == '\xC3' && i + 1 < text.size() && (text[i + 1] == '\x86' || text[i + 1] == '\x98' || text[i + 1] == '\x85'))
      out += static_cast<char>(text[++i] + 32);
  }
  return out;
}

}  // namespace vakt::action
