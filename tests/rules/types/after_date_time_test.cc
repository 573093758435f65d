#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kMoment = {{"datetime", "1991-12-31T10:30:00Z"}};

TEST(AfterDateTimeTest, TheMomentItselfFails) {
  EXPECT_THAT(FailingRows("afterDateTime", kMoment,
                          Timestamps({"1991-12-31 10:30:00", "1992-01-02 09:15:00",
                                      "1991-12-14 10:25:00", "1991-12-31 10:30:00.000001"})),
              ElementsAre(0, 2));
}

TEST(AfterDateTimeTest, ADateIsItsFirstMoment) {
  EXPECT_THAT(FailingRows("afterDateTime", kMoment, Dates({"1991-12-31", "1992-01-01", kNull})),
              ElementsAre(0));
  EXPECT_THAT(FailingRows("afterDateTime", {{"datetime", "1991-12-31"}},
                          Timestamps({"1991-12-31 00:00:00", "1991-12-31 00:00:01"})),
              ElementsAre(0));
}

TEST(AfterDateTimeTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("afterDateTime", kMoment, Dates({"1990-01-01", "1991-01-01"}),
                          "year(field) > 1990"),
              ElementsAre(1));
}

TEST(AfterDateTimeTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("afterDateTime", kMoment, Dates({})),
            "is not later than 1991-12-31 10:30:00");
}

TEST(AfterDateTimeTest, RefusesWhatIsNoMoment) {
  EXPECT_THAT(Refusal("afterDateTime", {{"datetime", "soon"}}, Dates({})),
              HasSubstr("properties: datetime: "));
  EXPECT_THAT(Refusal("afterDateTime", Json::object(), Dates({})),
              HasSubstr("datetime: is required"));
  EXPECT_THAT(FailingRows("afterDateTime", kMoment, Dates({})), IsEmpty());
}

}  // namespace
}  // namespace assay::rules::testing
