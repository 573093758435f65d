#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const Json kCodes = {{"ref_container_name", "codes"}, {"field_name", "code"}};

Table Against(Column column, Column code) {
  return {{std::move(column)}, "codes", {Named("code", std::move(code))}};
}

TEST(ExistsInTest, FailsForValuesThatAreNotThere) {
  EXPECT_THAT(
      FailingRows("existsIn", kCodes,
                  Against(Texts({"a", "B", kNull, "", "b", "b"}), Texts({"a", "b", "a"}))),
      ElementsAre(1, 3));
}

TEST(ExistsInTest, NullsOfTheOtherContainerAreNoValues) {
  EXPECT_THAT(
      FailingRows("existsIn", kCodes, Against(Integers({1, 2, kNull}), Integers({1, kNull}))),
      ElementsAre(1));
}

TEST(ExistsInTest, FailsForEveryValueWhenTheOtherContainerIsEmpty) {
  EXPECT_THAT(FailingRows("existsIn", kCodes, Against(Integers({1, kNull}), Integers({}))),
              ElementsAre(0));
}

TEST(ExistsInTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("existsIn", kCodes, Against(Integers({}), Integers({1}))), IsEmpty());
}

TEST(ExistsInTest, ComparesNumbersOfAllKindsAndTimesOfBoth) {
  EXPECT_THAT(FailingRows("existsIn", kCodes,
                          Against(Integers({1, 2, 3}), Fractions({1.0, 2.5, 3, "NaN"}))),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("existsIn", kCodes,
                          Against(Dates({"2026-01-01", "2026-01-02"}),
                                  Timestamps({"2026-01-01 00:00:00", "2026-01-02 00:00:01"}))),
              ElementsAre(1));
  EXPECT_THAT(FailingRows("existsIn", kCodes,
                          Against(Integers({9007199254740993, 9007199254740992}),
                                  Integers({9007199254740992}))),
              ElementsAre(0));
  EXPECT_THAT(
      FailingRows("existsIn", kCodes, Against(Booleans({true, false}), Booleans({true}))),
      ElementsAre(1));
}

TEST(ExistsInTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("existsIn", kCodes, Against(Integers({1, 2, 3}), Integers({1})),
                          "field <> 2"),
              ElementsAre(2));
}

TEST(ExistsInTest, FindsFieldsWithOddNames) {
  const Table table({Named("it's \"it\"", Texts({"x", "y"}))}, "codes",
                    {Named("a'b\"c", Texts({"x"}))});
  EXPECT_THAT(FailingRows("existsIn",
                          {{"ref_container_name", "codes"}, {"field_name", "a'b\"c"}}, table),
              ElementsAre(1));
}

TEST(ExistsInTest, NamesTheOtherFieldInViolations) {
  EXPECT_EQ(Violation("existsIn", kCodes, Against(Texts({}), Texts({}))),
            "does not exist in code of codes");
}

TEST(ExistsInTest, RefusesWhatCannotBeCompared) {
  EXPECT_EQ(Refusal("existsIn", kCodes, Against(Texts({}), Integers({}))),
            "check existsIn(field): properties: field_name: of codes: a field of type String "
            "cannot be compared with one of type Integral: 'field' and 'code'");
  EXPECT_EQ(
      Refusal("existsIn", {{"ref_container_name", "codes"}, {"field_name", "cod"}},
              Against(Texts({}), Texts({}))),
      "check existsIn(field): properties: field_name: of codes: no such field: 'cod' (did "
      "you mean 'code'?)");
  EXPECT_THAT(
      Refusal("existsIn", {{"ref_container_name", "codes"}}, Against(Texts({}), Texts({}))),
      HasSubstr("field_name: is required"));
}

TEST(ExistsInTest, RefusesReferencesToNothing) {
  EXPECT_THAT(Refusal("existsIn", {{"field_name", "code"}}, Texts({})),
              HasSubstr("ref_container_id: is required, or ref_container_name with a name"));
  EXPECT_THAT(Refusal("existsIn", kCodes, Texts({})),
              HasSubstr("containers cannot be compared here"));
  EXPECT_THAT(
      Refusal("existsIn",
              {{"field_name", "code"}, {"ref_container_name", "a"}, {"ref_container_id", 1}},
              Texts({})),
      HasSubstr("give one of them"));
}

TEST(ExistsInTest, SaysWhyTheOtherContainerCouldNotBeOpened) {
  const auto reference = ReferenceOf(kCodes);
  ASSERT_TRUE(reference);
  References references;
  references.emplace(reference->Key(), Fail(ErrorKind::kNotFound, "it was deleted"));
  const auto compiled = Compile({.rule = "existsIn", .fields = {"field"}, .properties = kCodes},
                                Table(Texts({})).Schema(), TestNow(), {}, references);
  ASSERT_FALSE(compiled);
  EXPECT_EQ(compiled.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(compiled.error().message, HasSubstr("it was deleted"));
}

}  // namespace
}  // namespace assay::rules::testing
