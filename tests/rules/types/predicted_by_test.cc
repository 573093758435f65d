#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CheckDefinition Check(const Json& properties) {
  return {.rule = "predictedBy", .fields = {"field"}, .properties = properties};
}

Table WithPrice(Column field, std::vector<Json> prices) {
  return Table({std::move(field), Named("price", Integers(std::move(prices)))});
}

const Json kTax = {{"expression", "price * 0.08"}, {"tolerance", 2}};

TEST(PredictedByTest, TheToleranceItselfPasses) {
  EXPECT_THAT(FailingRows(Check(kTax), WithPrice(Fractions({8, 12, 9, 10, 6, 5.99, kNull, 8}),
                                                 {100, 100, 100, 100, 100, 100, 100, kNull})),
              ElementsAre(1, 5));
}

TEST(PredictedByTest, NanFailsUnlessPredicted) {
  EXPECT_THAT(FailingRows(Check(kTax), WithPrice(Fractions({"NaN", "Infinity"}), {100, 100})),
              ElementsAre(0, 1));
}

TEST(PredictedByTest, LargeNumbersStayExact) {
  EXPECT_THAT(FailingRows(Check({{"expression", "price"}, {"tolerance", 0}}),
                          WithPrice(Integers({9007199254740993, 9223372036854775807}),
                                    {9007199254740992, 9223372036854775807})),
              ElementsAre(0));
}

TEST(PredictedByTest, TimesTakeMilliseconds) {
  const Json two_days_later = {{"expression", "ordered + INTERVAL 2 DAYS"},
                               {"tolerance", 86400000}};
  EXPECT_THAT(
      FailingRows(Check(two_days_later),
                  Table({Dates({"2026-01-03", "2026-01-04", "2026-01-05", "2026-01-01"}),
                         Named("ordered", Dates({"2026-01-01", "2026-01-01", "2026-01-01",
                                                 "2026-01-01"}))})),
      ElementsAre(2, 3));
}

TEST(PredictedByTest, MayHoldVariables) {
  const CheckDefinition definition =
      Check({{"expression", "price * {{ rate }}"}, {"tolerance", 0.5}});
  const Result<Outcome> outcome =
      RunCheck(definition, WithPrice(Integers({20, 21}), {100, 100}), {{"rate", "0.2"}});
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, ElementsAre(1));
}

TEST(PredictedByTest, LooksOnlyAtFilteredRows) {
  CheckDefinition definition = Check(kTax);
  definition.filter = "price > 100";
  EXPECT_THAT(FailingRows(definition, WithPrice(Integers({50, 50}), {100, 200})),
              ElementsAre(1));
  EXPECT_THAT(FailingRows(definition, WithPrice(Integers({}), {})), IsEmpty());
}

TEST(PredictedByTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation(Check(kTax), WithPrice(Integers({}), {})),
            "is not within 2 of price * 0.08");
}

TEST(PredictedByTest, RefusesWhatPredictsNothing) {
  const Table table = WithPrice(Integers({}), {});
  EXPECT_THAT(Refusal(Check({{"expression", "price *"}, {"tolerance", 2}}), table),
              HasSubstr("properties: expression: "));
  EXPECT_THAT(Refusal(Check({{"expression", "prize"}, {"tolerance", 2}}), table),
              HasSubstr("prize"));
  EXPECT_THAT(
      Refusal(Check({{"expression", "current_date"}, {"tolerance", 2}}), table),
      HasSubstr("expression: gives type Date, which cannot be compared with the field's "
                "Integral"));
  EXPECT_THAT(Refusal(Check({{"expression", "price"}, {"tolerance", -1}}), table),
              HasSubstr("tolerance: must be a number from 0"));
  EXPECT_THAT(Refusal(Check({{"expression", "price"}}), table),
              HasSubstr("tolerance: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
