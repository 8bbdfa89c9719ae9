// The one way of turning plain structs into JSON and back: a struct lists its fields once, as a Shape, for both
// directions. Internal to the codec's .cpp files, the only ones that include nlohmann. Stateless; any thread.
#pragma once

#include <charconv>
#include <concepts>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "bot/brain/ledger.hpp"
#include "storage/names.hpp"

namespace vakt::storage {

using Json = nlohmann::json;

// Specialised for each struct: `fields`, a tuple of Field; for members of a variant also `type`.
template <class T>
struct Shape;

template <class T, class M>
struct Field {
  const char* name;
  M T::* member;
};

// What a missing key means: damage, or a field that older bytes did not have.
enum class Missing { refused, defaulted };

[[noreturn]] inline void damaged(const std::string& what) {
  throw StorageError("The database holds a value that vakt cannot read (" + what +
                     "). Start the newest vakt that has used it, or restore a backup.");
}

template <class T>
concept Shaped = requires { Shape<T>::fields; };

// True if the aggregate has more members than the Shape lists: somebody added one and forgot the Shape.
struct Anything {
  template <class T>
  operator T() const;
};
template <class T, std::size_t... I>
consteval bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), Anything{})...}; };
}
template <class T>
consteval bool shape_lacks_a_field() {
  if constexpr (requires { Shape<T>::partial; })
    return false;
  else
    return takes<T>(std::make_index_sequence<std::tuple_size_v<decltype(Shape<T>::fields)> + 1>{});
}

template <class T>
concept Enumeration = std::is_enum_v<T>;

Json to_json(const Shaped auto& value);
template <class T>
Json to_json(const std::vector<T>& value);

inline Json to_json(const std::string& value) { return value; }
inline Json to_json(Instant value) { return value.time_since_epoch().count(); }
// Days since 1970-01-01: what Trello calls a due date may lie in any year.
inline Json to_json(std::chrono::year_month_day value) {
  return std::chrono::sys_days{value}.time_since_epoch().count();
}
Json to_json(std::integral auto value) { return value; }
inline Json to_json(double value) { return value; }
Json to_json(Enumeration auto value) { return stored_name(value); }

template <class T>
Json to_json(const std::optional<T>& value) {
  return value ? to_json(*value) : Json(nullptr);
}

// A field that is to be changed, perhaps to nothing: a list of what it is to be.
template <class T>
Json to_json(const std::optional<std::optional<T>>& value) {
  if (!value) return nullptr;
  Json json = Json::array();
  if (*value) json.push_back(to_json(**value));
  return json;
}

template <class T>
Json to_json(const std::map<std::string, T>& value) {
  Json json = Json::object();
  for (const auto& [key, item] : value) json[key] = to_json(item);
  return json;
}

template <class T>
Json to_json(const std::map<int, T>& value) {
  Json json = Json::object();
  for (const auto& [key, item] : value) json[std::to_string(key)] = to_json(item);
  return json;
}

template <class... Ts>
Json to_json(const std::variant<Ts...>& value) {
  return std::visit(
      []<class T>(const T& item) {
        Json json = to_json(item);
        json["type"] = Shape<T>::type;
        return json;
      },
      value);
}

template <class T, std::size_t N>
Json to_json(const std::array<T, N>& value) {
  Json json = Json::array();
  for (const T& item : value) json.push_back(to_json(item));
  return json;
}

template <class T>
Json to_json(const std::vector<T>& value) {
  Json json = Json::array();
  for (const T& item : value) json.push_back(to_json(item));
  return json;
}

Json to_json(const Shaped auto& value) {
  static_assert(!shape_lacks_a_field<std::remove_cvref_t<decltype(value)>>(), "a field is missing in this Shape");
  Json json = Json::object();
  std::apply([&](auto... field) { ((json[field.name] = to_json(value.*field.member)), ...); },
             Shape<std::remove_cvref_t<decltype(value)>>::fields);
  return json;
}

void from_json(const Json& json, Shaped auto& value, Missing missing);
template <class T>
void from_json(const Json& json, std::vector<T>& value, Missing missing);

inline void from_json(const Json& json, std::string& value, Missing) {
  if (!json.is_string()) damaged("text expected");
  value = json.get<std::string>();
}
inline void from_json(const Json& json, bool& value, Missing) {
  if (!json.is_boolean()) damaged("true or false expected");
  value = json.get<bool>();
}
inline void from_json(const Json& json, double& value, Missing) {
  if (!json.is_number()) damaged("number expected");
  value = json.get<double>();
}
template <std::integral T>
void from_json(const Json& json, T& value, Missing) {
  const bool fits = json.is_number_unsigned()  ? std::in_range<T>(json.get<std::uint64_t>())
                    : json.is_number_integer() ? std::in_range<T>(json.get<std::int64_t>())
                                               : false;
  if (!fits) damaged("whole number expected");
  value = json.get<T>();
}
inline void from_json(const Json& json, Instant& value, Missing missing) {
  std::int64_t count = 0;
  from_json(json, count, missing);
  value = Instant{Micros{count}};
}
inline void from_json(const Json& json, std::chrono::year_month_day& value, Missing missing) {
  constexpr std::chrono::sys_days first{std::chrono::year::min() / 1 / 1}, last{std::chrono::year::max() / 12 / 31};
  int days = 0;
  from_json(json, days, missing);
  if (days < first.time_since_epoch().count() || days > last.time_since_epoch().count()) damaged("day expected");
  value = std::chrono::sys_days{std::chrono::days{days}};
}
template <Enumeration T>
void from_json(const Json& json, T& value, Missing) {
  if (!json.is_string()) damaged("name expected");
  const auto found = from_stored_name<T>(json.get_ref<const std::string&>());
  if (!found) damaged("unknown name \"" + json.get<std::string>() + "\"");
  value = *found;
}

template <class T>
void from_json(const Json& json, std::optional<T>& value, Missing missing) {
  value.reset();
  if (!json.is_null()) from_json(json, value.emplace(), missing);
}

template <class T>
void from_json(const Json& json, std::optional<std::optional<T>>& value, Missing missing) {
  value.reset();
  if (json.is_null()) return;
  if (!json.is_array() || json.size() > 1) damaged("list of one expected");
  value.emplace();
  if (!json.empty()) from_json(json[0], value->emplace(), missing);
}

template <class T>
void from_json(const Json& json, std::map<std::string, T>& value, Missing missing) {
  if (!json.is_object()) damaged("object expected");
  value.clear();
  for (const auto& [key, item] : json.items()) from_json(item, value[key], missing);
}

template <class T>
void from_json(const Json& json, std::map<int, T>& value, Missing missing) {
  if (!json.is_object()) damaged("object expected");
  value.clear();
  for (const auto& [key, item] : json.items()) {
    int number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc{} || end != key.data() + key.size()) damaged("number expected");
    from_json(item, value[number], missing);
  }
}

template <class... Ts>
void from_json(const Json& json, std::variant<Ts...>& value, Missing missing) {
  if (!json.is_object() || !json.contains("type") || !json["type"].is_string()) damaged("type expected");
  const auto& type = json["type"].get_ref<const std::string&>();
  const bool known =
      ((type == Shape<Ts>::type && (from_json(json, value.template emplace<Ts>(), missing), true)) || ...);
  if (!known) damaged("unknown type \"" + type + "\"");
}

template <class T, std::size_t N>
void from_json(const Json& json, std::array<T, N>& value, Missing missing) {
  if (!json.is_array() || json.size() > N) damaged("shorter list expected");
  for (std::size_t i = 0; i < json.size(); ++i) from_json(json[i], value[i], missing);
}

template <class T>
void from_json(const Json& json, std::vector<T>& value, Missing missing) {
  if (!json.is_array()) damaged("list expected");
  value.clear();
  for (const Json& item : json) from_json(item, value.emplace_back(), missing);
}

void from_json(const Json& json, Shaped auto& value, Missing missing) {
  if (!json.is_object()) damaged("object expected");
  const auto take = [&](auto field) {
    const auto found = json.find(field.name);
    if (found != json.end())
      from_json(*found, value.*field.member, missing);
    else if (missing == Missing::refused)
      damaged(std::string("\"") + field.name + "\" is missing");
  };
  std::apply([&](auto... field) { (take(field), ...); }, Shape<std::remove_cvref_t<decltype(value)>>::fields);
}

// Parsing and the version check that every stored object begins with.
Json parse(std::string_view bytes);
std::string dump(const Json& json);
void require_version(const Json& json, int newest);

// A whole value with its version; a field that older bytes lack keeps its default.
template <class T>
std::string encoded(const T& value, int version) {
  Json json = to_json(value);
  json["v"] = version;
  return dump(json);
}

template <class T>
T decoded(std::string_view bytes, int newest) {
  const Json json = parse(bytes);
  require_version(json, newest);
  T value;
  from_json(json, value, Missing::defaulted);
  return value;
}

}  // namespace vakt::storage
