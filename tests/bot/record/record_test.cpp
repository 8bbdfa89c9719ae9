#include "bot/record/record.hpp"

#include <gmock/gmock.h>

namespace vakt {
namespace {

const Record record{.incident = {}, .entries = {}, .names = {{"U1", "Kari"}, {"U2", ""}}};

TEST(Record, WhoeverDidItHasAName) {
  EXPECT_EQ(actor_name(record, {.actor = "U1"}), "Kari");
  EXPECT_EQ(actor_name(record, {.actor = "U2"}), "U2");
  EXPECT_EQ(actor_name(record, {.actor = "U3"}), "U3");
  EXPECT_EQ(actor_name(record, {.actor = "B1", .actor_name = "Grafana"}), "Grafana");
  EXPECT_EQ(actor_name(record, {}), "vakt");
}

TEST(Record, TextIsReadable) {
  EXPECT_EQ(readable_text(record, {.text = "<@U1> &lt;3\n<!here>"}), "@Kari <3\n@here");
  EXPECT_EQ(readable_text(record, {.text = "gone", .deleted_at = Instant{}}), "");
}

}  // namespace
}  // namespace vakt
