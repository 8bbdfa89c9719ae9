#pragma once
// The arguments of a Web API call, whether they came as a form or as JSON.
#include <cstdlib>

#include "workspace.hpp"

namespace workspace {

class Args {
 public:
  explicit Args(json values) : values_(std::move(values)) {}

  [[nodiscard]] const json& all() const { return values_; }
  [[nodiscard]] bool has(const char* name) const { return values_.contains(name) && !values_[name].is_null(); }

  [[nodiscard]] std::string text(const char* name, const std::string& otherwise = "") const {
    if (!has(name)) return otherwise;
    const json& value = values_[name];
    return value.is_string() ? value.get<std::string>() : value.dump();
  }

  [[nodiscard]] std::string need(const char* name) const {
    std::string value = text(name);
    if (value.empty())
      throw Refused{"invalid_arguments",
                    {{"response_metadata",
                      {{"messages", json::array({std::string("[ERROR] missing required field: ") + name})}}}}};
    return value;
  }

  [[nodiscard]] bool flag(const char* name, bool otherwise = false) const {
    std::string value = text(name);
    return value.empty() ? otherwise : value == "true" || value == "1";
  }

  [[nodiscard]] long number(const char* name, long otherwise) const {
    std::string value = text(name);
    return value.empty() ? otherwise : std::strtol(value.c_str(), nullptr, 10);
  }

  // A structure, which a form (and sometimes JSON too) carries as a string; discarded if it cannot be read.
  [[nodiscard]] json structure(const char* name) const {
    if (!has(name)) return nullptr;
    const json& value = values_[name];
    return value.is_string() ? json::parse(value.get<std::string>(), nullptr, false) : value;
  }

  // A list, also when it came as "a,b".
  [[nodiscard]] std::vector<std::string> list(const char* name) const {
    std::vector<std::string> out;
    if (has(name) && values_[name].is_array()) {
      for (const auto& one : values_[name])
        if (one.is_string()) out.push_back(one);
      return out;
    }
    std::string rest = text(name);
    while (!rest.empty()) {
      auto comma = rest.find(',');
      std::string one = rest.substr(0, comma);
      one.erase(0, one.find_first_not_of(' '));
      if (!one.empty()) out.push_back(one);
      rest = comma == std::string::npos ? "" : rest.substr(comma + 1);
    }
    return out;
  }

 private:
  json values_;
};

}  // namespace workspace
