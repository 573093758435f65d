#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(UniqueTest, FailsEachFurtherOccurrence) {
  EXPECT_THAT(FailingRows("unique", {}, Texts({"a", "b", "a", "a"})), ElementsAre(2, 3));
}

TEST(UniqueTest, OfSeveralFieldsTheCombinationCounts) {
  const Table table({Named("name", Texts({"A", "B", "A", "C", "A"})),
                     Named("address", Texts({"1", "2", "1", "3", "2"}))});
  EXPECT_THAT(FailingRows("unique", {}, table), ElementsAre(2));
  EXPECT_EQ(Violation("unique", {}, table), "repeat an earlier combination");
}

TEST(UniqueTest, RowsWithNullsAreNotAsserted) {
  const Table table(
      {Named("a", Integers({1, 1, kNull, kNull})), Named("b", Integers({kNull, kNull, 1, 1}))});
  const Result<Outcome> outcome = RunCheck({.rule = "unique", .fields = {"a", "b"}}, table);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_THAT(outcome->failing_rows, IsEmpty());
  EXPECT_EQ(outcome->asserted_rows, 0);
}

TEST(UniqueTest, TakesEveryType) {
  EXPECT_THAT(FailingRows("unique", {}, Dates({"2026-01-01", "2026-01-02", "2026-01-01"})),
              ElementsAre(2));
  EXPECT_THAT(FailingRows("unique", {}, Fractions({"NaN", 1.0, "NaN"})), ElementsAre(2));
  EXPECT_THAT(FailingRows("unique", {}, Booleans({true, false, true})), ElementsAre(2));
}

TEST(UniqueTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("unique", {}, Integers({})), IsEmpty());
}

TEST(UniqueTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(FailingRows("unique", {}, Integers({1, 1, 2, 2}), "field = 2"), ElementsAre(3));
}

TEST(UniqueTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("unique", {}, Texts({})), "repeats an earlier value");
}

TEST(UniqueTest, RefusesNoFields) {
  EXPECT_THAT(Refusal({.rule = "unique"}, Integers({})), HasSubstr("names at least one field"));
}

}  // namespace
}  // namespace assay::rules::testing
