// Carries out changes of flags until they are over, reads flags for answers, and watches what others change. The next
// step of a change is decided by bot/flags/flag_run. Network thread only.
#pragma once

#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/inbound.hpp"
#include "integrations/flags/flag_provider.hpp"

namespace vakt {

struct FlagHooks {
  // A change moved. outbox_id is 0 but for the last one.
  std::function<void(std::int64_t outbox_id, inbound::FlagProgress)> progress;
  // The same of a kill that is not in the ledger (yet).
  std::function<void(inbound::FlagProgress)> unrecorded;
  std::function<void(std::int64_t outbox_id, inbound::FlagsRead)> read;
  std::function<void(inbound::FlagsObserved)> observed;
  std::function<void(const std::string& sentence)> warn;  // for the log
};

class FlagRunner {
 public:
  using Providers = std::vector<std::unique_ptr<flag::Provider>>;  // the default one first
  // What it began outlives it by no told word: letting it go leaves, see leave().
  static std::shared_ptr<FlagRunner> make(boost::asio::io_context&, Providers, std::function<Instant()> now, FlagHooks);
  virtual ~FlagRunner() = default;

  // A kill was asked for and is not written down yet: the flag is being read meanwhile. Nothing may come of it.
  virtual void expect(const flag::Wanted&) = 0;
  // The same key is carried out once, whoever asks how often: a later call takes over what is under way, and is told.
  virtual void change(std::int64_t outbox_id, effect::ChangeFlag) = 0;
  // Before, or without, the ledger: told through `unrecorded` until change() with the same key takes it over.
  virtual void change_unrecorded(flag::Wanted) = 0;
  virtual void stop(const std::string& key) = 0;
  virtual void read(std::int64_t outbox_id, effect::ReadFlags) = 0;
  // cursors: provider -> where an earlier run was. Makes ready for a kill in that environment.
  virtual void watch(std::map<std::string, std::string> cursors, const std::string& environment) = 0;
  // Ends every wait; what is under way is not told any more and stays in the outbox.
  virtual void leave() = 0;
};

}  // namespace vakt
