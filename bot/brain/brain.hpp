// Takes batches of Inbound, drops repeats, decides, commits once, then releases acknowledgements and effects.
// One thread of its own owns the ledger; push() and stop() may be called from any thread.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <thread>

#include "bot/brain/ledger.hpp"
#include "bot/brain/outlet.hpp"
#include "bot/brain/reader.hpp"
#include "bot/decide/decide.hpp"

namespace vakt {

class Brain {
 public:
  using Clock = std::function<Instant()>;  // UTC; thread-safe
  Brain(Ledger&, Reader&, Outlet&, Settings, Clock);
  ~Brain();
  Brain(const Brain&) = delete;
  Brain& operator=(const Brain&) = delete;

  void start();  // hands over what an earlier run left in the outbox, then works until stop()
  void stop();   // finishes and commits what has been pushed, then returns

  // False if the queue is full: the Inbound was not taken and must not be acknowledged.
  bool push(Inbound);
  // What arrived together, in its order, so that one commit can serve it. Those that were not taken are left in
  // `batch`.
  void push_all(std::vector<Inbound>& batch);
  void online(bool is_online) { online_ = is_online; }
  bool storage_works() const { return storage_works_; }
  BrainCounts counts() const;

  // One batch, on the caller's thread: for tests and replays.
  void run_batch(std::vector<Inbound> batch);

 private:
  struct Released {
    std::vector<Acknowledgement> acks;
    std::vector<OutboxRow> effects;
    std::vector<std::pair<bool, std::string>> reports;
    BrainCounts counts;
    bool operators_changed = false;
  };
  bool take(Inbound&);  // under the mutex; false leaves it as it was
  void loop();
  std::vector<Inbound> next_batch();
  bool try_batch(std::vector<Inbound>& batch);
  void process(const Inbound&, Released&);
  void decide_and_store(const Inbound&, Released&);
  void quarantine(const Inbound&, const std::string& error, Released&);
  void report_left_out();
  void tell_operators();
  bool resumes(OutboxRow&);
  void drain_inbox();
  void look_up_names(const std::vector<std::string>& ids, std::vector<Effect>&);
  void heartbeat(bool idle);
  void fire_due(Instant now);

  // While storage fails (storage_trouble.cpp).
  static bool is_from_person(const Inbound&);
  // For what a person did and is not recorded: the ack's answer, or else a message to them beside the outbox.
  static std::optional<Answer> refusal(const Inbound&, std::string_view sentence, std::vector<OutboxRow>& messages);
  void storage_fails(const std::string& error);
  void storage_is_back();
  void keep_for_later(std::vector<Inbound> batch);
  void tell_not_recorded(const Inbound&);

  Ledger& ledger_;
  Reader& reader_;
  Outlet& outlet_;
  const Settings settings_;
  const Clock now_;
  std::set<std::string> asked_names_;
  std::optional<std::set<UserId>> known_operators_;
  Instant last_heartbeat_{};
  std::optional<Instant> next_wake_;  // as the ledger has it, while wakes_known_
  bool wakes_known_ = false;
  unsigned busy_rounds_ = 0;  // batches since it began
  std::atomic<bool> online_ = false;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Inbound> urgent_, later_;  // fetched pages wait until nothing else does
  BrainCounts counts_;
  bool stopping_ = false;
  std::atomic<bool> storage_works_ = true;
  std::string trouble_;  // what was last reported of it
  std::thread thread_;
};

}  // namespace vakt
