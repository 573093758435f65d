#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(AggregateBetweenTest, TheValueIsWithinTheBounds) {
  const Column column = Integers({3, kNull, 4});
  const Json properties = {{"expression", "avg(field)"}, {"min", 3.5}, {"max", 3.5}};
  EXPECT_EQ(RunWhole("aggregateBetween", properties, column).holds, true);
  EXPECT_EQ(
      RunWhole("aggregateBetween",
               {{"expression", "avg(field)"}, {"min", 3.5}, {"inclusive_min", false}}, column)
          .holds,
      false);
  EXPECT_EQ(RunWhole("aggregateBetween", {{"expression", "count(*) - 1"}, {"max", 1}}, column)
                .measure,
            "2");
}

TEST(AggregateBetweenTest, NothingIsAssertedOfNoValue) {
  EXPECT_EQ(
      RunWhole("aggregateBetween", {{"expression", "avg(field)"}, {"min", 1}}, Integers({}))
          .holds,
      std::nullopt);
  EXPECT_EQ(RunWhole("aggregateBetween", {{"expression", "count(*)"}, {"min", 1}}, Integers({}))
                .holds,
            false);
}

TEST(AggregateBetweenTest, LooksOnlyAtFilteredRows) {
  EXPECT_EQ(RunWhole("aggregateBetween", {{"expression", "max(field)"}, {"max", 3}},
                     Integers({3, 4}), "field < 4")
                .holds,
            true);
}

TEST(AggregateBetweenTest, BoundsAreOfTheValuesType) {
  const Column days = Dates({"2026-01-01", "2026-01-05"});
  EXPECT_EQ(Violation("aggregateBetween", {{"expression", "max(field)"}, {"min", "2026-01-31"}},
                      days),
            "is not at least 2026-01-31");
  EXPECT_THAT(Refusal("aggregateBetween", {{"expression", "max(field)"}, {"min", 5}}, days),
              HasSubstr("min: must be a date or time"));
}

TEST(AggregateBetweenTest, IsAboutTheFieldsOfTheExpression) {
  const Table table(
      {Named("a", Integers({})), Named("b", Integers({})), Named("c", Integers({}))});
  const Result<CompiledCheck> compiled =
      Compile({.rule = "aggregateBetween",
               .properties = {{"expression", "sum(c) / sum(a)"}, {"max", 1}}},
              table.Schema(), TestNow());
  ASSERT_TRUE(compiled.has_value()) << compiled.error().message;
  EXPECT_THAT(compiled->fields, ElementsAre("c", "a"));
}

TEST(AggregateBetweenTest, SaysWhatIsNotSo) {
  EXPECT_EQ(
      Violation(
          "aggregateBetween",
          {{"expression", "max(field)"}, {"min", 1}, {"max", 2.5}, {"inclusive_max", false}},
          Integers({})),
      "is not at least 1 and below 2.5");
}

TEST(AggregateBetweenTest, RefusesBadProperties) {
  const auto refusal = [](const Json& properties) {
    return Refusal("aggregateBetween", properties, Integers({}));
  };
  EXPECT_THAT(refusal({{"expression", "field"}, {"min", 1}}),
              HasSubstr("expression: line 1, column 1: a field must stand in an aggregate"));
  EXPECT_THAT(refusal({{"expression", "max(field)"}}), HasSubstr("min: give it, or max"));
  EXPECT_THAT(refusal({{"expression", "max(field)"}, {"min", 2}, {"max", 1}}),
              HasSubstr("max: no value can lie between 2 and 1"));
  EXPECT_THAT(refusal({{"expression", "max(field)"}, {"min", "NaN"}}),
              HasSubstr("min: must not be NaN"));
}

}  // namespace
}  // namespace assay::rules::testing
