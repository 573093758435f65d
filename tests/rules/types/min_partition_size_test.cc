#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(MinPartitionSizeTest, AFileNeedsSoManyRows) {
  EXPECT_EQ(RunWhole("minPartitionSize", {{"value", 2}}, Integers({1, kNull})).holds, true);
  EXPECT_EQ(RunWhole("minPartitionSize", {{"value", 3}}, Integers({1, kNull})).holds, false);
  EXPECT_THAT(RunWhole("minPartitionSize", {{"value", 1}}, Integers({})).group_sizes,
              ElementsAre(0));
}

TEST(MinPartitionSizeTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("minPartitionSize", {{"value", 3}}, Integers({})),
            "has fewer than 3 rows");
}

TEST(MinPartitionSizeTest, TakesCoverageButNoFilter) {
  EXPECT_TRUE(
      Compile({.rule = "minPartitionSize", .coverage = 0.5, .properties = {{"value", 1}}},
              Table(Integers({})).Schema(), TestNow()));
  EXPECT_THAT(
      Refusal({.rule = "minPartitionSize", .filter = "field > 1", .properties = {{"value", 1}}},
              Integers({})),
      HasSubstr("filter: not supported"));
  EXPECT_THAT(Refusal("minPartitionSize", {{"value", -1}}, Integers({})),
              HasSubstr("value: must not be negative"));
}

}  // namespace
}  // namespace assay::rules::testing
