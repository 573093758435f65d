#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MinLengthTest, CountsCharactersNotBytes) {
  EXPECT_THAT(FailingRows("minLength", {{"value", 3}},
                          Texts({"ab", "äöü", "abcd", "", kNull, "日本語"})),
              ElementsAre(0, 3));
}

TEST(MinLengthTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("minLength", {{"value", 3}}, Texts({})), IsEmpty());
}

TEST(MinLengthTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("minLength", {{"value", 3}}, Texts({"a", "abcde"}),
                          "field <> 'a' AND field <> 'abcde'"),
              IsEmpty());
}

TEST(MinLengthTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("minLength", {{"value", 3}}, Texts({})), "is shorter than 3 characters");
  EXPECT_EQ(Violation("minLength", {{"value", 1}}, Texts({})), "is shorter than 1 character");
}

TEST(MinLengthTest, RefusesWhatIsNoLength) {
  EXPECT_EQ(Refusal("minLength", {{"value", -1}}, Texts({})),
            "check minLength(field): properties: value: must not be negative: -1");
  EXPECT_THAT(Refusal("minLength", {{"value", 1.5}}, Texts({})),
              HasSubstr("value: must be an integer"));
  EXPECT_THAT(Refusal("minLength", {}, Texts({})), HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("minLength", {{"value", 1}}, Integers({})),
              HasSubstr("does not apply to fields of type Integral"));
}

TEST(MinLengthTest, FailsWhatTheFilterLeaves) {
  EXPECT_THAT(FailingRows("minLength", {{"value", 3}}, Texts({"a", "abcde"}), "true"),
              ElementsAre(0));
}

}  // namespace
}  // namespace assay::rules::testing
