#include "tests/bench/program.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {

namespace {
[[noreturn]] void become(const std::vector<std::string>& arguments, const Program::Environment& environment,
                         const std::string& output_file) {
  const int file = ::open(output_file.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  ::dup2(file, 1);
  ::dup2(file, 2);
  for (const auto& [name, value] : environment) ::setenv(name.c_str(), value.c_str(), 1);
  std::vector<char*> pointers;
  for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  ::execv(pointers.front(), pointers.data());
  ::_exit(127);
}
}  // namespace

Program::Program(const std::vector<std::string>& arguments, const Environment& environment, std::string output_file)
    : output_file_(std::move(output_file)) {
  id_ = ::fork();
  if (id_ < 0) throw std::runtime_error("No process can be started");
  if (id_ == 0) become(arguments, environment, output_file_);
}

Program::~Program() {
  if (ended()) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, &status_, 0);
}

double Program::cpu_seconds() const {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
    throw std::runtime_error("A program's CPU time cannot be read: it has ended\n" + output());
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double Program::resident_mebibytes() const {
  std::ifstream status("/proc/" + std::to_string(id_) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return std::strtod(line.c_str() + 6, nullptr) / 1024;
  throw std::runtime_error("A program's memory cannot be read: it has ended\n" + output());
}

bool Program::ended() {
  if (!ended_) ended_ = ::waitpid(id_, &status_, WNOHANG) == id_;
  return ended_;
}

void Program::terminate() const { ::kill(id_, SIGTERM); }

std::string Program::output() const {
  std::ostringstream all;
  all << std::ifstream(output_file_).rdbuf();
  return all.str();
}

}  // namespace bench
