#include "tests/bench/subject.hpp"

#include <fstream>
#include <stdexcept>

#include "tests/bench/database.hpp"

namespace bench {

namespace {

std::string configuration(const Paths& paths) {
  auto file = paths.folder + "/vakt.toml";
  std::ofstream(file) << "[http]\nlisten = \"\"\n";  // several run at once
  return file;
}

}  // namespace

std::string database_of(const Paths& paths, const std::string& name) { return paths.folder + "/" + name + ".db"; }

Subject::Subject(Slack& slack, const Paths& paths, Kind kind, std::string name)
    : slack_(slack), app_(slack.app(name)), kind_(kind), database_(database_of(paths, name)) {
  const Program::Environment environment{
      {"SLACK_API_URL", slack.api_url()}, {"SLACK_APP_TOKEN", "xapp-" + name},   {"SLACK_BOT_TOKEN", "xoxb-" + name},
      {"VAKT_DATABASE", database_},       {"VAKT_CONFIG", configuration(paths)}, {"BOT_DATABASE", database_},
      {"NODE_ENV", "production"}};
  std::vector<std::string> arguments;
  if (kind == Kind::vakt) arguments = {paths.vakt, "run"};
  if (kind == Kind::bare_loop)
    arguments = {paths.bare_loop, std::to_string(slack.port()), slack.socket_path(name), database_};
  if (kind == Kind::bolt) arguments = {paths.node, paths.bot};

  const auto start = Clock::now();
  program_ = std::make_unique<Program>(arguments, environment, paths.folder + "/" + name + ".log");
  slack.serve_until(
      [&] {
        if (program_->ended()) throw std::runtime_error(name + " ended at its start:\n" + program_->output());
        return !app_.sockets.empty();
      },
      name + " to connect");
  seconds_to_connect_ = std::chrono::duration<double>(Clock::now() - start).count();
}

std::int64_t Subject::recorded() const {
  return number_in(database_, kind_ == Kind::vakt ? "SELECT count(*) FROM entries WHERE kind = 'message'"
                                                  : "SELECT count(*) FROM messages");
}

void Subject::stop() {
  program_->terminate();
  slack_.serve_until([&] { return program_->ended(); }, app_.name + " to end");
  slack_.serve_until([&] { return app_.sockets.empty(); }, app_.name + " to leave");
  if (kind_ == Kind::vakt && program_->status() != 0)
    throw std::runtime_error(app_.name + " did not end well:\n" + program_->output());
}

}  // namespace bench
