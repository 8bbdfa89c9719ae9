#include "bot/config/config.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "bot/config/take.hpp"
#include "bot/spelling.hpp"
#include "bot/time/zones.hpp"

namespace vakt {

namespace {

Take text(std::string Config::* field) {
  return [field](const toml::node& node, Config& config) -> std::string {
    const auto value = node.value<std::string>();
    if (!node.is_string() || !value) return "must be a text in quotes";
    config.*field = *value;
    return {};
  };
}

Take text(std::string Settings::* field) {
  return [field](const toml::node& node, Config& config) -> std::string {
    const auto value = node.value<std::string>();
    if (!node.is_string() || !value) return "must be a text in quotes";
    config.settings.*field = *value;
    return {};
  };
}

// A name as people write it, "#incidents" or "@oncall": Slack's own names stand without the sign. Ids stay as they are.
Take named(std::string Settings::* field, char sign) {
  return [=](const toml::node& node, Config& config) -> std::string {
    if (auto wrong = text(field)(node, config); !wrong.empty()) return wrong;
    auto& name = config.settings.*field;
    if (name.starts_with(sign)) name.erase(0, 1);
    return {};
  };
}

template <class Owner>
Owner& part(Config& config) {
  if constexpr (std::is_same_v<Owner, Config>)
    return config;
  else
    return config.settings;
}

template <class Owner>
Take truth(bool Owner::* field) {
  return [field](const toml::node& node, Config& config) -> std::string {
    const auto value = node.value<bool>();
    if (!node.is_boolean() || !value) return "must be true or false";
    part<Owner>(config).*field = *value;
    return {};
  };
}

template <class Owner>
Take whole(int Owner::* field, int lowest, int highest) {
  return [=](const toml::node& node, Config& config) -> std::string {
    const auto value = node.value<std::int64_t>();
    if (!node.is_integer() || !value || *value < lowest || *value > highest)
      return "must be a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest);
    part<Owner>(config).*field = static_cast<int>(*value);
    return {};
  };
}

std::string take_timezone(const toml::node& node, Config& config) {
  const auto zone = node.value<std::string>().value_or("");
  if (!zone_exists(zone)) return "must be an IANA time zone, as \"Europe/Oslo\"";
  config.settings.timezone = zone;
  return {};
}

std::string take_language(const toml::node& node, Config& config) {
  const auto language = node.value<std::string>().value_or("");
  if (language != "en" && language != "nb") return "must be \"en\" or \"nb\"";
  config.settings.language = language == "nb" ? Language::nb : Language::en;
  return {};
}

std::string take_quiet_minutes(const toml::node& node, Config& config) {
  constexpr std::string_view form = "must be one number, or four: [sev1, sev2, sev3, sev4]";
  auto& minutes = config.settings.quiet_minutes;
  if (const auto one = node.value<std::int64_t>(); node.is_integer() && one && *one >= 0 && *one <= 100'000) {
    minutes.fill(static_cast<int>(*one));
    return {};
  }
  const auto* list = node.as_array();
  if (!list || list->size() != minutes.size()) return std::string{form};
  for (std::size_t i = 0; i < minutes.size(); ++i) {
    const auto value = (*list)[i].value<std::int64_t>();
    if (!value || *value < 0 || *value > 100'000) return std::string{form};
    minutes[i] = static_cast<int>(*value);
  }
  return {};
}

std::string take_listen(const toml::node& node, Config& config) {
  const auto address = node.value<std::string>();
  const auto colon = address ? address->rfind(':') : std::string::npos;
  const auto port = colon == std::string::npos ? std::string{} : address->substr(colon + 1);
  const bool is_one =
      colon > 0 && !port.empty() && port.size() < 6 && port.find_first_not_of("0123456789") == std::string::npos;
  if (!address || (!address->empty() && !is_one))
    return "must be an address and a port, as \"127.0.0.1:8090\"; \"\": none";
  config.listen = *address;
  return {};
}

std::string take_commands(const toml::node& node, Config& config) {
  const auto* table = node.as_table();
  if (!table) return "must be a table, as { incident = \"/incident\" }";
  for (const auto& [key, value] : *table) {
    const auto command = value.value<std::string>().value_or("");
    if (key.str() != "incident" && key.str() != "flag" && key.str() != "action" && key.str() != "rollout")
      return "knows incident, flag, action and rollout";
    if (!command.starts_with('/') || command.size() > 32) return "must start with / and have at most 32 characters";
    if (key.str() == "incident") config.settings.incident_command = command;
    if (key.str() == "flag") config.settings.flag_command = command;
    if (key.str() == "action") config.settings.action_command = command;
    if (key.str() == "rollout") config.settings.rollout_command = command;
  }
  return {};
}

std::map<std::string, Take> own_keys() {
  return {
      {"bot.timezone", take_timezone},
      {"bot.language", take_language},
      {"bot.announce_channel", named(&Settings::announce_channel, '#')},
      {"bot.oncall_group", named(&Settings::oncall_group, '@')},
      {"bot.channel_prefix", text(&Settings::channel_prefix)},
      {"bot.pin_emoji", text(&Settings::pin_emoji)},
      {"bot.normal_minutes", whole(&Settings::normal_minutes, 0, 100'000)},
      {"bot.quiet_minutes", take_quiet_minutes},
      {"bot.month_summary", truth(&Settings::month_summary)},
      {"storage.database", text(&Config::database)},
      {"storage.backup_before_migration", truth(&Config::backup_before_migration)},
      {"record.deleted_text_days", whole(&Settings::deleted_text_days, 0, 36'500)},
      {"http.listen", take_listen},
      {"slack.connections", whole(&Config::connections, 1, 10)},
      {"slack.commands", take_commands},
  };
}

const std::map<std::string, Take>& known_keys() {
  static const std::map<std::string, Take> keys = [] {
    auto all = own_keys();
    all.insert(flag_keys().begin(), flag_keys().end());
    all.insert(action_keys().begin(), action_keys().end());
    all.insert(postmortem_keys().begin(), postmortem_keys().end());
    return all;
  }();
  return keys;
}

// Keys that are promised for parts which this program does not have yet: a file that holds them is no error.
bool is_promised(const std::string& key) { return key == "bot.escalation" || key == "record.retention_days"; }

std::string nearest_key(const std::string& typed) {
  const auto far = [&](const auto& key) { return edit_distance(typed, key.first); };
  return std::ranges::min_element(known_keys(), {}, far)->first;
}

constexpr std::string_view sections[]{"bot",   "storage", "record",    "http", "slack",
                                      "flags", "trello",  "deadlines", "team", "postmortem"};

std::string_view nearest_section(const std::string& typed) {
  return *std::ranges::min_element(sections, {},
                                   [&](std::string_view section) { return edit_distance(typed, section); });
}

std::string place(const std::string& file, const toml::source_region& where) {
  return file + ", line " + std::to_string(where.begin.line) + ": ";
}

Result<void> take_keys(const std::string& file, const std::string& name, const toml::table& section, Config& config) {
  for (const auto& [key, value] : section) {
    const auto full = name + "." + std::string{key.str()};
    if (is_promised(full)) {
      config.not_yet.push_back(full);
      continue;
    }
    const auto known = known_keys().find(full);
    if (known == known_keys().end())
      return std::unexpected(Error{place(file, value.source()) + "there is no key “" + full + "”. The nearest is “" +
                                   nearest_key(full) + "”."});
    if (const auto wrong = known->second(value, config); !wrong.empty())
      return std::unexpected(Error{place(file, value.source()) + "“" + full + "” " + wrong + "."});
  }
  return {};
}

Result<void> take_section(const std::string& file, const std::string& name, const toml::node& node, Config& config) {
  const auto* section = node.as_table();
  if (!section)
    return std::unexpected(Error{place(file, node.source()) + "“" + name + "” must be a section, as [bot]."});
  if (std::ranges::find(sections, name) == std::end(sections))
    return std::unexpected(Error{place(file, node.source()) + "there is no section “" + name + "”. The nearest is “" +
                                 std::string{nearest_section(name)} + "”."});
  if (auto taken = take_keys(file, name, *section, config); !taken) return taken;
  if (const auto wrong = name == "trello" ? wrong_lists(config) : std::string{}; !wrong.empty())
    return std::unexpected(Error{place(file, node.source()) + "[trello] " + wrong + "."});
  return {};
}

Result<void> take_teams(const std::string& file, const toml::node& node, Config& config) {
  const auto* teams = node.as_array();
  if (!teams || !teams->is_array_of_tables())
    return std::unexpected(Error{place(file, node.source()) + "“team” must be written as [[team]], once for each."});
  auto& taken_teams = config.settings.actions.teams;
  const auto start = taken_teams.front();  // what [trello] says
  taken_teams.clear();
  for (const auto& team : *teams) {
    taken_teams.push_back(start);
    if (auto taken = take_keys(file, "team", *team.as_table(), config); !taken) return taken;
    if (const auto wrong = wrong_team(config); !wrong.empty())
      return std::unexpected(Error{place(file, team.source()) + "this [[team]] " + wrong + "."});
  }
  return {};
}

std::string first_of(const Environment& env, std::initializer_list<const char*> names) {
  for (const auto* name : names)
    if (const auto value = env(name); value && !value->empty()) return *value;
  return {};
}

Result<void> take_environment(const Environment& env, Config& config) {
  if (const auto url = env("SLACK_API_URL"); url && !url->empty()) config.slack_api_url = *url;
  if (!config.slack_api_url.ends_with('/')) config.slack_api_url += '/';
  if (!config.slack_api_url.starts_with("https://") && !is_loopback(config.slack_api_url))
    return std::unexpected(Error{"SLACK_API_URL must start with https:// (http:// is for this machine only)."});
  if (const auto database = env("VAKT_DATABASE"); database && !database->empty()) config.database = *database;
  config.https_proxy = first_of(env, {"HTTPS_PROXY", "https_proxy"});
  config.no_proxy = first_of(env, {"NO_PROXY", "no_proxy"});
  auto app = secret("SLACK_APP_TOKEN", env), bot = secret("SLACK_BOT_TOKEN", env);
  if (!app) return std::unexpected(app.error());
  if (!bot) return std::unexpected(bot.error());
  config.app_token = std::move(*app);
  config.bot_token = std::move(*bot);
  if (const auto clock = env("VAKT_CLOCK"); clock && !clock->empty()) {
    if (!is_loopback(config.slack_api_url))
      return std::unexpected(
          Error{"VAKT_CLOCK is for replays and tests: it is refused unless SLACK_API_URL is this machine."});
    config.clock = from_iso_utc(*clock);
    if (!config.clock) return std::unexpected(Error{"VAKT_CLOCK must be a time as 2026-11-21T02:10:00Z."});
  }
  return {};
}

}  // namespace

bool is_loopback(const std::string& url) {
  std::string_view rest{url};
  if (!rest.starts_with("http://")) return false;
  rest.remove_prefix(7);
  auto host = rest.substr(0, rest.find_first_of("/?#\\"));
  if (host.find('@') != std::string_view::npos) return false;
  if (host.starts_with("[::1]")) return host.size() == 5 || host[5] == ':';
  host = host.substr(0, host.find(':'));
  return host == "localhost" ||
         (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (!value) return std::nullopt;
    return std::string{value};
  };
}

Result<std::string> secret(const std::string& name, const Environment& env) {
  if (const auto value = env(name); value && !value->empty()) return *value;
  const auto file = env(name + "_FILE");
  if (!file || file->empty()) return std::string{};
  std::ifstream in{*file};
  if (!in) return std::unexpected(Error{name + "_FILE names a file that cannot be read: " + *file});
  std::stringstream contents;
  contents << in.rdbuf();
  auto value = contents.str();
  while (value.ends_with('\n') || value.ends_with('\r') || value.ends_with(' ')) value.pop_back();
  return value;
}

Result<Config> read_config(const std::string& toml_text, const std::string& file, const Environment& env) {
  Config config;
  config.settings.timezone = host_zone();
  const auto parsed = toml::parse(toml_text, file);
  if (!parsed)
    return std::unexpected(
        Error{place(file, parsed.error().source()) + std::string{parsed.error().description()} + "."});
  for (const auto& [name, section] : parsed.table())
    if (name.str() != "team")
      if (auto taken = take_section(file, std::string{name.str()}, section, config); !taken)
        return std::unexpected(taken.error());
  // Each team starts with what the other sections say.
  config.settings.actions.teams.front().timezone = config.settings.timezone;
  if (const auto* teams = parsed.table().get("team"))
    if (auto taken = take_teams(file, *teams, config); !taken) return std::unexpected(taken.error());
  if (auto taken = take_environment(env, config); !taken) return std::unexpected(taken.error());
  if (auto taken = complete_flags(env, config); !taken) return std::unexpected(taken.error());
  if (auto taken = complete_actions(env, config); !taken) return std::unexpected(taken.error());
  return config;
}

Result<Config> load_config(const std::string& asked_for, const Environment& env) {
  auto file = asked_for.empty() ? env("VAKT_CONFIG").value_or("") : asked_for;
  if (file.empty())
    for (const auto* candidate : {"./vakt.toml", "/etc/vakt/vakt.toml"})
      if (std::ifstream{candidate}) {
        file = candidate;
        break;
      }
  if (file.empty()) return read_config({}, "no file", env);
  std::ifstream in{file};
  if (!in) return std::unexpected(Error{"The configuration " + file + " cannot be read. Name another with --config."});
  std::stringstream contents;
  contents << in.rdbuf();
  auto config = read_config(contents.str(), file, env);
  if (const auto folder = std::filesystem::path{file}.parent_path().string(); config && !folder.empty())
    config->folder = folder;
  return config;
}

}  // namespace vakt
