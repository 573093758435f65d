#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::HasSubstr;

TEST(MaxPartitionSizeTest, AFileMayHaveSoManyRows) {
  EXPECT_EQ(RunWhole("maxPartitionSize", {{"value", 2}}, Integers({1, kNull})).holds, true);
  EXPECT_EQ(RunWhole("maxPartitionSize", {{"value", 1}}, Integers({1, kNull})).holds, false);
  EXPECT_EQ(RunWhole("maxPartitionSize", {{"value", 0}}, Integers({})).holds, true);
}

TEST(MaxPartitionSizeTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("maxPartitionSize", {{"value", 3}}, Integers({})),
            "has more than 3 rows");
}

TEST(MaxPartitionSizeTest, TakesCoverageButNoFilter) {
  EXPECT_TRUE(
      Compile({.rule = "maxPartitionSize", .coverage = 0.5, .properties = {{"value", 1}}},
              Table(Integers({})).Schema(), TestNow()));
  EXPECT_THAT(
      Refusal({.rule = "maxPartitionSize", .filter = "field > 1", .properties = {{"value", 1}}},
              Integers({})),
      HasSubstr("filter: not supported"));
  EXPECT_THAT(Refusal("maxPartitionSize", {{"value", -1}}, Integers({})),
              HasSubstr("value: must not be negative"));
}

}  // namespace
}  // namespace assay::rules::testing
