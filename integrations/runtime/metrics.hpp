// What vakt counts, as Prometheus text: numbers only, never a name, a channel or a word that somebody wrote.
// Any thread may call any member at any time.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace vakt {

class Metrics {
 public:
  enum class Counter { messages_recorded, commands, acks, slack_api_errors, quarantined, gaps };
  enum class Gauge { slack_connections, outbox_pending };

  Metrics();
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  void add(Counter counter, unsigned n = 1);
  void set(Gauge gauge, double value);

  // Prometheus text exposition format 0.0.4, to be served as metrics_content_type.
  std::string text() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

inline constexpr std::string_view metrics_content_type = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace vakt
