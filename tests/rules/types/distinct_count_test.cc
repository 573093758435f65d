#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(DistinctCountTest, CountsDifferentValues) {
  const Column column = Texts({"O", "F", "P", kNull, "X", "O"});
  const WholeOutcome outcome = RunWhole("distinctCount", {{"value", 3}}, column);
  EXPECT_EQ(outcome.holds, false);
  EXPECT_EQ(outcome.measure, "4");
  EXPECT_EQ(RunWhole("distinctCount", {{"value", 4}}, column).holds, true);
}

TEST(DistinctCountTest, AnEmptyContainerHasNone) {
  EXPECT_EQ(RunWhole("distinctCount", {{"value", 1}}, Texts({})).holds, false);
  EXPECT_EQ(RunWhole("distinctCount", {{"value", 0}}, Texts({kNull})).holds, true);
}

TEST(DistinctCountTest, LooksOnlyAtFilteredRows) {
  EXPECT_EQ(RunWhole("distinctCount", {{"value", 1}}, Integers({1, 2, 2}), "field = 2").holds,
            true);
}

TEST(DistinctCountTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("distinctCount", {{"value", 3}}, Texts({})), "is not 3");
}

TEST(DistinctCountTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("distinctCount", {{"value", -1}}, Texts({})),
              HasSubstr("value: must not be negative"));
  EXPECT_THAT(Refusal("distinctCount", {{"value", 1.5}}, Texts({})), HasSubstr("value: "));
  EXPECT_THAT(Refusal({.rule = "distinctCount",
                       .fields = {"field"},
                       .coverage = 0.5,
                       .properties = {{"value", 1}}},
                      Integers({})),
              HasSubstr("coverage: not supported"));
}

}  // namespace
}  // namespace assay::rules::testing
