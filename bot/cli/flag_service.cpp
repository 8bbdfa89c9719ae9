#include "bot/cli/flag_service.hpp"

#include <boost/asio/io_context.hpp>
#include <iostream>

#include "integrations/flags/flag_runner.hpp"
#include "integrations/http/https_client.hpp"
#include "integrations/runtime/system_clock.hpp"

namespace vakt::cli {

struct FlagService::Parts {
  explicit Parts(const Config& config)
      : http(make_https_client(io, {.https_proxy = config.https_proxy, .no_proxy = config.no_proxy})) {
    FlagRunner::Providers providers;
    for (const auto& settings : config.settings.flags.providers)
      providers.push_back(flag::make_provider(*http, settings));
    runner = FlagRunner::make(io, std::move(providers), system_now,
                              {.progress = [](std::int64_t, const inbound::FlagProgress&) {},
                               .unrecorded = [this](const inbound::FlagProgress& told) { moved(told); },
                               .read = [this](std::int64_t, inbound::FlagsRead read) { got = std::move(read); },
                               .observed = [](const inbound::FlagsObserved&) {},
                               .warn = [](const std::string& sentence) { std::cerr << sentence << "\n"; }});
  }

  boost::asio::io_context io;
  std::unique_ptr<HttpsClient> http;
  std::shared_ptr<FlagRunner> runner;
  std::optional<inbound::FlagsRead> got;
  std::function<void(const inbound::FlagProgress&)> moved;
};

FlagService::FlagService(const Config& config) : parts_(std::make_unique<Parts>(config)) {}

FlagService::~FlagService() {
  parts_->runner->leave();
  parts_->http->stop();
}

inbound::FlagsRead FlagService::read(effect::ReadFlags asked) {
  parts_->got.reset();
  parts_->runner->read(0, asked);
  parts_->io.restart();
  while (!parts_->got && parts_->io.run_one() > 0) {
  }
  return parts_->got ? std::move(*parts_->got) : inbound::FlagsRead{.asked = std::move(asked)};
}

inbound::FlagProgress FlagService::carry_out(flag::Wanted wanted, std::chrono::seconds patience,
                                             const std::function<void(const inbound::FlagProgress&)>& moved) {
  inbound::FlagProgress last{.wanted = wanted, .requested_at = system_now()};
  parts_->moved = [&](const inbound::FlagProgress& told) {
    last = told;
    moved(told);
  };
  const auto until = std::chrono::steady_clock::now() + patience;
  parts_->runner->change_unrecorded(std::move(wanted));
  parts_->io.restart();
  while (!flag::is_over(last.progress.standing) && std::chrono::steady_clock::now() < until &&
         parts_->io.run_one_until(until) > 0) {
  }
  return last;
}

}  // namespace vakt::cli
