// The configuration: a TOML file, the environment, and the secrets that only the environment may hold. Read once at
// start.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "bot/result.hpp"
#include "bot/settings.hpp"

namespace vakt {

struct Config {
  Settings settings;         // `self` is filled in from Slack's auth.test
  std::string folder = ".";  // of the configuration file: people's own templates stand there
  std::string database = "vakt.db";
  bool backup_before_migration = true;
  std::string listen = "127.0.0.1:8090";  // health and metrics; "": none
  int connections = 2;                    // 1..10
  std::string slack_api_url = "https://slack.com/api/";
  std::string app_token, bot_token;  // empty if not set
  std::string trello_api_url = "https://api.trello.com/1/";
  std::string trello_key, trello_token;  // empty if not set; cards are made only where both are
  std::string https_proxy, no_proxy;
  std::vector<std::string> not_yet;  // keys of parts that this program does not have: named at start, without effect
  std::optional<Instant> clock;      // VAKT_CLOCK: what time it is at start, for replays and tests
};

using Environment = std::function<std::optional<std::string>(const std::string& name)>;
Environment process_environment();

// The file's text and the environment as a Config. Errors name the file, the line and the nearest known key.
Result<Config> read_config(const std::string& toml_text, const std::string& file_name, const Environment&);

// `--config`, or $VAKT_CONFIG, ./vakt.toml, /etc/vakt/vakt.toml; none of them is fine unless one was asked for by name.
Result<Config> load_config(const std::string& asked_for, const Environment&);

// NAME from the environment, or the contents of the file that NAME_FILE names, without its last line break.
Result<std::string> secret(const std::string& name, const Environment&);

}  // namespace vakt
