// Rollouts, and what the command line leaves. A field that older bytes lack keeps its default.
#include "storage/codec.hpp"
#include "storage/codec_shapes_rollouts.hpp"

namespace vakt::storage {

namespace {

constexpr int newest_version = 1;

// Its stage and its runs have to be there: everything else goes by them.
void require_sound(const rollout::Rollout& rollout) {
  if (rollout.stages.empty() || rollout.runs.size() != rollout.stages.size() || rollout.stage < -1 ||
      rollout.stage >= static_cast<int>(rollout.stages.size()))
    damaged("a rollout's stages");
}

}  // namespace

std::string encode(const rollout::Rollout& rollout) { return encoded(rollout, newest_version); }

rollout::Rollout decode_rollout(std::string_view bytes) {
  auto rollout = decoded<rollout::Rollout>(bytes, newest_version);
  require_sound(rollout);
  return rollout;
}

std::string encode(const inbound::RolloutAsked& asked) { return encoded(asked, newest_version); }

Left decode_left(std::string_view bytes) {
  const Json json = parse(bytes);
  if (!json.is_object() || !json.contains("rollout")) return decode_flag_progress(bytes);
  auto asked = decoded<inbound::RolloutAsked>(bytes, newest_version);
  if (const auto* start = std::get_if<rollout::asked::Start>(&asked.what); start && start->plan.stages.empty())
    damaged("a rollout without stages");
  return asked;
}

}  // namespace vakt::storage
