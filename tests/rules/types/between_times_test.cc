#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kYear2025 = {{"min_time", "2025-01-01T00:00:00Z"},
                        {"max_time", "2025-12-31T23:59:59Z"}};

TEST(BetweenTimesTest, BothEndsPass) {
  EXPECT_THAT(
      FailingRows("betweenTimes", kYear2025,
                  Timestamps({"2024-12-31 23:59:59.999999", "2025-01-01 00:00:00",
                              "2025-12-31 23:59:59", "2025-12-31 23:59:59.000001", kNull})),
      ElementsAre(0, 3));
}

TEST(BetweenTimesTest, ADateIsItsFirstMoment) {
  EXPECT_THAT(
      FailingRows("betweenTimes", kYear2025,
                  Dates({"2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01", kNull})),
      ElementsAre(0, 3));
  const Json from_noon = {{"min_time", "2025-01-01T12:00:00Z"}, {"max_time", "2025-01-03"}};
  EXPECT_THAT(
      FailingRows("betweenTimes", from_noon, Dates({"2025-01-01", "2025-01-02", "2025-01-03"})),
      ElementsAre(0));
  EXPECT_THAT(FailingRows("betweenTimes", from_noon,
                          Timestamps({"2025-01-03 00:00:00", "2025-01-03 00:00:01"})),
              ElementsAre(1));
}

TEST(BetweenTimesTest, OffsetsAreConvertedToUtc) {
  EXPECT_THAT(FailingRows("betweenTimes",
                          {{"min_time", "2025-01-01T00:00:00+02:00"},
                           {"max_time", "2025-01-01T00:00:00-02:00"}},
                          Timestamps({"2024-12-31 21:59:59", "2024-12-31 22:00:00",
                                      "2025-01-01 02:00:00", "2025-01-01 02:00:01"})),
              ElementsAre(0, 3));
}

TEST(BetweenTimesTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("betweenTimes", kYear2025, Timestamps({})), IsEmpty());
}

TEST(BetweenTimesTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("betweenTimes", kYear2025, Dates({"2024-01-01", "2027-01-01"}),
                          "year(field) > 2025"),
              ElementsAre(1));
}

TEST(BetweenTimesTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(
      Violation("betweenTimes",
                {{"min_time", "2025-01-01"}, {"max_time", "2025-12-31T23:59:59Z"}}, Dates({})),
      "is not between 2025-01-01 and 2025-12-31 23:59:59");
}

TEST(BetweenTimesTest, RefusesBadBounds) {
  EXPECT_THAT(Refusal("betweenTimes", {{"min_time", "2025-01-02"}, {"max_time", "2025-01-01"}},
                      Dates({})),
              HasSubstr("max_time: must not be before min_time"));
  EXPECT_THAT(Refusal("betweenTimes", {{"min_time", "yesterday"}, {"max_time", "2025-01-01"}},
                      Dates({})),
              HasSubstr("properties: min_time: "));
  EXPECT_THAT(Refusal("betweenTimes", {{"min_time", "2025-01-01"}, {"max_time", 5}}, Dates({})),
              HasSubstr("properties: max_time: "));
  EXPECT_THAT(Refusal("betweenTimes", {{"min_time", "2025-01-01"}}, Dates({})),
              HasSubstr("max_time: is required"));
  EXPECT_THAT(Refusal("betweenTimes", kYear2025, Integers({})),
              HasSubstr("does not apply to fields of type Integral"));
}

}  // namespace
}  // namespace assay::rules::testing
