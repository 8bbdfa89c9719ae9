// vakt-workspace: a small Slack on loopback, for people and for end-to-end tests.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>

#include "server.hpp"

namespace {

struct Options {
  unsigned short port = 8080;
  std::string port_file;
  std::vector<std::string> commands{"/incident", "/flag", "/action", "/rollout"};
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream in(text);
  for (std::string one; std::getline(in, one, ',');)
    if (!one.empty()) out.push_back(one);
  return out;
}

std::optional<Options> parse(int count, char** words) {
  Options options;
  for (int i = 1; i < count; i += 2) {
    std::string name = words[i];
    if (i + 1 >= count) return std::nullopt;
    std::string value = words[i + 1];
    if (name == "--port")
      options.port = static_cast<unsigned short>(std::strtoul(value.c_str(), nullptr, 10));
    else if (name == "--port-file")
      options.port_file = value;
    else if (name == "--commands")
      options.commands = split(value);
    else
      return std::nullopt;
  }
  return options;
}

// Whoever waits for the file never sees half of it.
void write_port(const std::string& path, unsigned short port) {
  std::string draft = path + ".new";
  std::ofstream(draft) << port << "\n";
  if (std::rename(draft.c_str(), path.c_str()) != 0) throw std::runtime_error("cannot write " + path);
}

}  // namespace

int main(int count, char** words) {
  auto options = parse(count, words);
  if (!options) {
    std::cerr
        << "usage: vakt-workspace [--port 8080] [--port-file FILE] [--commands /incident,/flag,/action,/rollout]\n";
    return 2;
  }
  try {
    workspace::Server server;
    workspace::House house(server.after(), options->commands);
    workspace::Routes routes(house);
    unsigned short port = server.listen(options->port);
    house.space.base_url = "http://127.0.0.1:" + std::to_string(port);
    if (!options->port_file.empty()) write_port(options->port_file, port);
    std::cout << "vakt-workspace listens on " << house.space.base_url << std::endl;
    server.run(house, routes);
    return 0;
  } catch (const std::exception& wrong) {
    std::cerr << "vakt-workspace: " << wrong.what() << "\n";
    return 1;
  }
}
