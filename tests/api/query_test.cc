#include "api/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace assay::api {
namespace {

using ::testing::ElementsAre;

const std::vector<QueryParameter>& Declared() {
  static const std::vector<QueryParameter> declared = {
      {.name = "name"},
      {.name = "id", .type = ParameterType::kInteger, .repeats = true},
      {.name = "size", .type = ParameterType::kInteger, .minimum = 1, .maximum = 10},
      {.name = "flag", .type = ParameterType::kBoolean},
      {.name = "status", .repeats = true, .allowed = {"Active", "Draft"}},
      {.name = "tag", .repeats = true},
      {.name = "from", .type = ParameterType::kTime},
      {.name = "to", .type = ParameterType::kTimeUntil}};
  return declared;
}

TEST(QueryTest, ReadsDeclaredParametersAndIgnoresOthers) {
  const Query query =
      Query::Parse("name=a%20b&id=1&id=2&size=10&flag=True&tag=x,y&tag=z&what=ever", Declared())
          .value();
  EXPECT_EQ(query.Text("name"), "a b");
  EXPECT_THAT(query.Integers("id"), ElementsAre(1, 2));
  EXPECT_EQ(query.Integer("size"), 10);
  EXPECT_EQ(query.Boolean("flag"), true);
  EXPECT_THAT(query.Texts("tag"), ElementsAre("x,y", "z"));
  EXPECT_EQ(query.Text("what"), "");
}

TEST(QueryTest, AbsentAndEmptyParametersHaveNoValue) {
  const Query query = Query::Parse("name=&size=", Declared()).value();
  EXPECT_EQ(query.Text("name"), "");
  EXPECT_EQ(query.Integer("size"), std::nullopt);
  EXPECT_EQ(query.Boolean("flag"), std::nullopt);
  EXPECT_EQ(query.Time("from"), std::nullopt);
  EXPECT_THAT(query.Integers("id"), ElementsAre());
}

TEST(QueryTest, SplitsAllowedValuesAtCommas) {
  const Query query = Query::Parse("status=Active,Draft&status=Active", Declared()).value();
  EXPECT_THAT(query.Texts("status"), ElementsAre("Active", "Draft", "Active"));
}

TEST(QueryTest, ReadsDatesAsTheirFirstOrLastMoment) {
  const Query query = Query::Parse("from=2026-01-31&to=2026-01-31", Declared()).value();
  EXPECT_EQ(FormatTimestamp(*query.Time("from")), "2026-01-31T00:00:00Z");
  EXPECT_EQ(FormatTimestamp(*query.Time("to")), "2026-01-31T23:59:59.999999Z");
  const Query exact = Query::Parse("to=2026-01-31T08:30:00Z", Declared()).value();
  EXPECT_EQ(FormatTimestamp(*exact.Time("to")), "2026-01-31T08:30:00Z");
}

TEST(QueryTest, NamesEveryFault) {
  const auto query =
      Query::Parse("id=1&id=x&size=11&flag=yes&status=Paused&from=soon", Declared());
  ASSERT_FALSE(query);
  EXPECT_EQ(query.error().status, 422);
  EXPECT_THAT(query.error().faults,
              ElementsAre(Fault{{"query", "id"}, "must be a whole number"},
                          Fault{{"query", "size"}, "must be at most 10"},
                          Fault{{"query", "flag"}, "must be true or false"},
                          Fault{{"query", "status"}, "must be one of: Active, Draft"},
                          Fault{{"query", "from"},
                                "must be a date or a UTC time such as 2026-01-31T08:30:00Z"}));
  EXPECT_EQ(Query::Parse("name=%zz", Declared()).error().status, 422);
}

}  // namespace
}  // namespace assay::api
