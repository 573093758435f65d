#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table CommentAndStatus() {
  return Table({Named("comment", Texts({kNull, "x", kNull})),
                Named("status", Texts({kNull, kNull, "y"}))});
}

TEST(AnyNotNullTest, FailsRowsWithoutAnyValue) {
  EXPECT_THAT(FailingRows("anyNotNull", {}, CommentAndStatus()), ElementsAre(0));
}

TEST(AnyNotNullTest, OfOneFieldIsNotNull) {
  EXPECT_THAT(FailingRows("anyNotNull", {}, Integers({1, kNull})), ElementsAre(1));
  EXPECT_EQ(Violation("anyNotNull", {}, Integers({})), "has no value");
}

TEST(AnyNotNullTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("anyNotNull", {}, CommentAndStatus(), "status = 'y'"), IsEmpty());
}

TEST(AnyNotNullTest, PassesAnEmptyContainer) {
  EXPECT_THAT(
      FailingRows("anyNotNull", {}, Table({Named("a", Texts({})), Named("b", Dates({}))})),
      IsEmpty());
}

TEST(AnyNotNullTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("anyNotNull", {}, CommentAndStatus()), "have no value in any of them");
}

TEST(AnyNotNullTest, RefusesNoFields) {
  EXPECT_THAT(Refusal({.rule = "anyNotNull"}, Integers({})),
              HasSubstr("names at least one field"));
}

}  // namespace
}  // namespace assay::rules::testing
