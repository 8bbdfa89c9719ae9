#include "bot/settings.hpp"

#include <algorithm>

namespace vakt {

std::vector<std::string> flag_operators(const Settings& settings) {
  if (!settings.flags.operators.empty()) return settings.flags.operators;
  return {"@" + settings.oncall_group};
}

std::string permalink(const std::string& team_url, const ChannelId& channel, const Ts& ts, const Ts& thread_ts) {
  if (team_url.empty() || channel.empty() || ts.empty()) return {};
  std::string digits = ts;
  std::erase(digits, '.');
  auto link = team_url + "archives/" + channel + "/p" + digits;
  if (!thread_ts.empty()) link += "?thread_ts=" + thread_ts + "&cid=" + channel;
  return link;
}

}  // namespace vakt
