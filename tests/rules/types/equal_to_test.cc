#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(EqualToTest, ComparesExactlyWithoutComparator) {
  EXPECT_THAT(FailingRows("equalTo", {{"value", "9007199254740993"}},
                          Integers({9007199254740992, 9007199254740993, kNull})),
              ElementsAre(0));
  EXPECT_THAT(FailingRows("equalTo", {{"value", 0.5}}, Fractions({0.5, 0.50001, "NaN", kNull})),
              ElementsAre(1, 2));
  EXPECT_THAT(FailingRows("equalTo", {{"value", "a"}}, Texts({"a", "A", " a", kNull})),
              ElementsAre(1, 2));
  EXPECT_THAT(FailingRows("equalTo", {{"value", "2026-01-31"}},
                          Timestamps({"2026-01-31 00:00:00", "2026-01-31 00:00:01", kNull})),
              ElementsAre(1));
}

TEST(EqualToTest, TakesAMarginForEachType) {
  EXPECT_THAT(FailingRows("equalTo", {{"value", 10}, {"numeric_comparator", {{"epsilon", 1}}}},
                          Integers({8, 9, 11, 12, 9223372036854775807, kNull})),
              ElementsAre(0, 3, 4));
  EXPECT_THAT(FailingRows("equalTo",
                          {{"value", -100},
                           {"numeric_comparator", {{"epsilon", 5}, {"as_absolute", false}}}},
                          Fractions({-95, -105, -94.9, -105.1, "NaN", "Infinity", kNull})),
              ElementsAre(2, 3, 4, 5));
  EXPECT_THAT(FailingRows("equalTo",
                          {{"value", "Ana Maria"},
                           {"string_comparator", {{"ignore_whitespace", true}}}},
                          Texts({" Ana \t Maria\n", "AnaMaria", kNull})),
              ElementsAre(1));
}

TEST(EqualToTest, MayNameSeveralFields) {
  EXPECT_THAT(FailingRows("equalTo", {{"value", 1}},
                          Table({Named("a", Integers({1, 1, 2, kNull})),
                                 Named("b", Integers({1, 2, kNull, 1}))})),
              ElementsAre(1, 2));
}

TEST(EqualToTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("equalTo", {{"value", 1}}, Integers({2, 3}), "field > 2"),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("equalTo", {{"value", 1}}, Integers({})), IsEmpty());
}

TEST(EqualToTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("equalTo", {{"value", "a"}}, Texts({})), "is not equal to 'a'");
  EXPECT_EQ(Violation("equalTo",
                      {{"value", 3},
                       {"numeric_comparator", {{"epsilon", 2.5}, {"as_absolute", false}}}},
                      Integers({})),
            "is not equal to 3 within 2.5 %");
  EXPECT_EQ(Violation("equalTo", {{"value", 3}},
                      Table({Named("a", Integers({})), Named("b", Integers({}))})),
            "are not equal to 3");
}

TEST(EqualToTest, RefusesWhatIsNoValueOfTheField) {
  EXPECT_THAT(Refusal("equalTo", {{"value", "one"}}, Integers({})),
              HasSubstr("properties: value: "));
  EXPECT_THAT(Refusal("equalTo", {{"value", 1}}, Texts({})), HasSubstr("properties: value: "));
  EXPECT_THAT(Refusal("equalTo", {{"value", 1}, {"numeric_comparator", {{"epsilon", -1}}}},
                      Integers({})),
              HasSubstr("numeric_comparator: epsilon: must be a number from 0"));
}

}  // namespace
}  // namespace assay::rules::testing
