#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<int64_t> NotOfType(const std::string& type, const Column& column) {
  return FailingRows("isType", {{"field_type", type}}, column);
}

TEST(IsTypeTest, ReadsIntegers) {
  EXPECT_THAT(NotOfType("Integral", Texts({"10", "15.5", "Ten", kNull, "-7", ""})),
              ElementsAre(1, 2, 5));
}

TEST(IsTypeTest, ReadsTheOtherTypes) {
  EXPECT_THAT(NotOfType("Fractional", Texts({"10", "15.5", "1e3", "1,5"})), ElementsAre(3));
  EXPECT_THAT(NotOfType("Boolean", Texts({"true", "FALSE", "maybe"})), ElementsAre(2));
  EXPECT_THAT(NotOfType("Date", Texts({"2026-01-31", "2026-02-30", "soon"})),
              ElementsAre(1, 2));
  EXPECT_THAT(
      NotOfType("Timestamp", Texts({"2026-01-31 08:30:00", "2026-01-31T08:30:00Z", "noon"})),
      ElementsAre(2));
  EXPECT_THAT(NotOfType("String", Texts({"a", ""})), IsEmpty());
}

TEST(IsTypeTest, PassesAnEmptyContainer) {
  EXPECT_THAT(NotOfType("Integral", Texts({})), IsEmpty());
}

TEST(IsTypeTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("isType", {{"field_type", "Integral"}}, Texts({"a", "b", "1"}),
                          "field <> 'a'"),
              ElementsAre(1));
}

TEST(IsTypeTest, IsAlsoFoundUnderItsFormerName) {
  EXPECT_THAT(FailingRows("dataType", {{"field_type", "Integral"}}, Texts({"10", "Ten"})),
              ElementsAre(1));
}

TEST(IsTypeTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("isType", {{"field_type", "Date"}}, Texts({})),
            "is not a valid Date value");
}

TEST(IsTypeTest, RefusesUnknownTypesAndTypedFields) {
  EXPECT_EQ(
      Refusal("isType", {{"field_type", "Number"}}, Texts({})),
      "check isType(field): properties: field_type: not a field type (Integral, Fractional, "
      "Boolean, String, Date, Timestamp): 'Number'");
  EXPECT_THAT(Refusal("isType", {{"field_type", "Unknown"}}, Texts({})),
              HasSubstr("field_type: "));
  EXPECT_THAT(Refusal("isType", {{"field_type", "Integral"}}, Integers({})),
              HasSubstr("does not apply to fields of type Integral, only to String"));
}

}  // namespace
}  // namespace assay::rules::testing
