// Bytes in, one HTTP/1.1 response out (chunked or not). Pure, for untrusted bytes; one thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "integrations/http/http.hpp"

namespace vakt {

inline constexpr std::size_t largest_response_body = 16 * 1024 * 1024;
inline constexpr std::size_t largest_response_header = 64 * 1024;

class ResponseReader {
 public:
  explicit ResponseReader(bool answers_head);  // the answer to HEAD has no body, whatever its headers say
  ~ResponseReader();

  // Nothing: more bytes are needed. A fault: broken (nonsense) or too_large. Not to be called again after a response or
  // a fault.
  std::optional<std::expected<HttpResponse, HttpFault>> feed(std::string_view bytes);

  // The stream ended: a response, if its end is the end of the stream; broken otherwise.
  std::expected<HttpResponse, HttpFault> end_of_stream();

  bool untouched() const;   // no byte of an answer was seen
  bool keep_alive() const;  // after a response: the connection may carry another, and no stray bytes followed it

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vakt
