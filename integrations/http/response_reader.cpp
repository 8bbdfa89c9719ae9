#include "integrations/http/response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <utility>

namespace vakt {
namespace http = boost::beast::http;
using boost::system::error_code;

struct ResponseReader::Parts {
  bool answers_head = false;
  bool touched = false;
  bool keep_alive = false;
  std::optional<http::response_parser<http::string_body>> parser;
  std::string waiting;  // bytes that the parser wants to see again together with what follows

  void restart() {
    parser.emplace();
    parser->eager(true);
    parser->skip(answers_head);
    parser->body_limit(largest_response_body);
    parser->header_limit(static_cast<std::uint32_t>(largest_response_header));
  }

  HttpResponse take() {
    auto message = parser->release();
    HttpResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
      std::string name(field.name_string());
      std::ranges::transform(name, name.begin(),
                             [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
      response.headers.emplace_back(std::move(name), std::string(field.value()));
    }
    response.body = std::move(message.body());
    return response;
  }
};

namespace {

HttpFault fault_of(const error_code& error) {
  const bool large =
      error == http::error::body_limit || error == http::error::header_limit || error == http::error::buffer_overflow;
  return large ? HttpFault::too_large : HttpFault::broken;
}

}  // namespace

ResponseReader::ResponseReader(bool answers_head) : parts_(std::make_unique<Parts>()) {
  parts_->answers_head = answers_head;
  parts_->restart();
}

ResponseReader::~ResponseReader() = default;

std::optional<std::expected<HttpResponse, HttpFault>> ResponseReader::feed(std::string_view bytes) {
  auto& parts = *parts_;
  parts.touched = parts.touched || !bytes.empty();
  parts.waiting.append(bytes);
  while (!parts.waiting.empty()) {
    error_code error;
    const std::size_t used =
        parts.parser->put(boost::asio::const_buffer(parts.waiting.data(), parts.waiting.size()), error);
    parts.waiting.erase(0, used);
    if (error == http::error::need_more) return std::nullopt;
    if (error) return std::unexpected(fault_of(error));
    if (!parts.parser->is_done()) continue;
    const unsigned status = parts.parser->get().result_int();
    if (status == 101) return std::unexpected(HttpFault::broken);
    if (status >= 200) {
      parts.keep_alive = parts.parser->get().keep_alive() && parts.waiting.empty();
      return parts.take();
    }
    parts.restart();
  }
  return std::nullopt;
}

std::expected<HttpResponse, HttpFault> ResponseReader::end_of_stream() {
  auto& parts = *parts_;
  if (!parts.parser->is_header_done()) return std::unexpected(HttpFault::broken);
  error_code error;
  parts.parser->put_eof(error);
  if (error || !parts.parser->is_done()) return std::unexpected(HttpFault::broken);
  return parts.take();
}

bool ResponseReader::untouched() const { return !parts_->touched; }
bool ResponseReader::keep_alive() const { return parts_->keep_alive; }

}  // namespace vakt
