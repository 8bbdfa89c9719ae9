// The bytes of an HTTP/1.1 request. Pure; any thread.
#pragma once

#include <string>

#include "bot/result.hpp"
#include "integrations/http/http.hpp"
#include "integrations/http/url.hpp"

namespace vakt {

// Host, Connection, Content-Length and Transfer-Encoding are set here: such headers of the request are left out.
// Errors: a method or a header that would break the request's framing; the text never repeats it.
Result<std::string> request_bytes(const HttpRequest& request, const Url& url);

}  // namespace vakt
