#include "integrations/runtime/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace vakt {
namespace {

using testing::HasSubstr;

TEST(Metrics, names_every_metric_from_the_start) {
  const auto text = Metrics().text();
  for (const auto* line : {"vakt_messages_recorded_total 0\n", "vakt_commands_total 0\n", "vakt_acks_total 0\n",
                           "vakt_slack_connections 0\n", "vakt_outbox_pending 0\n", "vakt_slack_api_errors_total 0\n",
                           "vakt_quarantined_total 0\n", "vakt_gaps_total 0\n"})
    EXPECT_THAT(text, HasSubstr(line));
}

TEST(Metrics, adds_to_the_counter_that_was_named) {
  Metrics metrics;
  metrics.add(Metrics::Counter::commands);
  metrics.add(Metrics::Counter::gaps, 3);
  EXPECT_THAT(metrics.text(), HasSubstr("vakt_commands_total 1\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("vakt_gaps_total 3\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("# TYPE vakt_gaps_total counter\n"));
}

TEST(Metrics, shows_the_last_value_of_a_gauge) {
  Metrics metrics;
  metrics.set(Metrics::Gauge::slack_connections, 2);
  metrics.set(Metrics::Gauge::slack_connections, 1);
  EXPECT_THAT(metrics.text(), HasSubstr("vakt_slack_connections 1\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("# TYPE vakt_slack_connections gauge\n"));
}

TEST(Metrics, loses_nothing_between_threads) {
  Metrics metrics;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&metrics] {
        for (int i = 0; i < 1'000; ++i) {
          metrics.add(Metrics::Counter::acks);
          metrics.set(Metrics::Gauge::outbox_pending, i);
          if (i % 100 == 0) {
            EXPECT_FALSE(metrics.text().empty());
          }
        }
      });
  }
  EXPECT_THAT(metrics.text(), HasSubstr("vakt_acks_total 4000\n"));
}

}  // namespace
}  // namespace vakt
