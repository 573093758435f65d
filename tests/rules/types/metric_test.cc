#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kValue = {{"comparison", "Absolute Value"}, {"min", 100}, {"max", 300}};
const Json kChange = {{"comparison", "Absolute Change"}, {"min", 30}, {"max", 70}};
const Json kPercentage = {{"comparison", "Percentage Change"}, {"min", -20}, {"max", 50}};

std::optional<bool> Holds(const Json& properties, const Column& column, int64_t earlier,
                          const std::string& filter = "") {
  return RunWhole("metric", properties, column, filter, plan::Literal::Integer(earlier)).holds;
}

TEST(MetricTest, AValueIsAskedOfEachRecord) {
  EXPECT_THAT(FailingRows("metric", kValue, Integers({150, 90, 310, kNull, 100, 300})),
              ElementsAre(1, 2));
  EXPECT_THAT(FailingRows("metric", kValue, Fractions({99.5, "NaN", 300.0})),
              ElementsAre(0, 1));
  EXPECT_THAT(FailingRows("metric", {{"min", 5}}, Integers({4, 5, 600})), ElementsAre(0));
  EXPECT_THAT(FailingRows("metric", {{"max", 5}}, Integers({4, 5, 600})), ElementsAre(2));
  EXPECT_THAT(FailingRows("metric", kValue, Integers({})), IsEmpty());
  EXPECT_THAT(FailingRows("metric", kValue, Integers({1, 2}), "field > 1"), ElementsAre(1));
}

TEST(MetricTest, AChangeIsThatOfTheOneValue) {
  EXPECT_EQ(Holds(kChange, Integers({150}), 100), true);
  EXPECT_EQ(Holds(kChange, Integers({300}), 220), false);
  EXPECT_EQ(Holds(kPercentage, Integers({150}), 100), true);
  EXPECT_EQ(Holds(kPercentage, Integers({120}), 150), true);
  EXPECT_EQ(Holds(kPercentage, Integers({65}), 120), false);
  EXPECT_EQ(Holds(kPercentage, Integers({110}), 65), false);
}

TEST(MetricTest, OfSeveralRecordsTheSumCounts) {
  EXPECT_EQ(Holds(kChange, Integers({100, kNull, 50}), 100), true);
  EXPECT_EQ(Holds(kChange, Integers({100, 50}), 100, "field < 100"), false);
  EXPECT_EQ(RunWhole("metric", kChange, Fractions({0.5, 0.25})).measure, "0.75");
}

TEST(MetricTest, TheFirstMeasurementPasses) {
  EXPECT_EQ(RunWhole("metric", kChange, Integers({5})).holds, true);
}

TEST(MetricTest, WithoutAValueNothingIsAsserted) {
  EXPECT_EQ(Holds(kChange, Integers({}), 1), std::nullopt);
  EXPECT_EQ(Holds(kChange, Integers({kNull}), 1), std::nullopt);
  EXPECT_EQ(Holds(kPercentage, Integers({5}), 0), std::nullopt);
}

TEST(MetricTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("metric", kValue, Integers({})), "is not from 100 to 300");
  EXPECT_EQ(Violation("metric", kChange, Integers({})), "did not change by 30 to 70");
  EXPECT_EQ(Violation("metric", kPercentage, Integers({})), "did not change by -20 % to 50 %");
  EXPECT_EQ(
      Violation("metric", {{"comparison", "Absolute Change"}, {"min", 0.5}}, Integers({})),
      "did not change by at least 0.5");
  EXPECT_EQ(
      Violation("metric", {{"comparison", "Percentage Change"}, {"max", "10"}}, Integers({})),
      "did not change by at most 10 %");
}

TEST(MetricTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("metric", Json::object(), Integers({})), HasSubstr("min: give it"));
  EXPECT_THAT(Refusal("metric", {{"min", 3}, {"max", 2}}, Integers({})),
              HasSubstr("max: is below min"));
  EXPECT_THAT(Refusal("metric", {{"min", "much"}}, Integers({})),
              HasSubstr("min: not a number"));
  EXPECT_THAT(Refusal("metric", {{"max", "Infinity"}}, Integers({})),
              HasSubstr("max: must be a finite number"));
  EXPECT_THAT(Refusal("metric", {{"comparison", "Change"}, {"min", 1}}, Integers({})),
              HasSubstr("comparison: must be \"Absolute Value\", \"Absolute Change\" or "
                        "\"Percentage Change\", not 'Change'"));
}

}  // namespace
}  // namespace assay::rules::testing
