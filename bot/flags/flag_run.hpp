// One change of a flag being carried out, as a state machine that answers "what should we do next?". Sans-io: answers
// of the service come in with the time, steps go out. Off is retried until it is proven, until a person says stop, or
// until somebody has changed the flag since; nothing is shown as done that was not read back. Where off changes nothing
// else, it is ordered while the flag is still being read for the first time (order_ahead). One thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "bot/flags/provider_answers.hpp"

namespace vakt::flag {

// How a change stands.
enum class Standing : std::uint8_t {
  asked,      // a person has to agree first; nothing was started
  under_way,  // not proven yet, and not late
  unknown,    // not proven, and late: it may be on or off; still being tried
  proven,     // over: read back, and served where the service tells
  stopped,    // over: a person said stop; what the flag is now is not known
  overruled,  // over: somebody else changed it since; theirs stands
  failed,     // over: certainly nothing was changed
};
bool is_over(Standing);

// What is asked for. `key` names the request for good (an envelope, a terminal's own): the same key is never run twice.
struct Wanted {
  std::string key;
  std::string provider;  // empty: the default one, or else the one that has the flag
  std::string name, environment;
  Action action = Action::off;
  int percent = 0;             // 0..100
  std::string snapshot;        // of a restore
  std::optional<State> shown;  // on, percent, restore: what the flag was when a person agreed; else it is not touched
  std::optional<State> restored;     // of a restore: what the flag is to be
  bool resumed = false;              // an earlier run may have carried it out
  std::optional<Instant> stored_at;  // that an earlier run was told of
  std::optional<Instant> asked_at;   // of a resumed one: an order of an earlier run may have arrived since then
  bool operator==(const Wanted&) const = default;
};

struct Progress {
  Standing standing = Standing::under_way;
  std::string provider, project;
  std::optional<Instant> stored_at;    // the service said that it did it
  std::optional<Instant> verified_at;  // read back
  std::optional<Instant> served_at;    // applications get it
  bool was_so_already = false;
  bool sent_again = false;              // without knowing whether the first order had arrived and been taken back
  std::optional<Reading> before;        // the first reading
  std::optional<State> after;           // the one that showed it carried out
  std::string problem;                  // the last thing that went wrong; for people, in English
  std::string link;                     // where a person can go on
  bool not_found = false;               // the service has no such flag, or not in that environment
  std::vector<std::string> candidates;  // names that look like the one that is not there
  std::vector<std::string> also_at;     // other providers that have a flag of this name
  std::string by_hand;                  // a command that does the same without vakt
  bool operator==(const Progress&) const;
};

namespace step {
struct Read {};
struct Suggest {};  // catalog of the environment, for names that look like it
struct CarryOut {
  Order order;
  std::chrono::milliseconds timeout;
};
struct AskChanges {
  Instant since;
};
struct AskServed {};
struct Wait {
  Instant until;
};
struct Over {};
}  // namespace step
using Step =
    std::variant<step::Read, step::Suggest, step::CarryOut, step::AskChanges, step::AskServed, step::Wait, step::Over>;

class FlagRun {
 public:
  FlagRun(Wanted wanted, std::string provider, bool tells_what_is_served, Instant now);

  Step next(Instant now);
  // Before the first step, of an off alone: the first reading is under way, and the order does not wait for it.
  void order_ahead();
  // That reading: what the flag was before.
  void read_ahead(const Answer<Reading>&);
  void read(Answer<Reading>, Instant now);
  void suggested(Answer<Catalog>, Instant now);
  void carried_out(Answer<void>, Instant now);
  void changes(Answer<Observations>, Instant now);
  void served(ServedAnswer, Instant now);
  void stop(Instant now);

  const Wanted& wanted() const { return wanted_; }
  const Progress& progress() const { return progress_; }
  // What only whoever runs it can know.
  void tell(std::vector<std::string> also_at, std::string by_hand) {
    progress_.also_at = std::move(also_at);
    progress_.by_hand = std::move(by_hand);
  }

  static constexpr std::chrono::seconds late_after{5};  // then it is UNKNOWN, aloud
  static constexpr std::chrono::milliseconds served_every{250};
  static constexpr std::chrono::seconds sight_lasts{60};

 private:
  enum class Phase : std::uint8_t { reading, suggesting, calling, checking_others, checking_before, serving, over };
  void end(Standing, std::string problem = {});
  void again(Phase, Instant now);
  void look(Instant now);
  void found_otherwise(Instant now);
  void found_as_wanted(const Reading&, const State&, Instant now);
  void found_before(const Answer<Observations>&, Instant now);
  bool turns_it_since(const Observation&) const;

  Wanted wanted_;
  bool tells_what_is_served_;
  Progress progress_;
  Phase phase_ = Phase::reading;
  Instant started_;
  Instant sent_since_;  // no order was sent before
  Instant not_before_;
  bool may_have_landed_;     // an order was sent whose answer is not known
  bool ahead_ = false;       // it was ordered before it was read
  Reading read_back_;        // while it is found out what it was before
  Instant looked_at_;        // the service was last asked anything
  bool lost_sight_ = false;  // somebody may have decided while nobody looked
  int stale_reads_ = 0;      // after the service said it did it, how often it read otherwise
  unsigned failures_ = 0;
};

// The names closest to one that is not there, best first, at most 5.
std::vector<std::string> similar_names(const std::string& name, const Catalog&);

// Whether the flag is what the order makes of it.
bool is_as_wanted(const Wanted&, const State&);

// Whether the flag is enabled once the order is carried out.
bool ends_enabled(const Wanted&);

// What a flag is to be in an environment once the order is carried out; nothing if that cannot be told (percent).
std::optional<State> state_after(const Wanted&, const State& before);

}  // namespace vakt::flag
