#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(NotOutlierTest, FailsOutsideOfTheQuartiles) {
  const Column column = Integers({10, 12, 11, kNull, 13, 120, -90});
  EXPECT_THAT(FailingRows("notOutlier", {}, column), ElementsAre(5, 6));
  EXPECT_THAT(FailingRows("notOutlier", {{"factor", 100}}, column), IsEmpty());
}

TEST(NotOutlierTest, FailsFarFromTheMedian) {
  const Column column = Fractions({1.0, 1.1, 0.9, 1.05, kNull, 9.0});
  EXPECT_THAT(FailingRows("notOutlier", {{"method", "MAD"}}, column), ElementsAre(5));
  EXPECT_THAT(FailingRows("notOutlier", {{"method", "MAD"}, {"factor", 1000}}, column),
              IsEmpty());
}

TEST(NotOutlierTest, NanAndInfinityFailAndDoNotHideOthers) {
  const Column column = Fractions({1.0, "NaN", 1.1, 0.9, "Infinity", 1.05, 9.0, "-Infinity"});
  EXPECT_THAT(FailingRows("notOutlier", {}, column), ElementsAre(1, 4, 6, 7));
  EXPECT_THAT(FailingRows("notOutlier", {{"method", "MAD"}}, column), ElementsAre(1, 4, 6, 7));
}

TEST(NotOutlierTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("notOutlier", {}, Integers({})), IsEmpty());
  EXPECT_THAT(FailingRows("notOutlier", {{"method", "MAD"}}, Integers({kNull})), IsEmpty());
}

TEST(NotOutlierTest, FencesAreThoseOfFilteredRows) {
  EXPECT_THAT(
      FailingRows("notOutlier", {}, Integers({1, 2, 1, 2, 90, 91, 92, 300, 93}), "field > 50"),
      ElementsAre(7));
}

TEST(NotOutlierTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("notOutlier", {}, Integers({})),
            "lies far from most values (IQR, factor 1.5)");
}

TEST(NotOutlierTest, RefusesBadProperties) {
  EXPECT_THAT(Refusal("notOutlier", {{"method", "Z"}}, Integers({})),
              HasSubstr("method: must be IQR or MAD, not 'Z'"));
  EXPECT_THAT(Refusal("notOutlier", {{"factor", 0}}, Integers({})),
              HasSubstr("factor: must be above 0"));
  EXPECT_THAT(Refusal("notOutlier", {}, Texts({})),
              HasSubstr("does not apply to fields of type String"));
}

}  // namespace
}  // namespace assay::rules::testing
