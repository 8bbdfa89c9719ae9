#pragma once
// The network: HTTP and WebSocket on loopback, all on one thread.
#include <memory>

#include "routes.hpp"

namespace workspace {

class Server {
 public:
  Server();
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Timers for everybody.
  [[nodiscard]] After after();
  // Binds 127.0.0.1; returns the port.
  unsigned short listen(unsigned short port);
  // Serves until SIGTERM or SIGINT.
  void run(House&, Routes&);

  struct Parts;

 private:
  std::unique_ptr<Parts> parts_;
};

}  // namespace workspace
