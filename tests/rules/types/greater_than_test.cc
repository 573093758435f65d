#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(GreaterThanTest, TheBoundPassesOnlyWhenInclusive) {
  const Column column = Integers({9, 10, 11, 9223372036854775807, 12, -1, kNull});
  EXPECT_THAT(FailingRows("greaterThan", {{"value", 10}}, column), ElementsAre(0, 1, 5));
  EXPECT_THAT(FailingRows("greaterThan", {{"value", 10}, {"inclusive", true}}, column),
              ElementsAre(0, 5));
}

TEST(GreaterThanTest, NanFails) {
  EXPECT_THAT(FailingRows("greaterThan", {{"value", 0.5}}, Fractions({"NaN", kNull})),
              ElementsAre(0));
  EXPECT_THAT(FailingRows("greaterThan", {{"value", 0.5}, {"inclusive", true}},
                          Fractions({"NaN", 0.5, kNull})),
              ElementsAre(0));
}

TEST(GreaterThanTest, LargeBoundsStayExact) {
  EXPECT_THAT(FailingRows("greaterThan", {{"value", "9007199254740993"}},
                          Integers({9007199254740992, 9007199254740993, 9007199254740994})),
              ElementsAre(0, 1));
}

TEST(GreaterThanTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("greaterThan", {{"value", 10}}, Integers({10, 10}), "field > 10"),
              IsEmpty());
}

TEST(GreaterThanTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("greaterThan", {{"value", 10}}, Integers({})), "is not greater than 10");
  EXPECT_EQ(Violation("greaterThan", {{"value", 0.5}, {"inclusive", true}}, Fractions({})),
            "is not greater than or equal to 0.5");
}

TEST(GreaterThanTest, RefusesWhatIsNoNumber) {
  EXPECT_THAT(Refusal("greaterThan", {{"value", "ten"}}, Integers({})),
              HasSubstr("properties: value: "));
  EXPECT_THAT(Refusal("greaterThan", {{"value", "NaN"}}, Fractions({})),
              HasSubstr("must not be NaN"));
  EXPECT_THAT(Refusal("greaterThan", Json::object(), Integers({})),
              HasSubstr("value: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
