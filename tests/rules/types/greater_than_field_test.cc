#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CheckDefinition Check(Json properties = Json::object()) {
  properties["field_name"] = "other";
  return {.rule = "greaterThanField", .fields = {"field"}, .properties = properties};
}

/// What must be greater and what must be less.
Table Pair(Column greater, Column less) {
  return Table({Named("field", std::move(greater)), Named("other", std::move(less))});
}

TEST(GreaterThanFieldTest, EqualValuesPassOnlyWhenInclusive) {
  const Table numbers =
      Pair(Integers({100, 500, 120, 7, kNull, 1}), Integers({105, 10, 121, 7, 1, kNull}));
  EXPECT_THAT(FailingRows(Check(), numbers), ElementsAre(0, 2, 3));
  EXPECT_THAT(FailingRows(Check({{"inclusive", true}}), numbers), ElementsAre(0, 2));
}

TEST(GreaterThanFieldTest, NanFailsOnEitherSide) {
  const Table numbers = Pair(Fractions({"NaN", 1, "NaN", "Infinity", 2}),
                             Fractions({1, "NaN", "NaN", 1, "-Infinity"}));
  EXPECT_THAT(FailingRows(Check(), numbers), ElementsAre(0, 1, 2));
  EXPECT_THAT(FailingRows(Check({{"inclusive", true}}), numbers), ElementsAre(0, 1, 2));
  EXPECT_THAT(FailingRows(Check({{"numeric_comparator", {{"epsilon", 1}}}}), numbers),
              ElementsAre(0, 1, 2));
}

TEST(GreaterThanFieldTest, ComparesDatesWithTimes) {
  EXPECT_THAT(
      FailingRows(Check(), Pair(Dates({"2026-01-02", "2026-01-02", "2026-01-02"}),
                                Timestamps({"2026-01-01 23:00:00", "2026-01-02 00:00:00",
                                            "2026-01-02 00:00:01"}))),
      ElementsAre(1, 2));
}

TEST(GreaterThanFieldTest, WhatIsEqualWithinTheMarginIsNotGreater) {
  const Json margin = {{"numeric_comparator", {{"epsilon", 5}}}};
  const Table numbers = Pair(Integers({16, 15, 10, 5, 4, 9223372036854775807}),
                             Integers({10, 10, 10, 10, 10, 9223372036854775807}));
  EXPECT_THAT(FailingRows(Check(margin), numbers), ElementsAre(1, 2, 3, 4, 5));
  Json inclusive = margin;
  inclusive["inclusive"] = true;
  EXPECT_THAT(FailingRows(Check(inclusive), numbers), ElementsAre(4));
}

TEST(GreaterThanFieldTest, TimesTakeADuration) {
  EXPECT_THAT(
      FailingRows(Check({{"duration_comparator", {{"millis", 1000}}}, {"inclusive", true}}),
                  Pair(Timestamps({"2026-01-01 00:00:00", "2026-01-01 00:00:00"}),
                       Timestamps({"2026-01-01 00:00:01", "2026-01-01 00:00:01.001"}))),
      ElementsAre(1));
}

TEST(GreaterThanFieldTest, LooksOnlyAtFilteredRows) {
  CheckDefinition definition = Check();
  definition.filter = "field > 1";
  EXPECT_THAT(FailingRows(definition, Pair(Integers({1, 2}), Integers({5, 6}))),
              ElementsAre(1));
  EXPECT_THAT(FailingRows(definition, Pair(Integers({}), Integers({}))), IsEmpty());
}

TEST(GreaterThanFieldTest, SaysWhatFailingRowsDo) {
  const Table numbers = Pair(Integers({}), Integers({}));
  EXPECT_EQ(Violation(Check(), numbers), "is not greater than the value of other");
  EXPECT_EQ(Violation(Check({{"inclusive", true}, {"numeric_comparator", {{"epsilon", 2}}}}),
                      numbers),
            "is not greater than or equal to the value of other within 2");
}

TEST(GreaterThanFieldTest, RefusesWhatCannotBeCompared) {
  EXPECT_THAT(
      Refusal(Check(), Table({Integers({}), Named("other", Dates({}))})),
      HasSubstr("field_name: values of type Integral cannot be compared with type Date"));
  EXPECT_THAT(Refusal(Check(), Integers({})), HasSubstr("no such field: 'other'"));
}

}  // namespace
}  // namespace assay::rules::testing
