#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(NotFutureTest, FailsAfterTheStartOfTheOperation) {
  EXPECT_THAT(FailingRows("notFuture", {},
                          Timestamps({"2026-06-15 12:00:00", "2026-06-15 12:00:00.000001",
                                      "1970-01-01 00:00:00", kNull})),
              ElementsAre(1));
}

TEST(NotFutureTest, TodayIsNotInTheFuture) {
  EXPECT_THAT(
      FailingRows("notFuture", {}, Dates({"2026-06-15", "2026-06-16", "2026-06-14", kNull})),
      ElementsAre(1));
}

TEST(NotFutureTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("notFuture", {}, Dates({})), IsEmpty());
}

TEST(NotFutureTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("notFuture", {}, Dates({"2030-01-01", "2031-01-01"}),
                          "field < DATE '2030-06-01'"),
              ElementsAre(0));
}

TEST(NotFutureTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("notFuture", {}, Dates({})), "is in the future");
}

TEST(NotFutureTest, RefusesFieldsThatAreNotTimes) {
  EXPECT_THAT(Refusal("notFuture", {}, Texts({})),
              HasSubstr("only to Date, Timestamp: 'field'"));
}

}  // namespace
}  // namespace assay::rules::testing
