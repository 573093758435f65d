#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kMoment = {{"datetime", "1991-12-31T10:30:00+02:00"}};

TEST(BeforeDateTimeTest, TheMomentItselfFails) {
  EXPECT_THAT(FailingRows("beforeDateTime", kMoment,
                          Timestamps({"1991-12-31 08:30:00", "1991-12-31 08:29:59.999999",
                                      "1992-01-02 09:15:00", kNull})),
              ElementsAre(0, 2));
}

TEST(BeforeDateTimeTest, ADateIsItsFirstMoment) {
  EXPECT_THAT(FailingRows("beforeDateTime", kMoment, Dates({"1991-12-31", "1992-01-01"})),
              ElementsAre(1));
}

TEST(BeforeDateTimeTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("beforeDateTime", kMoment, Dates({"1995-01-01", "1996-01-01"}),
                          "year(field) > 1995"),
              ElementsAre(1));
}

TEST(BeforeDateTimeTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("beforeDateTime", kMoment, Dates({})),
            "is not earlier than 1991-12-31 08:30:00");
}

TEST(BeforeDateTimeTest, RefusesWhatIsNoMoment) {
  EXPECT_THAT(Refusal("beforeDateTime", {{"datetime", 5}}, Dates({})),
              HasSubstr("properties: datetime: "));
  EXPECT_THAT(FailingRows("beforeDateTime", kMoment, Dates({})), IsEmpty());
}

}  // namespace
}  // namespace assay::rules::testing
