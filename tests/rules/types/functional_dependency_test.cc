#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Table Places() {
  return Table({Named("zip", Texts({"1", "2", "2", "1", "2", kNull, kNull})),
                Named("city", Texts({"A", "B", "C", "A", kNull, "A", "B"}))});
}

TEST(FunctionalDependencyTest, FailsAllRowsOfKeysWithSeveralValues) {
  EXPECT_THAT(FailingRows("functionalDependency", {{"determinants", {"zip"}}}, Places()),
              ElementsAre(1, 2));
  EXPECT_THAT(FailingRows("functionalDependency", {{"determinants", {"city"}}}, Places()),
              IsEmpty());
}

TEST(FunctionalDependencyTest, TheMinorityAloneFailsWhenAskedFor) {
  const Table table({Named("zip", Texts({"1", "1", "1", "2", "2", "3", "1", "2", kNull})),
                     Named("city", Texts({"A", "B", "A", "C", "D", "E", "A", kNull, "A"}))});
  EXPECT_THAT(FailingRows("functionalDependency",
                          {{"determinants", {"zip"}}, {"failing", "minority"}}, table),
              ElementsAre(1, 3, 4));
  EXPECT_THAT(FailingRows("functionalDependency",
                          {{"determinants", {"zip"}}, {"failing", "all"}}, table),
              ElementsAre(0, 1, 2, 3, 4, 6));
  EXPECT_THAT(
      Refusal("functionalDependency", {{"determinants", {"zip"}}, {"failing", "some"}}, table),
      HasSubstr("failing: must be all or minority, not 'some'"));
}

TEST(FunctionalDependencyTest, RowsWithNullsAreNotAsserted) {
  const Result<Outcome> outcome = RunCheck({.rule = "functionalDependency",
                                            .fields = {"zip", "city"},
                                            .properties = {{"determinants", {"zip"}}}},
                                           Places());
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->asserted_rows, 4);
}

TEST(FunctionalDependencyTest, TakesSeveralFieldsOnBothSides) {
  const Table table(
      {Named("a", Integers({1, 1, 2, 2})), Named("b", Integers({1, 1, 1, 1})),
       Named("c", Texts({"x", "x", "x", "x"})),
       Named("d", Dates({"2026-01-01", "2026-01-01", "2026-01-01", "2026-01-02"}))});
  const Json properties = {{"determinants", {"a", "b"}}};
  EXPECT_THAT(FailingRows("functionalDependency", properties, table), ElementsAre(2, 3));
  EXPECT_EQ(Violation("functionalDependency", properties, table),
            "do not keep to a, b -> c, d");
}

TEST(FunctionalDependencyTest, LooksOnlyAtFilteredRows) {
  EXPECT_THAT(
      FailingRows("functionalDependency", {{"determinants", {"zip"}}}, Places(), "city <> 'C'"),
      IsEmpty());
}

TEST(FunctionalDependencyTest, PassesAnEmptyContainer) {
  const Table table({Named("a", Integers({})), Named("b", Integers({}))});
  EXPECT_THAT(FailingRows("functionalDependency", {{"determinants", {"a"}}}, table), IsEmpty());
}

TEST(FunctionalDependencyTest, RefusesBadDeterminants) {
  const auto refusal = [](const Json& determinants) {
    return Refusal("functionalDependency", {{"determinants", determinants}}, Places());
  };
  EXPECT_THAT(refusal(Json::array()), HasSubstr("determinants: must name at least one field"));
  EXPECT_THAT(refusal({"zip", "city"}), HasSubstr("must be left to be determined"));
  EXPECT_THAT(refusal({"zap"}), HasSubstr("determinants: not a field of the check: 'zap'"));
}

}  // namespace
}  // namespace assay::rules::testing
