#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(MaxLengthTest, CountsCharactersNotBytes) {
  EXPECT_THAT(FailingRows("maxLength", {{"value", 3}},
                          Texts({"ab", "äöü", "abcd", "", kNull, "日本語"})),
              ElementsAre(2));
}

TEST(MaxLengthTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("maxLength", {{"value", 3}}, Texts({})), IsEmpty());
}

TEST(MaxLengthTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("maxLength", {{"value", 3}}, Texts({"a", "abcde"}),
                          "field <> 'a' AND field <> 'abcde'"),
              IsEmpty());
}

TEST(MaxLengthTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("maxLength", {{"value", 3}}, Texts({})), "is longer than 3 characters");
  EXPECT_EQ(Violation("maxLength", {{"value", 1}}, Texts({})), "is longer than 1 character");
}

TEST(MaxLengthTest, RefusesWhatIsNoLength) {
  EXPECT_EQ(Refusal("maxLength", {{"value", -1}}, Texts({})),
            "check maxLength(field): properties: value: must not be negative: -1");
  EXPECT_THAT(Refusal("maxLength", {{"value", 1.5}}, Texts({})),
              HasSubstr("value: must be an integer"));
  EXPECT_THAT(Refusal("maxLength", {}, Texts({})), HasSubstr("value: is required"));
  EXPECT_THAT(Refusal("maxLength", {{"value", 1}}, Integers({})),
              HasSubstr("does not apply to fields of type Integral"));
}

TEST(MaxLengthTest, FailsWhatTheFilterLeaves) {
  EXPECT_THAT(FailingRows("maxLength", {{"value", 3}}, Texts({"a", "abcde"}), "true"),
              ElementsAre(1));
}

}  // namespace
}  // namespace assay::rules::testing
