#include "integrations/runtime/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <cstddef>
#include <utility>

namespace vakt {

namespace {

struct Description {
  const char* name;
  const char* help;
};

// In the order of Metrics::Counter.
constexpr auto counters = std::to_array<Description>({
    {"vakt_messages_recorded_total", "Messages written to the record of an incident."},
    {"vakt_commands_total", "Slash commands and interactions taken in."},
    {"vakt_acks_total", "Envelopes acknowledged to Slack, each after its commit."},
    {"vakt_slack_api_errors_total", "Calls of Slack's Web API that failed."},
    {"vakt_quarantined_total", "Inputs set aside because handling them failed."},
    {"vakt_gaps_total", "Gaps entered in a record because something could not be fetched."},
});

// In the order of Metrics::Gauge.
constexpr auto gauges = std::to_array<Description>({
    {"vakt_slack_connections", "Open Socket Mode connections."},
    {"vakt_outbox_pending", "Effects committed and not yet carried out."},
});

}  // namespace

struct Metrics::Parts {
  prometheus::Registry registry;
  std::array<prometheus::Counter*, counters.size()> counter{};
  std::array<prometheus::Gauge*, gauges.size()> gauge{};
};

Metrics::Metrics() : parts_(std::make_unique<Parts>()) {
  for (std::size_t i = 0; i < counters.size(); ++i)
    parts_->counter[i] =
        &prometheus::BuildCounter().Name(counters[i].name).Help(counters[i].help).Register(parts_->registry).Add({});
  for (std::size_t i = 0; i < gauges.size(); ++i)
    parts_->gauge[i] =
        &prometheus::BuildGauge().Name(gauges[i].name).Help(gauges[i].help).Register(parts_->registry).Add({});
}

Metrics::~Metrics() = default;

void Metrics::add(Counter counter, unsigned n) { parts_->counter.at(static_cast<std::size_t>(counter))->Increment(n); }

void Metrics::set(Gauge gauge, double value) { parts_->gauge.at(static_cast<std::size_t>(gauge))->Set(value); }

std::string Metrics::text() const { return prometheus::TextSerializer().Serialize(parts_->registry.Collect()); }

}  // namespace vakt
