#include "integrations/http/http_date.hpp"

#include <ctime>
#include <iomanip>
#include <locale>
#include <sstream>

namespace vakt {

std::optional<Instant> http_date(const std::string& text) {
  if (!text.ends_with(" GMT")) return std::nullopt;  // get_time is content with a text that ends early
  std::istringstream in{text};
  in.imbue(std::locale::classic());
  std::tm parts{};
  in >> std::get_time(&parts, "%a, %d %b %Y %H:%M:%S GMT");
  if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
  return Instant{std::chrono::seconds{timegm(&parts)}};
}

}  // namespace vakt
