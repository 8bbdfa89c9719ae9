#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/time/zones.hpp"
#include "integrations/flags/flag_provider.hpp"
#include "tests/integrations/flags/answering_client.hpp"

namespace vakt::flag {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string feature(const std::string& project, const std::string& strategies = "", const std::string& more = "") {
  return R"({"name":"f","project":")" + project +
         R"(","environments":[{"name":"production","enabled":true,"strategies":[)" + strategies + "]}]" + more + "}";
}
constexpr auto rollout =
    R"({"id":"1","name":"flexibleRollout","parameters":{"rollout":"50"},"constraints":[],"segments":[3]})";
constexpr auto environments = R"({"environments":[{"name":"production","enabled":true}]})";

class UnleashTest : public ::testing::Test {
 protected:
  static ProviderSettings settings() {
    ProviderSettings made;
    made.name = "unleash";
    made.kind = ProviderKind::unleash;
    made.url = "http://localhost:1";
    made.token = "user:t";
    return made;
  }
  void search_finds(const std::string& project) {
    http.answer("GET /api/admin/search/features?query=f&limit=100&offset=0", 200,
                R"({"features":[{"name":"ff","project":"other"},{"name":"f","project":")" + project + "\"}]}");
  }
  Answer<Reading> read() { return http.run(provider->read("f")); }
  Answer<void> off(const std::string& project = "p") {
    return http.run(provider->carry_out({Action::off, "f", project, "production"}, 3000));
  }

  boost::asio::awaitable<bool> prepare() {
    co_await provider->prepare("production");
    co_return true;
  }

  AnsweringClient http;
  std::unique_ptr<Provider> provider = make_unleash(http, settings());
};

TEST_F(UnleashTest, TheProjectIsSearchedForOnce) {
  search_finds("p");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  EXPECT_EQ(read()->flag.project, "p");
  EXPECT_EQ(read()->flag.project, "p");
  EXPECT_THAT(http.lines, ElementsAre("GET /api/admin/search/features?query=f&limit=100&offset=0",
                                      "GET /api/admin/projects/p/features/f", "GET /api/admin/projects/p/features/f"));
}

TEST_F(UnleashTest, PreparedItKnowsTheNamesAndNeedsNoSearch) {
  EXPECT_FALSE(provider->can_turn_off_unread("f", "production"));
  http.answer("GET /api/admin/environments", 200, environments);
  http.answer(
      "GET /api/client/features?environment=production", 200,
      R"({"query":{"environment":"production"},"features":[{"name":"f","project":"p","enabled":true,"strategies":[]}]})");
  http.answer("POST /api/admin/projects/p/features/f/environments/production/off", 200);
  http.run(prepare());
  EXPECT_TRUE(provider->can_turn_off_unread("f", "production"));
  EXPECT_FALSE(provider->can_turn_off_unread("g", "production"));
  http.lines.clear();
  EXPECT_TRUE(off(""));
  EXPECT_THAT(http.lines, ElementsAre("POST /api/admin/projects/p/features/f/environments/production/off"));
}

TEST_F(UnleashTest, AServerThatCannotBePreparedIsUsedAllTheSame) {
  http.run(prepare());
  EXPECT_FALSE(provider->can_turn_off_unread("f", "production"));
}

TEST_F(UnleashTest, EventsTellOfNewFlagsAndOfThoseThatAreGone) {
  const auto event = [](int id, const char* type) {
    return R"({"id":)" + std::to_string(id) + R"(,"type":")" + type +
           R"(","createdBy":"ola","createdAt":"2026-11-21T10:00:0)" + std::to_string(id) +
           R"(.000Z","featureName":"f","project":"p","environment":"production","data":{}})";
  };
  http.answer("GET /api/admin/search/events?limit=20&offset=0", 200,
              R"({"totalEvents":1,"events":[)" + event(1, "feature-environment-enabled") + "]}");
  const auto now = *from_iso_utc("2026-11-21T10:01:00.000000Z");
  ASSERT_TRUE(http.run(provider->changes({}, now)));
  EXPECT_TRUE(provider->can_turn_off_unread("f", "production"));
  http.answer("GET /api/admin/search/events?limit=20&offset=0", 200,
              R"({"totalEvents":2,"events":[)" + event(2, "feature-archived") + "," +
                  event(1, "feature-environment-enabled") + "]}");
  ASSERT_TRUE(http.run(provider->changes({}, now)));
  EXPECT_FALSE(provider->can_turn_off_unread("f", "production"));
}

TEST_F(UnleashTest, Version4HasNoSearch) {
  http.answer("GET /api/admin/features/f", 200, R"({"name":"f","project":"p","archived":false})");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  EXPECT_EQ(read()->flag.project, "p");
}

TEST_F(UnleashTest, Version5BeforeTheSearchListsAll) {
  http.answer("GET /api/admin/features", 200, R"({"features":[{"name":"f","project":"p"}]})");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  EXPECT_EQ(read()->flag.project, "p");
}

TEST_F(UnleashTest, AFullPageOfOthersIsNotTheEnd) {
  std::string many;
  for (int i = 0; i < 100; ++i) many += R"({"name":"f)" + std::to_string(i) + R"("},)";
  many.pop_back();
  http.answer("GET /api/admin/search/features?query=f&limit=100&offset=0", 200, R"({"features":[)" + many + "]}");
  http.answer("GET /api/admin/search/features?query=f&limit=100&offset=100", 200,
              R"({"features":[{"name":"f","project":"p"}]})");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  EXPECT_EQ(read()->flag.project, "p");
}

TEST_F(UnleashTest, AFlagThatIsNowhereIsNotFoundAndNothingIsPosted) {
  EXPECT_EQ(read().error().fault, Fault::not_found);
  EXPECT_EQ(off().error().fault, Fault::not_found);
  for (const char* name : {"", ".", ".."}) EXPECT_EQ(http.run(provider->read(name)).error().fault, Fault::not_found);
}

TEST_F(UnleashTest, AnArchivedFlagIsFoundInTheArchive) {
  http.answer("GET /api/admin/search/features?query=f&limit=100&offset=0", 200, R"({"features":[]})");
  http.answer("GET /api/admin/search/features?query=f&archived=IS%3Atrue&limit=100&offset=0", 200,
              R"({"features":[{"name":"f","project":"p","archivedAt":"2026-11-21T16:15:44.357Z"}]})");
  EXPECT_TRUE(read()->flag.archived);
  // Version 5 leaves that filter unread.
  http.answer("GET /api/admin/search/features?query=f&archived=IS%3Atrue&limit=100&offset=0", 200,
              R"({"features":[]})");
  http.answer("GET /api/admin/archive/features", 200, R"({"features":[{"name":"f","project":"p"}]})");
  EXPECT_TRUE(read()->flag.archived);
}

TEST_F(UnleashTest, AFailureOfTheSearchIsNotAnAbsence) {
  http.answer("GET /api/admin/search/features?query=f&limit=100&offset=0", 500);
  EXPECT_EQ(read().error().fault, Fault::uncertain);
  http.answer("GET /api/admin/search/features?query=f&limit=100&offset=0", 401);
  EXPECT_EQ(read().error().fault, Fault::refused);
}

TEST_F(UnleashTest, OffIsOneRequest) {
  http.answer("POST /api/admin/projects/p/features/f/environments/production/off", 200);
  EXPECT_TRUE(off());
  EXPECT_EQ(http.lines.size(), 1U);
  EXPECT_EQ(http.requests[0].timeout, std::chrono::milliseconds{3000});
}

TEST_F(UnleashTest, OffFindsAFlagThatWasMoved) {
  search_finds("new");
  http.answer("GET /api/admin/projects/new/features/f", 200, feature("new"));
  http.answer("POST /api/admin/projects/new/features/f/environments/production/off", 200);
  EXPECT_TRUE(off("old"));
  EXPECT_TRUE(off(""));
}

TEST_F(UnleashTest, AnEnvironmentThatIsNotThereIsToldApart) {
  search_finds("p");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  for (const int status : {404, 403}) {
    http.answer("POST /api/admin/projects/p/features/f/environments/staging/off", status, R"({"message":"x"})");
    const auto gone = http.run(provider->carry_out({Action::off, "f", "p", "staging"}, 3000));
    EXPECT_EQ(gone.error().fault, Fault::no_environment) << status;
  }
  http.answer("POST /api/admin/projects/p/features/f/environments/production/off", 403, R"({"message":"x"})");
  EXPECT_EQ(off().error().fault, Fault::refused);
}

TEST_F(UnleashTest, WhatMayLandIsNotSentAgain) {
  http.answers.insert_or_assign("POST /api/admin/projects/p/features/f/environments/production/off",
                                std::unexpected(HttpError{HttpFault::timed_out, "localhost: no answer"}));
  EXPECT_EQ(off().error().fault, Fault::uncertain);
  EXPECT_EQ(http.lines.size(), 1U);
}

TEST_F(UnleashTest, ARestoreThatStopsHalfWayIsUncertain) {
  search_finds("p");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p", rollout));
  const std::string snapshot =
      R"({"environments":[{"name":"production","enabled":false,"strategies":[{"id":"1","name":"flexibleRollout","parameters":{"rollout":"5"}}]}]})";
  const auto restore = [&] {
    return http.run(provider->carry_out({Action::restore, "f", "p", "production", 0, snapshot}, 3000));
  };
  http.answer("POST /api/admin/projects/p/features/f/environments/production/off", 401);
  EXPECT_EQ(restore().error().fault, Fault::refused);
  http.answer("POST /api/admin/projects/p/features/f/environments/production/off", 200);
  http.answer("PUT /api/admin/projects/p/features/f/environments/production/strategies/1", 401);
  EXPECT_EQ(restore().error().fault, Fault::uncertain);
  EXPECT_THAT(restore().error().text, HasSubstr("part"));
  http.answer("PUT /api/admin/projects/p/features/f/environments/production/strategies/1", 200, "{}");
  EXPECT_TRUE(restore());
}

TEST_F(UnleashTest, WhatCannotBeReadBesideTheFlagIsNotTakenForNobody) {
  search_finds("p");
  const std::string child = R"(,"dependencies":[{"feature":"top"}])";
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p", rollout, child));
  http.answer("GET /api/admin/search/features?query=top&limit=100&offset=0", 500);
  http.answer("GET /api/admin/segments", 500);
  const auto reading = read();
  ASSERT_TRUE(reading);
  const Flag& top = reading->catalog.flags.at("top");
  EXPECT_TRUE(top.states.at("production").enabled);
  EXPECT_FALSE(top.states.at("production").strategies.at(0).readable);
  EXPECT_THAT(reading->catalog.segments, IsEmpty()) << "missing: cannot tell";
  http.answer("GET /api/admin/segments", 200, R"({"segments":[{"id":3,"name":"s","constraints":[]}]})");
  EXPECT_EQ(read()->catalog.segments.at(3).name, "s");
}

TEST_F(UnleashTest, ServedIsAskedOnlyOfAnEnvironmentThatExists) {
  const std::string off =
      R"({"features":[{"name":"f","enabled":false,"strategies":[]}],"query":{"environment":"prod"}})";
  http.answer("GET /api/admin/environments", 200, environments);
  http.answer("GET /api/client/features?environment=prod&namePrefix=f", 200, off);
  EXPECT_EQ(http.run(provider->served("f", "prod")).served, Served::unknown);
  EXPECT_THAT(http.lines, Not(Contains(HasSubstr("client"))));
}

TEST_F(UnleashTest, AClientTokenOfAnotherEnvironmentProvesNothing) {
  auto given = settings();
  given.client_token = "*:development.c";
  provider = make_unleash(http, given);
  http.answer("GET /api/admin/environments", 200, environments);
  const std::string line = "GET /api/client/features?environment=production&namePrefix=f";
  const std::string body = R"({"features":[{"name":"f","enabled":false,"strategies":[]}],"query":{"environment":")";
  http.answer(line, 200, body + "development\"}}");
  http.then(line, 200, body + "production\"}}");
  EXPECT_EQ(http.run(provider->served("f", "production")).served, Served::off) << "the second token's answer";
  EXPECT_EQ(http.requests.at(1).headers.at(0).second, "*:development.c");
  EXPECT_EQ(http.requests.at(2).headers.at(0).second, "user:t");
}

TEST_F(UnleashTest, WithoutTheClientApiTheCatalogIsReadFlagByFlag) {
  http.answer("GET /api/admin/environments", 200, environments);
  http.answer("GET /api/client/features?environment=production", 403, R"({"message":"no"})");
  http.answer("GET /api/admin/projects", 200, R"({"projects":[{"id":"p"}]})");
  http.answer("GET /api/admin/projects/p/features", 200, R"({"features":[{"name":"f"}]})");
  http.answer("GET /api/admin/projects/p/features/f", 200, feature("p"));
  EXPECT_TRUE(http.run(provider->catalog("production"))->flags.at("f").states.at("production").enabled);
  EXPECT_EQ(http.run(provider->catalog("prod")).error().fault, Fault::no_environment);
  http.answer("GET /api/client/features?environment=production", 200,
              R"({"features":[],"query":{"environment":"development"}})");
  EXPECT_EQ(http.run(provider->catalog("production")).error().fault, Fault::uncertain);
}

TEST_F(UnleashTest, EventsAreAskedForInTheOldWayWhereTheNewOneIsNotThere) {
  const Instant now = *from_iso_utc("2026-11-21T12:00:00Z");
  http.answer(
      "POST /api/admin/events/search", 200,
      R"({"events":[{"id":5,"type":"feature-environment-enabled","createdAt":"2026-11-21T11:59:00Z","featureName":"f"}]})");
  const auto found = http.run(provider->changes("", now));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->changes.at(0).name, "f");
  EXPECT_THAT(http.run(provider->changes(found->cursor, now))->changes, IsEmpty());
  EXPECT_EQ(http.lines.back(), "POST /api/admin/events/search");
  http.answers.clear();
  EXPECT_EQ(http.run(provider->changes("", now)).error().fault, Fault::unsupported);
  http.answer("GET /api/admin/search/events?limit=20&offset=0", 200, R"({"events":[]})");
  EXPECT_TRUE(http.run(provider->changes("", now))) << "upgraded since";
}

TEST_F(UnleashTest, EnvironmentsWithServersOfTheirOwn) {
  auto given = settings();
  given.url.clear();
  given.environments = {{"production", "http://localhost:1"}};
  provider = make_unleash(http, given);
  EXPECT_EQ(*http.run(provider->environments()), std::vector<std::string>{"production"});
  const auto nowhere = http.run(provider->carry_out({Action::off, "f", "p", "staging"}, 1));
  EXPECT_EQ(nowhere.error().fault, Fault::no_environment);
  EXPECT_THAT(http.lines, IsEmpty());
}

}  // namespace
}  // namespace vakt::flag
