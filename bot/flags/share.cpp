// Whom a strategy's name and parameters let in.
#include <algorithm>
#include <optional>

#include "bot/flags/bucket.hpp"
#include "bot/flags/ip_range.hpp"
#include "bot/flags/strategy.hpp"
#include "bot/flags/words.hpp"

namespace vakt::flag {

namespace {

const std::string* parameter(const Strategy& strategy, const std::string& name) {
  const auto found = strategy.parameters.find(name);
  return found == strategy.parameters.end() ? nullptr : &found->second;
}

Exposure decided(const Strategy& strategy, bool everybody) {
  if (everybody) return {Sees::everybody, 1, 1, {{Why::strategy_everybody, shown(strategy), {}, 0}}};
  return {Sees::nobody, 0, 0, {{Why::strategy_nobody, shown(strategy), {}, 0}}};
}
Exposure some(const Strategy& strategy, double lo, double hi, double share) {
  return {Sees::some, lo, hi, {{Why::strategy_share, shown(strategy), {}, share}}};
}
Exposure cannot_tell(const Strategy& strategy, Why why, std::string detail = {}) {
  return {Sees::cannot_tell, 0, 1, {{why, shown(strategy), std::move(detail), 0}}};
}

// Lets in those that a list names; `named` says whether the fixed value is among them.
Exposure targets(const Strategy& strategy, const std::string* list, const std::string& field, Truth named) {
  if (list == nullptr || trimmed(*list).empty()) return decided(strategy, false);
  if (named == Truth::unknown) return cannot_tell(strategy, Why::parameter_unreadable, field);
  if (named != Truth::depends) return decided(strategy, named == Truth::yes);
  return {Sees::some, 0, 1, {{Why::strategy_targets, shown(strategy), field, 0}}};
}

// What decides which bucket a user is in.
struct Sticky {
  const std::string* id = nullptr;  // fixed: all are in the same bucket
  bool even = false;                // ids differ from user to user, so the buckets fill evenly
  bool everyone = false;            // who has no id gets a bucket at random, instead of none
};

Sticky sticky(const std::string& stickiness, const Context* context) {
  if (stickiness == "random") return {.even = true, .everyone = true};
  if (!stickiness.empty() && stickiness != "default")
    return {.id = fixed_value(context, stickiness), .even = stickiness == "userId" || stickiness == "sessionId"};
  const auto* user = fixed_value(context, "userId");
  const auto* session = fixed_value(context, "sessionId");
  const auto set = [](const std::string* id) { return id != nullptr && !id->empty(); };
  if (set(user)) return {.id = user, .everyone = true};
  if (user != nullptr && set(session)) return {.id = session, .everyone = true};
  return {.even = !set(session), .everyone = true};  // those without a user id would share a fixed session's bucket
}

Exposure rollout(const Strategy& strategy, const std::string& name, const std::string* group, const Sticky& sticky) {
  const auto* text = parameter(strategy, name);
  const auto percent = text == nullptr ? std::nullopt : whole_number(*text);
  if (!percent) return cannot_tell(strategy, Why::parameter_unreadable, name);
  if (*percent <= 0) return decided(strategy, false);
  const double part = std::min(*percent, 100) / 100.0;
  const bool fixed = sticky.id != nullptr && !sticky.id->empty();
  if (*percent >= 100) return sticky.everyone || fixed ? decided(strategy, true) : some(strategy, 0, 1, part);
  if (fixed) {
    const auto mine = group == nullptr ? std::nullopt : bucket(*group, *sticky.id);
    return mine ? decided(strategy, *mine <= *percent) : some(strategy, 0, 1, part);
  }
  if (!sticky.even || sticky.id != nullptr) return some(strategy, 0, 1, part);
  return some(strategy, sticky.everyone ? part : 0, part, part);
}

// Some SDKs read IPv4 ranges alone here: an IPv6 range is certain only for whom it does not hold.
Truth address_in(const std::string& list, const std::string& address) {
  const bool v6 = address.find(':') != std::string::npos;
  Truth any = Truth::no;
  for (const auto range : items(list)) {
    Truth in = in_ip_range(address, range);
    if (v6 && in == Truth::yes) in = Truth::unknown;
    any = any_of(any, range == address ? Truth::yes : in);
  }
  return any;
}

// Of a list and a field of the context: evaluated where the field is fixed.
template <typename Named>
Truth if_fixed(const std::string* list, const std::string* value, Named&& named) {
  return list == nullptr || value == nullptr ? Truth::depends : named(*list, *value);
}

}  // namespace

const std::string& shown(const Strategy& strategy) { return strategy.shown.empty() ? strategy.name : strategy.shown; }

Exposure share(const Strategy& strategy, const Surroundings& around) {
  static const std::string none;
  const auto& name = strategy.name;
  const auto* context = around.context;
  if (!strategy.readable) return cannot_tell(strategy, Why::strategy_unknown);
  if (name == "default") return decided(strategy, true);

  const auto* group = parameter(strategy, "groupId");
  if (name == "flexibleRollout") {
    const auto* stickiness = parameter(strategy, "stickiness");
    // Without a group some SDKs take the flag's name and some take none: then no bucket is certain.
    return rollout(strategy, "rollout", group != nullptr && !group->empty() ? group : nullptr,
                   sticky(stickiness == nullptr ? none : *stickiness, context));
  }
  if (name == "gradualRolloutRandom") return rollout(strategy, "percentage", group, {.even = true, .everyone = true});
  if (name == "gradualRolloutUserId" || name == "gradualRolloutSessionId")
    return rollout(strategy, "percentage", group == nullptr ? &none : group,
                   sticky(name == "gradualRolloutUserId" ? "userId" : "sessionId", context));

  if (name == "userWithId") {
    const auto* list = parameter(strategy, "userIds");
    return targets(strategy, list, "userId", if_fixed(list, fixed_value(context, "userId"), in_list));
  }
  if (name == "remoteAddress") {
    const auto* list = parameter(strategy, "IPs");
    return targets(strategy, list, "remoteAddress", if_fixed(list, fixed_value(context, "remoteAddress"), address_in));
  }
  if (name == "applicationHostname")  // the host's own name is no field of the context
    return targets(strategy, parameter(strategy, "hostNames"), "hostname", Truth::depends);

  const auto custom = std::ranges::find(around.rules.strategies, name, &CustomStrategy::name);
  if (custom == around.rules.strategies.end()) return cannot_tell(strategy, Why::strategy_unknown);
  const auto* list = parameter(strategy, custom->matches);
  if (list == nullptr) return cannot_tell(strategy, Why::parameter_unreadable, custom->matches);
  return targets(strategy, list, custom->matches, if_fixed(list, fixed_value(context, custom->matches), in_list));
}

}  // namespace vakt::flag
