#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(GapFreeTest, CountsMissingIntegers) {
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({12, 10, kNull, 11, 11})).holds, true);
  const WholeOutcome outcome = RunWhole("gapFree", {}, Integers({-1, 3, 1}));
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "2");
}

TEST(GapFreeTest, TheWidestGapIsExact) {
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({INT64_MIN, INT64_MAX})).measure,
            "18446744073709551614");
}

TEST(GapFreeTest, NothingIsAssertedOfNoValues) {
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({})).holds, std::nullopt);
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({kNull})).holds, std::nullopt);
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({7})).holds, true);
}

TEST(GapFreeTest, LooksOnlyAtFilteredRows) {
  EXPECT_EQ(RunWhole("gapFree", {}, Integers({1, 5, 6}), "field > 1").holds, true);
}

TEST(GapFreeTest, TakesIntegersOnly) {
  EXPECT_EQ(Violation("gapFree", {}, Integers({})), "is not 0");
  EXPECT_THAT(Refusal("gapFree", {}, Fractions({})),
              HasSubstr("does not apply to fields of type Fractional"));
}

}  // namespace
}  // namespace assay::rules::testing
