#pragma once
// One Socket Mode connection.
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>

#include "house.hpp"

namespace workspace {

void serve_socket(House&, boost::asio::ip::tcp::socket,
                  const boost::beast::http::request<boost::beast::http::string_body>& upgrade);

}  // namespace workspace
