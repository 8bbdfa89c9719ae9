// A TLS server on loopback for one connection at a time, and the certificates it needs, made on the spot.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace vakt {

struct Certificate {
  std::string certificate;  // PEM
  std::string key;          // PEM
};

// A certificate that is its own authority, for that subjectAltName ("DNS:a.test", "IP:127.0.0.1").
inline Certificate make_certificate(const std::string& alternative_name) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), std::rand());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(alternative_name.c_str()),
                             -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  const auto extend = [&](int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate.get(), certificate.get(), nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    X509_add_ext(certificate.get(), extension, -1);
    X509_EXTENSION_free(extension);
  };
  extend(NID_basic_constraints, "critical,CA:TRUE");
  extend(NID_subject_alt_name, alternative_name.c_str());
  X509_sign(certificate.get(), key.get(), EVP_sha256());
  const auto text_of = [](auto write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
    write(memory.get());
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return std::string(data, static_cast<std::size_t>(size));
  };
  return {text_of([&](BIO* out) { PEM_write_bio_X509(out, certificate.get()); }),
          text_of([&](BIO* out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); })};
}

// Makes SSL_CERT_FILE name that certificate, as long as this lives.
class TrustedRoot {
 public:
  explicit TrustedRoot(const Certificate& root) {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("vakt-root-" + std::to_string(::getpid()) + "-" + std::to_string(++number) + ".pem");
    std::ofstream(path_) << root.certificate;
    ::setenv("SSL_CERT_FILE", path_.c_str(), 1);
    ::setenv("SSL_CERT_DIR", "/nonexistent", 1);
  }
  ~TrustedRoot() {
    ::unsetenv("SSL_CERT_FILE");
    ::unsetenv("SSL_CERT_DIR");
    std::filesystem::remove(path_);
  }
  TrustedRoot(const TrustedRoot&) = delete;
  TrustedRoot& operator=(const TrustedRoot&) = delete;

 private:
  std::filesystem::path path_;
};

// Takes connections for ever; answers what it reads with the same bytes, and "bye" with a goodbye in TLS, "cut" with a
// cut.
class TlsPeer {
 public:
  TlsPeer(boost::asio::io_context& context, const Certificate& certificate)
      : tls_(boost::asio::ssl::context::tls_server), acceptor_(context, {boost::asio::ip::address_v4::loopback(), 0}) {
    tls_.use_certificate_chain(boost::asio::buffer(certificate.certificate));
    tls_.use_private_key(boost::asio::buffer(certificate.key), boost::asio::ssl::context::pem);
    boost::asio::co_spawn(context, accept(), boost::asio::detached);
  }

  boost::asio::ssl::context& tls() { return tls_; }
  std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  std::string server_name;  // the SNI of the last client

  static constexpr auto result = boost::asio::as_tuple(boost::asio::use_awaitable);

 private:
  using Stream = boost::asio::ssl::stream<boost::asio::ip::tcp::socket>;

  boost::asio::awaitable<void> accept() {
    while (true) {
      auto [fault, socket] = co_await acceptor_.async_accept(result);
      if (fault) co_return;
      Stream stream(std::move(socket), tls_);
      co_await serve(stream);
    }
  }

  boost::asio::awaitable<void> serve(Stream& stream) {
    const auto [refused] = co_await stream.async_handshake(boost::asio::ssl::stream_base::server, result);
    if (const char* name = SSL_get_servername(stream.native_handle(), TLSEXT_NAMETYPE_host_name)) server_name = name;
    if (refused) co_return;
    std::string bytes(4096, ' ');
    while (true) {
      const auto buffer = boost::asio::buffer(bytes);
      const auto [fault, size] = co_await stream.async_read_some(buffer, result);
      if (fault) co_return;
      const std::string text = bytes.substr(0, size);
      if (text == "cut") co_return;
      if (text == "bye") {
        co_await stream.async_shutdown(result);
        co_return;
      }
      const auto reply = boost::asio::buffer(text);
      co_await boost::asio::async_write(stream, reply, result);
    }
  }

  boost::asio::ssl::context tls_;
  boost::asio::ip::tcp::acceptor acceptor_;
};

}  // namespace vakt
