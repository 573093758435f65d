#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(LessThanTest, TheBoundPassesOnlyWhenInclusive) {
  const Column column = Integers({9, 10, 11, 9223372036854775807, 12, -1, kNull});
  EXPECT_THAT(FailingRows("lessThan", {{"value", 10}}, column), ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(FailingRows("lessThan", {{"value", 10}, {"inclusive", true}}, column),
              ElementsAre(2, 3, 4));
}

TEST(LessThanTest, NanFails) {
  EXPECT_THAT(FailingRows("lessThan", {{"value", 0.5}}, Fractions({"NaN", kNull})),
              ElementsAre(0));
  EXPECT_THAT(FailingRows("lessThan", {{"value", 0.5}, {"inclusive", true}},
                          Fractions({"NaN", 0.5, kNull})),
              ElementsAre(0));
}

TEST(LessThanTest, LargeBoundsStayExact) {
  EXPECT_THAT(FailingRows("lessThan", {{"value", "9007199254740993"}},
                          Integers({9007199254740992, 9007199254740993, 9007199254740994})),
              ElementsAre(1, 2));
}

TEST(LessThanTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("lessThan", {{"value", 10}}, Integers({10, 10}), "field > 10"),
              IsEmpty());
}

TEST(LessThanTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("lessThan", {{"value", 10}}, Integers({})), "is not less than 10");
  EXPECT_EQ(Violation("lessThan", {{"value", 0.5}, {"inclusive", true}}, Fractions({})),
            "is not less than or equal to 0.5");
}

TEST(LessThanTest, RefusesWhatIsNoNumber) {
  EXPECT_THAT(Refusal("lessThan", {{"value", "ten"}}, Integers({})),
              HasSubstr("properties: value: "));
  EXPECT_THAT(Refusal("lessThan", {{"value", "NaN"}}, Fractions({})),
              HasSubstr("must not be NaN"));
  EXPECT_THAT(Refusal("lessThan", Json::object(), Integers({})),
              HasSubstr("value: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
