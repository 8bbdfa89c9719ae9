// A program under measurement: started here, ended here. Its output goes to a file.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace bench {

class Program {
 public:
  using Environment = std::map<std::string, std::string>;  // on top of ours
  Program(const std::vector<std::string>& arguments, const Environment&, std::string output_file);
  ~Program();  // kills what has not been stopped
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  double cpu_seconds() const;         // user and system, all threads
  double resident_mebibytes() const;  // VmRSS
  bool ended();                       // and with what: see status()
  int status() const { return status_; }
  void terminate() const;  // SIGTERM; wait with ended()
  std::string output() const;

 private:
  pid_t id_ = -1;
  int status_ = 0;
  bool ended_ = false;
  std::string output_file_;
};

}  // namespace bench
