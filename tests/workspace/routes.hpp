#pragma once
// Which path goes where.
#include "house.hpp"
#include "web.hpp"

namespace workspace {

class Routes {
 public:
  explicit Routes(House& house);
  void answer(const Request&, const Answered&);

 private:
  void api(const Request&, const Answered&);
  void respond(const Request&, const Answered&);
  void state(const Request&, const Answered&);
  void file(const Request&, const Answered&);
  void flush();

  struct Waiter {
    std::string user;
    long version = 0, number = 0;
    Answered answered;
  };
  House& house_;
  std::map<long, Waiter> waiters_;
  long waiters_made_ = 0;
  bool flushing_ = false;
};

}  // namespace workspace
