#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(ExpectedValuesTest, TextsCompareExactly) {
  const Json open_or_closed = {{"list", {"open", "closed"}}};
  EXPECT_THAT(FailingRows("expectedValues", open_or_closed,
                          Texts({"open", "Open", " open", kNull, "closed", "", "opén"})),
              ElementsAre(1, 2, 5, 6));
}

TEST(ExpectedValuesTest, ReadsTheListInTheTypeOfTheField) {
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {1, "2"}}}, Integers({1, 2, 3, kNull})),
              ElementsAre(2));
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {0.1, "2.50"}}},
                          Fractions({0.1, 2.5, 0.2, "NaN"})),
              ElementsAre(2, 3));
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {true}}}, Booleans({true, false, kNull})),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {"2026-01-31"}}},
                          Dates({"2026-01-31", "2026-02-01"})),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {"2026-01-31T10:00:00+02:00"}}},
                          Timestamps({"2026-01-31 08:00:00", "2026-01-31 10:00:00"})),
              ElementsAre(1));
}

TEST(ExpectedValuesTest, LargeIntegersStayExact) {
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {9007199254740993}}},
                          Integers({9007199254740993, 9007199254740992})),
              ElementsAre(1));
}

TEST(ExpectedValuesTest, QuotesInValuesAreNotSql) {
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {"O'Hara", "a\\b"}}},
                          Texts({"O'Hara", "a\\b", "b"})),
              ElementsAre(2));
}

TEST(ExpectedValuesTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("expectedValues", {{"list", {"a"}}}, Texts({})), IsEmpty());
}

TEST(ExpectedValuesTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("expectedValues", {{"list", {"a"}}}, Texts({"a", "b", "c"}), "field <> 'b'"),
      ElementsAre(2));
}

TEST(ExpectedValuesTest, NamesAtMostThreeValuesInViolations) {
  EXPECT_EQ(Violation("expectedValues", {{"list", {"a"}}}, Texts({})), "is not 'a'");
  EXPECT_EQ(Violation("expectedValues", {{"list", {1, 2}}}, Integers({})),
            "is not one of 1, 2");
  EXPECT_EQ(Violation("expectedValues", {{"list", {"a", "b", "c", "d", "e"}}}, Texts({})),
            "is not one of 'a', 'b', 'c' (and 2 more)");
}

TEST(ExpectedValuesTest, RefusesListsThatDoNotFitTheField) {
  EXPECT_EQ(Refusal("expectedValues", {{"list", Json::array()}}, Texts({})),
            "check expectedValues(field): properties: list: must hold at least one value");
  EXPECT_EQ(
      Refusal("expectedValues", {{"list", {"a", 2}}}, Texts({})),
      "check expectedValues(field): properties: list: item 2: must be a text, as the field's "
      "values are (quote numbers)");
  EXPECT_THAT(Refusal("expectedValues", {{"list", {1, nullptr}}}, Integers({})),
              HasSubstr("list: item 2: must not be null"));
  EXPECT_THAT(Refusal("expectedValues", {{"list", {"soon"}}}, Dates({})),
              HasSubstr("list: item 1"));
  EXPECT_THAT(Refusal("expectedValues", {{"list", "a"}}, Texts({})),
              HasSubstr("list: must be a list"));
  EXPECT_THAT(Refusal("expectedValues", {}, Texts({})), HasSubstr("list: is required"));
}

}  // namespace
}  // namespace assay::rules::testing
