#include <gmock/gmock.h>

#include "bot/config/config.hpp"

namespace vakt {
namespace {

using testing::HasSubstr;

Result<Config> read(const std::string& toml) {
  return read_config(toml, "vakt.toml", [](const std::string&) { return std::nullopt; });
}
std::string error(const std::string& toml) {
  const auto config = read(toml);
  return config ? "none" : config.error().text;
}

TEST(PostmortemConfig, AWeekForTheTwoHighestSeveritiesByDefault) {
  const auto config = read("");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->settings.postmortem.due_days, 7);
  EXPECT_EQ(config->settings.postmortem.severities, (std::array{true, true, false, false}));
  EXPECT_EQ(config->settings.postmortem.chosen, "");
}

TEST(PostmortemConfig, TakesWhatIsSaid) {
  const auto config = read("[postmortem]\ntemplate = \"nav\"\ndue = \"2w\"\nseverities = [\"sev1\", \"sev4\"]\n");
  ASSERT_TRUE(config) << config.error().text;
  EXPECT_EQ(config->settings.postmortem.due_days, 14);
  EXPECT_EQ(config->settings.postmortem.severities, (std::array{true, false, false, true}));
  EXPECT_EQ(config->settings.postmortem.document(Language::en), "nav");
  EXPECT_EQ(read("[postmortem]\ndue = \"\"\n")->settings.postmortem.due_days, std::nullopt);
}

TEST(PostmortemConfig, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(error("[postmortem]\ndue = 7\n"), HasSubstr("line 2"));
  EXPECT_THAT(error("[postmortem]\ndue = \"soon\"\n"), HasSubstr("7d"));
  EXPECT_THAT(error("[postmortem]\ntemplate = \"vg\"\n"), HasSubstr("oslo"));
  EXPECT_THAT(error("[postmortem]\nseverities = [\"sev9\"]\n"), HasSubstr("sev1"));
  EXPECT_THAT(error("[postmortem]\ndeu = \"7d\"\n"), HasSubstr("postmortem.due"));
  EXPECT_THAT(error("[postmortm]\n"), HasSubstr("postmortem"));
}

}  // namespace
}  // namespace vakt
