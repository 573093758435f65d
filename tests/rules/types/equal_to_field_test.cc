#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CheckDefinition EqualToOther(Json properties = Json::object()) {
  properties["field_name"] = "other";
  return {.rule = "equalToField", .fields = {"field"}, .properties = properties};
}

Table Pair(Column field, Column other) {
  return Table({std::move(field), Named("other", std::move(other))});
}

TEST(EqualToFieldTest, ComparesExactlyWithoutComparator) {
  EXPECT_THAT(FailingRows(EqualToOther(), Pair(Integers({1, 9007199254740993, 3, kNull, 5}),
                                               Integers({1, 9007199254740992, 4, 4, kNull}))),
              ElementsAre(1, 2));
  EXPECT_THAT(FailingRows(EqualToOther(), Pair(Fractions({1, 1.5, "NaN", "NaN"}),
                                               Fractions({1, 1.25, "NaN", 1}))),
              ElementsAre(1, 3));
  EXPECT_THAT(FailingRows(EqualToOther(),
                          Pair(Dates({"2026-01-01", "2026-01-02"}),
                               Timestamps({"2026-01-01 00:00:00", "2026-01-02 08:00:00"}))),
              ElementsAre(1));
}

TEST(EqualToFieldTest, TextsMayDifferInWhiteSpace) {
  const Table texts = Pair(Texts({"Beth", "Ana", " a \n b ", kNull, ""}),
                           Texts({" Beth ", " Anna ", "a b", "x", "  "}));
  EXPECT_THAT(FailingRows(EqualToOther(), texts), ElementsAre(0, 1, 2, 4));
  EXPECT_THAT(
      FailingRows(EqualToOther({{"string_comparator", {{"ignore_whitespace", true}}}}), texts),
      ElementsAre(1));
}

TEST(EqualToFieldTest, TimesMayDifferByADuration) {
  const Json margin = {{"duration_comparator", {{"millis", 25}}}};
  EXPECT_THAT(FailingRows(EqualToOther(margin),
                          Pair(Timestamps({"2026-01-01 00:00:00.500", "2026-01-01 00:00:00.500",
                                           "2026-01-01 00:00:00.500", kNull}),
                               Timestamps({"2026-01-01 00:00:00.520", "2026-01-01 00:00:00.526",
                                           "2026-01-01 00:00:00.475", "2026-01-01 00:00:00"}))),
              ElementsAre(1));
  const Json day = {{"duration_comparator", {{"millis", 86400000}}}};
  EXPECT_THAT(FailingRows(EqualToOther(day), Pair(Dates({"2026-01-05", "2026-01-05"}),
                                                  Dates({"2026-01-07", "2026-01-06"}))),
              ElementsAre(0));
}

TEST(EqualToFieldTest, NumbersMayDifferByAShare) {
  const Json margin = {{"numeric_comparator", {{"epsilon", 10}, {"as_absolute", false}}}};
  EXPECT_THAT(
      FailingRows(EqualToOther(margin),
                  Pair(Fractions({90, 110, 89.9, -110, "Infinity", 1, "NaN", 0, 1e-9}),
                       Fractions({100, 100, 100, -100, "Infinity", "Infinity", "NaN", 0, 0}))),
      ElementsAre(2, 5, 8));
  EXPECT_THAT(FailingRows(EqualToOther(margin), Pair(Integers({9223372036854775807, -1}),
                                                     Integers({9223372036854775807, 1}))),
              ElementsAre(1));
}

TEST(EqualToFieldTest, ComparatorsForOtherTypesAreLeftAlone) {
  EXPECT_THAT(FailingRows(EqualToOther({{"numeric_comparator", {{"epsilon", 1}}},
                                        {"duration_comparator", nullptr},
                                        {"string_comparator", {{"ignore_whitespace", true}}}}),
                          Pair(Integers({1, 1}), Integers({2, 3}))),
              ElementsAre(1));
}

TEST(EqualToFieldTest, LooksOnlyAtFilteredRows) {
  CheckDefinition definition = EqualToOther();
  definition.filter = "other > 5";
  EXPECT_THAT(FailingRows(definition, Pair(Integers({1, 2}), Integers({5, 6}))),
              ElementsAre(1));
  EXPECT_THAT(FailingRows(definition, Pair(Integers({}), Integers({}))), IsEmpty());
}

TEST(EqualToFieldTest, SaysWhatFailingRowsDo) {
  const Table texts = Pair(Texts({}), Texts({}));
  EXPECT_EQ(Violation(EqualToOther(), texts), "is not equal to the value of other");
  EXPECT_EQ(
      Violation(EqualToOther({{"string_comparator", {{"ignore_whitespace", true}}}}), texts),
      "is not equal to the value of other but for white space");
  EXPECT_EQ(Violation(EqualToOther({{"duration_comparator", {{"millis", 25}}}}),
                      Pair(Dates({}), Dates({}))),
            "is not equal to the value of other within 25 ms");
}

TEST(EqualToFieldTest, RefusesWhatCannotBeCompared) {
  EXPECT_EQ(Refusal(EqualToOther(), Pair(Integers({}), Texts({}))),
            "check equalToField(field): properties: field_name: values of type Integral cannot "
            "be compared with type String: 'other'");
  EXPECT_THAT(Refusal(EqualToOther(), Integers({})),
              HasSubstr("field_name: no such field: 'other'"));
  EXPECT_THAT(Refusal({.rule = "equalToField",
                       .fields = {"field"},
                       .properties = {{"field_name", "FIELD"}}},
                      Integers({})),
              HasSubstr("field_name: must be another field than 'FIELD'"));
  EXPECT_THAT(Refusal(EqualToOther({{"duration_comparator", {{"millis", -1}}}}),
                      Pair(Dates({}), Dates({}))),
              HasSubstr("duration_comparator: millis: must be from 0 to "));
  EXPECT_THAT(Refusal(EqualToOther({{"numeric_comparator", {{"epsilon", "NaN"}}}}),
                      Pair(Integers({}), Integers({}))),
              HasSubstr("numeric_comparator: epsilon: must be a number from 0"));
}

}  // namespace
}  // namespace assay::rules::testing
