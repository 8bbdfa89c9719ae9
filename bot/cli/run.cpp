// vakt run: builds the parts, wires them, and waits for a signal.
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <random>

#include "bot/cli/commands.hpp"
#include "bot/cli/document_file.hpp"
#include "bot/time/zones.hpp"
#include "integrations/runtime/log.hpp"
#include "integrations/runtime/service_manager.hpp"
#include "integrations/runtime/slack_service.hpp"
#include "integrations/runtime/system_clock.hpp"
#include "storage/sqlite/ledger.hpp"
#include "storage/sqlite/lock.hpp"
#include "storage/sqlite/reader.hpp"

namespace vakt::cli {

namespace {

using namespace std::chrono_literals;

// SIGINT and SIGTERM as a file to wait on; blocked in every thread that starts after this one.
class Signals {
 public:
  Signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    file_ = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~Signals() { close(file_); }
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  bool wait(std::chrono::milliseconds at_most) {
    pollfd poll_file{.fd = file_, .events = POLLIN, .revents = 0};
    return come_ = come_ || poll(&poll_file, 1, static_cast<int>(at_most.count())) > 0;
  }

 private:
  int file_;
  bool come_ = false;
};

// Names this database in the nonces of its posts.
std::string database_name(Ledger& ledger) {
  auto name = ledger.cursor("database_name");
  if (!name.empty()) return name;
  std::random_device random;
  name = "vakt-" + std::to_string(random()) + std::to_string(random());
  ledger.begin();
  ledger.set_cursor("database_name", name);
  ledger.commit();
  return name;
}

void remember_team(Ledger& ledger, const Self& self) {
  if (ledger.cursor("team_url") == self.team_url) return;  // also starts where nothing can be written now
  ledger.begin();
  ledger.set_cursor("team_url", self.team_url);
  ledger.commit();
}

// How far each flag service has been watched.
std::map<std::string, std::string> watched(Ledger& ledger, const flag::Settings& flags) {
  std::map<std::string, std::string> cursors;
  for (const auto& provider : flags.providers) cursors[provider.name] = ledger.cursor("flags:" + provider.name);
  return cursors;
}

constexpr auto alive_every = 5s;  // the unit's WatchdogSec is 30 s

int serve(Config config, Signals& signals) {
  auto lock = Lock::acquire(config.database);
  if (!lock) return failed(lock.error().text);
  const auto ledger = open_ledger(config.database, {.backup_before_migration = config.backup_before_migration});
  const auto reader = open_reader(config.database);

  const auto ahead = config.clock ? *config.clock - system_now() : Micros{0};
  const auto now = [ahead] { return system_now() + ahead; };
  auto service = SlackService::make(config, now, database_name(*ledger), write_documents(config));
  if (!service) return failed(service.error().text);
  // An absent Slack is waited for, however long, and no reason for the service manager to start us anew.
  notify_service_manager("READY=1\nSTATUS=Asking Slack who we are");
  auto alive_at = std::chrono::steady_clock::now();
  auto self = (*service)->identify([&] {
    if (std::chrono::steady_clock::now() - alive_at > alive_every) {
      notify_service_manager("WATCHDOG=1");
      alive_at = std::chrono::steady_clock::now();
    }
    return signals.wait(0ms);
  });
  if (!self) return signals.wait(0ms) ? 0 : failed(self.error().text);
  config.settings.self = *self;
  remember_team(*ledger, *self);
  config.settings.postmortem.fields = fields_of_templates(config);

  Brain brain{*ledger, *reader, **service, config.settings, now};
  (*service)->start(brain, watched(*ledger, config.settings.flags));
  brain.start();
  log(LogLevel::info, "vakt " VAKT_VERSION " serves " + self->team_url + " from " + config.database);
  notify_service_manager("STATUS=Serving " + self->team_url);
  while (!signals.wait(alive_every)) {
    if ((*service)->failed()) break;
    notify_service_manager("WATCHDOG=1");
  }
  notify_service_manager("STOPPING=1");
  (*service)->stop_listening();
  brain.stop();
  (*service)->stop();
  return (*service)->failed() ? failed("Slack refuses the app token; see the log above. Nothing recorded is lost.") : 0;
}

}  // namespace

int run(const Config& config) {
  Signals signals;
  if (config.app_token.empty() || config.bot_token.empty())
    return failed(
        "SLACK_APP_TOKEN (xapp-…) and SLACK_BOT_TOKEN (xoxb-…) are not set. `deploy/run` without them opens a local "
        "workspace; the README says how to get them.");
  for (const auto& key : config.not_yet)
    log(LogLevel::warning,
        "The configuration's \"" + key + "\" is for a part that this version does not have. It has no effect.");
  try {
    return serve(config, signals);
  } catch (const std::exception& error) {
    return failed(without_secrets(error.what()));
  }
}

}  // namespace vakt::cli
