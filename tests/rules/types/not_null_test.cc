#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(NotNullTest, FailsOnlyNulls) {
  EXPECT_THAT(FailingRows("notNull", {}, Integers({1, kNull, 3, kNull})), ElementsAre(1, 3));
}

TEST(NotNullTest, EmptyTextAndNanAreValues) {
  EXPECT_THAT(FailingRows("notNull", {}, Texts({"", " ", "a"})), IsEmpty());
  EXPECT_THAT(FailingRows("notNull", {}, Fractions({"NaN", 1.5})), IsEmpty());
}

TEST(NotNullTest, OfSeveralFieldsEachMustBeSet) {
  const Table table({Named("a", Integers({1, kNull, 3, kNull})),
                     Named("b", Texts({"x", "y", kNull, kNull}))});
  EXPECT_THAT(FailingRows("notNull", {}, table), ElementsAre(1, 2, 3));
  EXPECT_EQ(Violation("notNull", {}, table), "are not all set");
}

TEST(NotNullTest, PassesAnEmptyContainer) {
  EXPECT_THAT(FailingRows("notNull", {}, Integers({})), IsEmpty());
}

TEST(NotNullTest, LooksOnlyAtFilteredRows) {
  const Table table({Named("a", Integers({kNull, kNull, kNull}))});
  EXPECT_THAT(FailingRows("notNull", {}, table, "a IS NOT NULL"), IsEmpty());
}

TEST(NotNullTest, SaysWhatFailingRowsDo) {
  EXPECT_EQ(Violation("notNull", {}, Integers({})), "has no value");
}

TEST(NotNullTest, RefusesPropertiesAndNoFields) {
  EXPECT_EQ(Refusal("notNull", {{"value", 1}}, Integers({})),
            "check notNull(field): properties: this rule has none, unknown key 'value'");
  EXPECT_EQ(Refusal({.rule = "notNull"}, Integers({})),
            "check notNull(): names at least one field");
}

}  // namespace
}  // namespace assay::rules::testing
