// vakt stats: figures over all incidents, also while `vakt run` is running.
#include <iostream>

#include "bot/cli/commands.hpp"
#include "bot/postmortem/durations.hpp"
#include "bot/record/statistics.hpp"
#include "bot/view/statistics_view.hpp"
#include "storage/statistics_json.hpp"

namespace vakt::cli {

int stats(const Config& config, bool json) {
  return reading(config, [&](Reader& reader) {
    const auto& settings = config.settings;
    // As documents show them, curated times and all.
    const auto times = [&](const Incident& incident) -> statistics::Times {
      const Record record{.incident = incident, .entries = reader.timeline(incident.number)};
      const auto rows = postmortem::curated_timeline(record, {}, settings.language);
      const auto [detect, react, fix, downtime] =
          postmortem::durations(record, rows, {settings.timezone}, settings.language);
      return {detect.length, react.length, fix.length, downtime.length};
    };
    const auto all =
        statistics::statistics(reader.incidents(false), times, reader.items(), now_of(config), settings.timezone);
    std::cout << (json ? statistics_json(all) + "\n" : view::statistics_table(settings, all));
    return 0;
  });
}

}  // namespace vakt::cli
