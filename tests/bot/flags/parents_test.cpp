#include "bot/flags/parents.hpp"

#include <gmock/gmock.h>

#include "tests/bot/flags/make.hpp"

namespace vakt::flag {
namespace {

Exposure under(Flag parent, const Parent& needs, std::vector<Strategy> own = {}) {
  Catalog catalog;
  parent.name = "p";
  catalog.flags["p"] = std::move(parent);
  auto child = flag_with(std::move(own));
  child.parents = {needs};
  return exposure(child, "production", catalog, {});
}
const Parent on{"p", true, {}}, off{"p", false, {}}, variant{"p", true, {"a"}};

TEST(Parents, MissingOrItselfAChildCloses) {
  EXPECT_EQ(under(flag_with({}), {"q", true, {}}).reasons, (std::vector{Reason{Why::parent_missing, {}, "q"}}));
  auto archived = flag_with({});
  archived.archived = true;
  for (const auto& needs : {on, off}) EXPECT_EQ(whys(under(archived, needs)), std::vector{Why::parent_missing});
  auto itself = flag_with({});
  itself.parents = {{"p", true, {}}};
  for (const auto& needs : {on, off}) EXPECT_EQ(whys(under(itself, needs)), std::vector{Why::parent_is_child});
}

TEST(Parents, OnAndOff) {
  EXPECT_EQ(in_short(under(flag_with({}), on)), "everybody 1..1");
  EXPECT_EQ(in_short(under(flag_with({}), off)), "nobody 0..0");
  EXPECT_EQ(in_short(under(flag_with({}, false), on)), "nobody 0..0");
  EXPECT_EQ(in_short(under(flag_with({}, false), off)), "everybody 1..1");
  EXPECT_EQ(under(flag_with({}), off).reasons, (std::vector{Reason{Why::parent_closed, {}, "p"}}));
  EXPECT_EQ(in_short(under(Flag{}, on)), "nobody 0..0");
  EXPECT_EQ(in_short(under(Flag{}, off)), "cannot_tell 0..1");  // served as off, or not at all
}

TEST(Parents, SharesAreJoinedByAnd) {
  EXPECT_EQ(in_short(under(flag_with({rollout("30")}), on)), "some 0.3..0.3");
  EXPECT_EQ(in_short(under(flag_with({rollout("30")}), off)), "some 0.7..0.7");
  EXPECT_EQ(in_short(under(flag_with({rollout("30")}), on, {rollout("20")})), "some 0..0.2");
  EXPECT_EQ(in_short(under(flag_with({rollout("90")}), on, {rollout("80")})), "some 0.7..0.8");
  EXPECT_EQ(in_short(under(flag_with({strategy("byMoon")}), on, {rollout("20")})), "cannot_tell 0..0.2");
  EXPECT_EQ(in_short(under(flag_with({strategy("byMoon")}), off)), "cannot_tell 0..1");
  EXPECT_EQ(whys(under(flag_with({rollout("30")}), on, {rollout("20")})),
            (std::vector{Why::parent_depends, Why::strategy_share}));
}

TEST(Parents, AVariantIsForSome) {
  EXPECT_EQ(in_short(under(flag_with({}), variant)), "some 0..1");
  EXPECT_EQ(in_short(under(flag_with({rollout("30")}), variant)), "some 0..0.3");
  EXPECT_EQ(in_short(under(flag_with({}, false), variant)), "nobody 0..0");
}

TEST(Parents, AreReadInTheSameEnvironmentForTheSameAudience) {
  Catalog catalog;
  catalog.flags["p"] = flag_with({by_cluster("prod-gcp")});
  auto child = flag_with({});
  child.parents = {on};
  std::string text;
  for (const auto& one : exposures(child, "production", catalog, nav())) text += in_short(one.exposure) + "; ";
  EXPECT_EQ(text, "nobody 0..0; everybody 1..1; ");
}

}  // namespace
}  // namespace vakt::flag
