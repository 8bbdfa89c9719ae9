// The programs that are compared, each connected to the same small Slack with an app and a database of its own.
#pragma once

#include <memory>
#include <string>

#include "tests/bench/program.hpp"
#include "tests/bench/slack.hpp"

namespace bench {

struct Paths {
  std::string vakt, bare_loop, node, bot;
  std::string folder;  // for databases and output; on the disk that is to be measured
};

class Subject {
 public:
  enum class Kind { vakt, bare_loop, bolt };

  // Starts it and serves until it is connected. `name` names its app, its database and its output.
  Subject(Slack&, const Paths&, Kind, std::string name);

  App& app() { return app_; }
  Program& program() { return *program_; }
  double seconds_to_connect() const { return seconds_to_connect_; }  // from its start to its first hello
  std::int64_t recorded() const;                                     // messages on disk
  // Ends it, as its user would. std::runtime_error if it does not end, or vakt's status is not 0.
  void stop();

 private:
  Slack& slack_;
  App& app_;
  Kind kind_;
  std::string database_;
  std::unique_ptr<Program> program_;
  double seconds_to_connect_ = 0;
};

std::string database_of(const Paths&, const std::string& name);

}  // namespace bench
