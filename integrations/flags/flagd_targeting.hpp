// What flagd's evaluator makes of one flag, in the words of all services. Pure; any thread.
// Source: flagd.dev, "Flag Definitions" and "Fractional Operation"; @openfeature/flagd-core.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "bot/flags/flag.hpp"

namespace vakt::flag::flagd {

// Whether a variant's value means that a feature is there. false, 0, "" and words such as "off" do not.
enum class Shows : std::uint8_t { off, on, unknown };
Shows shows(const nlohmann::json& value);

struct Bucket {
  std::string variant;
  long long weight = 1;
};
struct Fractional {
  enum class By : std::uint8_t { targeting_key, field };
  By by = By::targeting_key;
  std::vector<Bucket> buckets;
};
// A targeting that is nothing but a `fractional` of plain variants and weights.
std::optional<Fractional> fractional_of(const nlohmann::json& flag);

// Disabled: applications use the default that stands in their own code. Its strategies say what ENABLED would mean.
// A targeting other than a plain `fractional` is an unknown strategy.
State state_of(const nlohmann::json& flag);

}  // namespace vakt::flag::flagd
