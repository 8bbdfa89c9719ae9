// The flag services as a terminal uses them: each call waits for its answer. Main thread.
#pragma once

#include <functional>
#include <memory>

#include "bot/config/config.hpp"
#include "bot/inbound.hpp"

namespace vakt::cli {

class FlagService {
 public:
  explicit FlagService(const Config&);
  ~FlagService();
  FlagService(const FlagService&) = delete;
  FlagService& operator=(const FlagService&) = delete;

  inbound::FlagsRead read(effect::ReadFlags);
  // Until it is over, or for as long as `patience`; `moved` is told of each step.
  inbound::FlagProgress carry_out(flag::Wanted, std::chrono::seconds patience,
                                  const std::function<void(const inbound::FlagProgress&)>& moved);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace vakt::cli
