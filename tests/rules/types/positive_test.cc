#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(PositiveTest, ZeroFails) {
  EXPECT_THAT(FailingRows("positive", Json::object(), Integers({1, 0, -1, kNull})),
              ElementsAre(1, 2));
  EXPECT_THAT(
      FailingRows("positive", Json::object(),
                  Fractions({5e-324, 0.0, -0.0, "NaN", "Infinity", "-Infinity", kNull})),
      ElementsAre(1, 2, 3, 5));
}

TEST(PositiveTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("positive", Json::object(), Integers({-1, 0}), "field = 0"),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("positive", Json::object(), Integers({})), IsEmpty());
}

TEST(PositiveTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("positive", Json::object(), Integers({})), "is not above 0");
}

TEST(PositiveTest, TakesNoProperties) {
  EXPECT_THAT(Refusal("positive", {{"value", 1}}, Integers({})),
              HasSubstr("unknown key 'value'"));
}

}  // namespace
}  // namespace assay::rules::testing
