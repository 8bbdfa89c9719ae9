// The [flags] section: who may, which services, who reads them.
#include <algorithm>
#include <filesystem>

#include "bot/config/take.hpp"
#include "bot/spelling.hpp"

namespace vakt {

namespace {

using flag::ProviderKind;
using Table = toml::table;

std::string text_of(const toml::node& node) { return node.is_string() ? *node.value<std::string>() : std::string{}; }

struct Key {
  std::string_view name;
  toml::node_type type;
};
constexpr auto a_text = toml::node_type::string, a_table = toml::node_type::table, a_list = toml::node_type::array,
               a_switch = toml::node_type::boolean;

std::string_view described(toml::node_type type) {
  if (type == a_text) return "a text in quotes";
  if (type == a_table) return "a table";
  return type == a_list ? "a list" : "true or false";
}

// "" if every key of the table is known and of its type, else a sentence that names the nearest one, or the type.
std::string wrong_key(const Table& table, std::initializer_list<Key> known) {
  for (const auto& [key, value] : table) {
    const auto found = std::ranges::find(known, key.str(), &Key::name);
    if (found == known.end()) {
      const auto nearest = std::ranges::min_element(
          known, {}, [&](const Key& one) { return edit_distance(std::string{key.str()}, one.name); });
      return "has no key “" + std::string{key.str()} + "”; the nearest is “" + std::string{nearest->name} + "”";
    }
    if (value.type() != found->type)
      return "has a “" + std::string{found->name} + "” that must be " + std::string{described(found->type)};
  }
  return {};
}

std::string take_texts(const toml::node& node, std::vector<std::string>& into) {
  const auto* list = node.as_array();
  if (!list) return "must be a list of texts";
  into.clear();
  for (const auto& item : *list) {
    if (!item.is_string()) return "must be a list of texts";
    into.push_back(text_of(item));
  }
  return {};
}

std::string take_text_table(const toml::node& node, std::map<std::string, std::string>& into) {
  const auto* table = node.as_table();
  if (!table) return "must be a table of texts";
  for (const auto& [key, value] : *table) {
    if (!value.is_string()) return "must be a table of texts";
    into[std::string{key.str()}] = text_of(value);
  }
  return {};
}

std::string take_step(const Table& table, flag::HttpStep& step) {
  if (auto wrong = wrong_key(table, {{"method", a_text},
                                     {"url", a_text},
                                     {"headers", a_table},
                                     {"body", a_text},
                                     {"statuses", a_list},
                                     {"pointer", a_text},
                                     {"off", a_text},
                                     {"on", a_text}});
      !wrong.empty())
    return wrong;
  step.method = table["method"].value_or(std::string{});
  if (step.method.empty()) return "needs a method, as method = \"PATCH\"";
  step.url = table["url"].value_or(step.url);
  step.body = table["body"].value_or(std::string{});
  if (const auto* headers = table.get("headers"))
    if (auto wrong = take_text_table(*headers, step.headers); !wrong.empty()) return "headers " + wrong;
  if (const auto* statuses = table["statuses"].as_array())
    for (const auto& status : *statuses) {
      const auto number = status.value_or(std::int64_t{0});
      if (number < 100 || number > 599) return "has statuses that are not HTTP's, as statuses = [200, 204]";
      step.statuses.push_back(static_cast<int>(number));
    }
  return {};
}

std::string take_steps(const Table& table, flag::ProviderSettings& provider) {
  if (provider.kind != ProviderKind::http) return {};
  const auto one = [&](const char* name, flag::HttpStep& step) -> std::string {
    const auto* described = table[name].as_table();
    if (!described) return std::string{"of kind “http” needs "} + name + " = { method = …, url = … }";
    auto wrong = take_step(*described, step);
    return wrong.empty() ? wrong : std::string{name} + " " + wrong;
  };
  for (auto wrong : {one("off", provider.off), one("on", provider.on), one("read", provider.read.step)})
    if (!wrong.empty()) return wrong;
  const auto& read = *table["read"].as_table();
  provider.read.pointer = read["pointer"].value_or(std::string{});
  provider.read.off = read["off"].value_or(provider.read.off);
  provider.read.on = read["on"].value_or(provider.read.on);
  return {};
}

std::string take_provider(const Table& table, flag::ProviderSettings& provider) {
  if (auto wrong = wrong_key(table, {{"name", a_text},
                                     {"kind", a_text},
                                     {"url", a_text},
                                     {"environments", a_table},
                                     {"token_env", a_text},
                                     {"client_token_env", a_text},
                                     {"off", a_table},
                                     {"on", a_table},
                                     {"read", a_table}});
      !wrong.empty())
    return wrong;
  const auto kind = table["kind"].value_or(std::string{});
  if (kind == "unleash")
    provider.kind = ProviderKind::unleash;
  else if (kind == "flipper")
    provider.kind = ProviderKind::flipper;
  else if (kind == "flagd")
    provider.kind = ProviderKind::flagd;
  else if (kind == "http")
    provider.kind = ProviderKind::http;
  else
    return "needs a kind: \"unleash\", \"flipper\", \"flagd\" or \"http\"";
  provider.name = table["name"].value_or(kind);
  provider.url = table["url"].value_or(std::string{});
  if (const auto* environments = table.get("environments"))
    if (auto wrong = take_text_table(*environments, provider.environments); !wrong.empty())
      return "environments " + wrong;
  if (provider.url.empty() && provider.environments.empty() && kind != "unleash")
    return "needs environments = { production = \"…\" }";
  provider.token_variable = table["token_env"].value_or(std::string{});
  provider.client_token_variable = table["client_token_env"].value_or(std::string{});
  return take_steps(table, provider);
}

// Every table of an array of tables.
template <class TakeOne>
std::string each_table(const toml::node& node, const char* form, const TakeOne& take_one) {
  const auto* list = node.as_array();
  if (!list) return std::string{"must be written as "} + form;
  for (const auto& item : *list) {
    const auto* table = item.as_table();
    if (!table) return std::string{"must be written as "} + form;
    if (auto wrong = take_one(*table); !wrong.empty()) return wrong;
  }
  return {};
}

std::string take_providers(const toml::node& node, Config& config) {
  auto& providers = config.settings.flags.providers;
  return each_table(node, "[[flags.provider]]", [&](const Table& table) -> std::string {
    flag::ProviderSettings provider;
    if (auto wrong = take_provider(table, provider); !wrong.empty()) return wrong;
    if (std::ranges::find(providers, provider.name, &flag::ProviderSettings::name) != providers.end())
      return "has the name “" + provider.name + "” twice";
    providers.push_back(std::move(provider));
    return {};
  });
}

std::string take_strategies(const toml::node& node, Config& config) {
  return each_table(node, "[[flags.strategy]]", [&](const Table& table) -> std::string {
    if (auto wrong = wrong_key(table, {{"name", a_text}, {"matches", a_text}}); !wrong.empty()) return wrong;
    flag::CustomStrategy strategy{table["name"].value_or(std::string{}), table["matches"].value_or(std::string{})};
    if (strategy.name.empty() || strategy.matches.empty()) return "needs name and matches";
    config.settings.flags.rules.strategies.push_back(std::move(strategy));
    return {};
  });
}

std::string take_readers(const toml::node& node, Config& config) {
  return each_table(node, "[[flags.reader]]", [&](const Table& table) -> std::string {
    if (auto wrong = wrong_key(
            table, {{"environment", a_text}, {"name", a_text}, {"context", a_table}, {"production", a_switch}});
        !wrong.empty())
      return wrong;
    flag::Audience reader{.environment = table["environment"].value_or(std::string{}),
                          .name = table["name"].value_or(std::string{}),
                          .production = table["production"].value_or(false)};
    if (reader.environment.empty() || reader.name.empty()) return "needs environment and name";
    if (const auto* context = table.get("context"))
      if (auto wrong = take_text_table(*context, reader.context); !wrong.empty()) return "context " + wrong;
    config.settings.flags.rules.audiences.push_back(std::move(reader));
    return {};
  });
}

std::string take_second_person(const toml::node& node, Config& config) {
  const auto value = text_of(node);
  if (value != "never" && value != "production") return "must be \"never\" or \"production\"";
  config.settings.flags.second_person = value == "never" ? flag::SecondPerson::never : flag::SecondPerson::production;
  return {};
}

std::string take_environment_name(const toml::node& node, Config& config) {
  config.settings.flags.environment = text_of(node);
  return config.settings.flags.environment.empty() ? "must be the name of an environment, in quotes" : "";
}

// UNLEASH_URL or FLIPPER_URL alone makes one; else a definition file beside the database.
void add_default_provider(const Environment& env, Config& config) {
  auto& flags = config.settings.flags;
  const auto url = [&](const char* name) { return env(name).value_or(""); };
  if (!url("UNLEASH_URL").empty()) {
    flags.providers.push_back({.name = "unleash", .kind = ProviderKind::unleash, .url = url("UNLEASH_URL")});
  } else if (!url("FLIPPER_URL").empty()) {
    flags.providers.push_back(
        {.name = "flipper", .kind = ProviderKind::flipper, .environments = {{flags.environment, url("FLIPPER_URL")}}});
  } else {
    const auto beside = std::filesystem::path{config.database}.replace_filename("flags.flagd.json");
    flags.providers.push_back(
        {.name = "flagd", .kind = ProviderKind::flagd, .environments = {{flags.environment, beside.string()}}});
  }
}

}  // namespace

const std::map<std::string, Take>& flag_keys() {
  static const std::map<std::string, Take> keys{
      {"flags.environment", take_environment_name},
      {"flags.operators", [](const toml::node& n, Config& c) { return take_texts(n, c.settings.flags.operators); }},
      {"flags.protected",
       [](const toml::node& n, Config& c) { return take_texts(n, c.settings.flags.protected_names); }},
      {"flags.second_person", take_second_person},
      {"flags.provider", take_providers},
      {"flags.strategy", take_strategies},
      {"flags.reader", take_readers},
  };
  return keys;
}

Result<void> complete_flags(const Environment& env, Config& config) {
  auto& providers = config.settings.flags.providers;
  if (providers.empty()) add_default_provider(env, config);
  for (auto& provider : providers) {
    const bool unleash = provider.kind == ProviderKind::unleash;
    if (unleash && provider.url.empty() && provider.environments.empty())
      provider.url = env("UNLEASH_URL").value_or("");
    if (unleash && provider.url.empty() && provider.environments.empty())
      return std::unexpected(Error{"The flag service “" + provider.name + "” needs a url, or UNLEASH_URL."});
    if (provider.token_variable.empty() && unleash) provider.token_variable = "UNLEASH_API_TOKEN";
    if (provider.token_variable.empty() && provider.kind == ProviderKind::flipper)
      provider.token_variable = "FLIPPER_API_TOKEN";
    if (provider.client_token_variable.empty() && unleash) provider.client_token_variable = "UNLEASH_CLIENT_TOKEN";
    for (const auto& [variable, token] : {std::pair{&provider.token_variable, &provider.token},
                                          std::pair{&provider.client_token_variable, &provider.client_token}}) {
      if (variable->empty()) continue;
      auto value = secret(*variable, env);
      if (!value) return std::unexpected(value.error());
      *token = std::move(*value);
    }
  }
  return {};
}

}  // namespace vakt
