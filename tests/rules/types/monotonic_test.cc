#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MonotonicTest, FailsWhereTheOrderBreaks) {
  const Column column = Integers({1, 2, kNull, 2, 5, 4, 6});
  EXPECT_THAT(FailingRows("monotonic", {}, column), ElementsAre(5));
  EXPECT_THAT(FailingRows("monotonic", {{"strict", true}}, column), ElementsAre(3, 5));
  EXPECT_THAT(FailingRows("monotonic", {{"direction", "Descending"}}, column),
              ElementsAre(1, 4, 6));
  EXPECT_THAT(FailingRows("monotonic", {{"direction", "Descending"}, {"strict", true}}, column),
              ElementsAre(1, 3, 4, 6));
}

TEST(MonotonicTest, TakesTimesAndTexts) {
  EXPECT_THAT(FailingRows("monotonic", {}, Dates({"2026-01-02", "2026-01-01", kNull})),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("monotonic", {}, Texts({"a", "b", "B"})), ElementsAre(2));
}

TEST(MonotonicTest, NullsAreNotAsserted) {
  const Result<Outcome> outcome =
      RunCheck({.rule = "monotonic", .fields = {"field"}}, Integers({1, kNull, 2}));
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->asserted_rows, 2);
}

TEST(MonotonicTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("monotonic", {}, Integers({})), IsEmpty());
}

TEST(MonotonicTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("monotonic", {}, Integers({1, 9, 2, 3}), "field < 9"), IsEmpty());
}

TEST(MonotonicTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("monotonic", {}, Integers({})), "is below the value before it");
  EXPECT_EQ(Violation("monotonic", {{"direction", "Descending"}, {"strict", true}}, Dates({})),
            "is not below the value before it");
}

TEST(MonotonicTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("monotonic", {{"direction", "up"}}, Integers({})),
              HasSubstr("direction: must be Ascending or Descending, not 'up'"));
  EXPECT_THAT(Refusal("monotonic", {}, Booleans({})),
              HasSubstr("does not apply to fields of type Boolean"));
}

}  // namespace
}  // namespace assay::rules::testing
