// A flag definition file of flagd: read, and changed in one place while every other byte stays. Pure; any thread.
// Source: flagd.dev, "Flag Definitions"; schema https://flagd.dev/schema/v0/flags.json.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "integrations/flags/flag_provider.hpp"

namespace vakt::flag::flagd {

// The object under "flags". Text that is no JSON, or no such file, is an error that names file and line.
Answer<nlohmann::json> flags_of(const std::string& text, const std::string& file);

// The flag's definition, byte for byte; "" where there is none.
std::string definition_in(const std::string& text, const std::string& name);

// The text after the order; the same text where nothing is to be changed. Never creates a flag.
Answer<std::string> carried_out(const std::string& text, const Order& order, const std::string& file);

}  // namespace vakt::flag::flagd
