#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RequiredValuesTest, EachValueMustOccur) {
  const Column column = Texts({"a", kNull, "b", "A", "a"});
  EXPECT_EQ(RunWhole("requiredValues", {{"list", {"a", "b"}}}, column).holds, true);
  const WholeOutcome outcome =
      RunWhole("requiredValues", {{"list", {"a", "c", "b", "d"}}}, column);
  EXPECT_EQ(outcome.holds, false);
  EXPECT_THAT(outcome.group_sizes, ElementsAre(2, 0, 1, 0));
  EXPECT_EQ(outcome.failing_groups, 2);
}

TEST(RequiredValuesTest, AnEmptyContainerLacksThem) {
  EXPECT_EQ(RunWhole("requiredValues", {{"list", {1}}}, Integers({})).holds, false);
}

TEST(RequiredValuesTest, LooksOnlyAtFilteredRows) {
  EXPECT_EQ(RunWhole("requiredValues", {{"list", {1}}}, Integers({1, 2}), "field > 1").holds,
            false);
}

TEST(RequiredValuesTest, TakesEveryTypeAndRepeatsOnce) {
  EXPECT_THAT(RunWhole("requiredValues", {{"list", {"2026-01-31", "2026-02-01"}}},
                       Dates({"2026-01-31"}))
                  .group_sizes,
              ElementsAre(1, 0));
  EXPECT_THAT(
      RunWhole("requiredValues", {{"list", {1, 1.0, "1", 2.5}}}, Integers({1, 2})).group_sizes,
      ElementsAre(1, 0));
  EXPECT_THAT(
      RunWhole("requiredValues", {{"list", {true, false}}}, Booleans({true})).group_sizes,
      ElementsAre(1, 0));
}

TEST(RequiredValuesTest, SaysWhatIsNotSo) {
  EXPECT_EQ(Violation("requiredValues", {{"list", {"a"}}}, Texts({})), "has no row");
}

TEST(RequiredValuesTest, RefusesBadLists) {
  EXPECT_THAT(Refusal("requiredValues", {{"list", Json::array()}}, Texts({})),
              HasSubstr("list: must hold at least one value"));
  EXPECT_THAT(Refusal("requiredValues", {{"list", {"a", 5}}}, Texts({})),
              HasSubstr("list: item 2: must be a text"));
}

}  // namespace
}  // namespace assay::rules::testing
