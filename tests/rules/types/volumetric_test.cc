#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(VolumetricTest, TheNumberOfRowsIsWithinTheLimits) {
  const Column column = Integers({1, kNull, 3});
  EXPECT_EQ(RunWhole("volumetric", {{"min", 3}, {"max", 3}}, column).holds, true);
  EXPECT_EQ(RunWhole("volumetric", {{"min", 4}}, column).holds, false);
  EXPECT_EQ(RunWhole("volumetric", {{"max", 2}}, column).holds, false);
  EXPECT_EQ(
      RunWhole("volumetric", {{"comparison", "Absolute Value"}, {"max", 3}}, column).holds,
      true);
}

TEST(VolumetricTest, AnEmptyContainerHasNone) {
  const WholeOutcome outcome = RunWhole("volumetric", {{"min", 1}}, Integers({}));
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "0");
}

TEST(VolumetricTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("volumetric", {{"min", 1}, {"max", 2}}, Integers({})),
            "is not from 1 to 2");
  EXPECT_EQ(Violation("volumetric", {{"min", 1}}, Integers({})), "is not at least 1");
  EXPECT_EQ(Violation("volumetric", {{"max", 2}}, Integers({})), "is not at most 2");
}

TEST(VolumetricTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("volumetric", Json::object(), Integers({})), HasSubstr("min: give it"));
  EXPECT_THAT(Refusal("volumetric", {{"min", 3}, {"max", 2}}, Integers({})),
              HasSubstr("max: no number of rows"));
  EXPECT_THAT(Refusal("volumetric", {{"comparison", "Weekly"}, {"max", 2}}, Integers({})),
              HasSubstr("comparison: only \"Absolute Value\" is supported, not 'Weekly'"));
  EXPECT_THAT(Refusal({.rule = "volumetric", .filter = "field > 1", .properties = {{"min", 1}}},
                      Integers({})),
              HasSubstr("filter: not supported"));
  EXPECT_THAT(Refusal({.rule = "volumetric", .coverage = 0.5, .properties = {{"min", 1}}},
                      Integers({})),
              HasSubstr("coverage: not supported"));
}

}  // namespace
}  // namespace assay::rules::testing
