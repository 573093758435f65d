#include <gmock/gmock.h>

#include "tests/rules/failing_rows.h"

namespace assay::rules::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Json Comparing(const char* expression, const char* comparison, const char* ref_expression) {
  return {{"expression", expression},
          {"comparison", comparison},
          {"ref_container_name", "payments"},
          {"ref_expression", ref_expression}};
}

Table Against(Column column, Column paid) {
  return {{std::move(column)}, "payments", {Named("paid", std::move(paid))}};
}

std::optional<bool> Holds(const Json& properties, const Table& table,
                          const std::string& filter = "") {
  return RunWhole("aggregationComparison", properties, table, filter).holds;
}

TEST(AggregationComparisonTest, ComparesInEachOfTheFiveWays) {
  const auto holds = [](const char* comparison, int64_t value) {
    return Holds(Comparing("sum(field)", comparison, "sum(paid)"),
                 Against(Integers({1, value - 1}), Integers({4, 6})));
  };
  const std::vector<std::vector<bool>> expected = {{false, true, false},
                                                   {true, false, false},
                                                   {true, true, false},
                                                   {false, false, true},
                                                   {false, true, true}};
  const std::vector<const char*> comparisons = {"eq", "lt", "lte", "gt", "gte"};
  for (size_t i = 0; i < comparisons.size(); ++i) {
    SCOPED_TRACE(comparisons[i]);
    for (size_t value = 0; value < 3; ++value)
      EXPECT_EQ(holds(comparisons[i], static_cast<int64_t>(value) + 9), expected[i][value]);
  }
}

TEST(AggregationComparisonTest, NumbersCompareExactlyWhateverTheirTypes) {
  EXPECT_EQ(Holds(Comparing("sum(field)", "eq", "sum(paid)"),
                  Against(Integers({10}), Fractions({9.5, 0.5}))),
            true);
  EXPECT_EQ(Holds(Comparing("max(field)", "eq", "max(paid)"),
                  Against(Integers({9007199254740993}), Integers({9007199254740992}))),
            false);
  EXPECT_EQ(Holds(Comparing("max(field)", "eq", "max(paid)"),
                  Against(Texts({"a", "b"}), Texts({"b"}))),
            true);
  EXPECT_EQ(Holds(Comparing("max(field)", "lte", "max(paid)"),
                  Against(Dates({"2026-01-02"}), Timestamps({"2026-01-02 00:00:00"}))),
            true);
  EXPECT_EQ(Holds(Comparing("max(field)", "eq", "max(paid)"),
                  Against(Fractions({"NaN"}), Fractions({"NaN"}))),
            false);
}

TEST(AggregationComparisonTest, EachSideHasItsOwnFilter) {
  Json properties = Comparing("count(*)", "eq", "count(*)");
  const Table table = Against(Integers({1, 2, 3}), Integers({1, 2}));
  EXPECT_EQ(Holds(properties, table), false);
  EXPECT_EQ(Holds(properties, table, "field > 1"), true);
  properties["ref_filter"] = "paid = 2";
  EXPECT_EQ(Holds(properties, table, "field > 1"), false);
  EXPECT_EQ(Holds(properties, table, "field > 2"), true);
  properties["ref_filter"] = " ";
  EXPECT_EQ(Holds(properties, table, "field > 1"), true);
}

TEST(AggregationComparisonTest, CountsOfNothingCompareAndSumsOfNothingDoNot) {
  const Table empty = Against(Integers({}), Integers({}));
  EXPECT_EQ(Holds(Comparing("count(*)", "eq", "count(*)"), empty), true);
  EXPECT_EQ(Holds(Comparing("sum(field)", "eq", "sum(paid)"), empty), std::nullopt);
  EXPECT_EQ(Holds(Comparing("sum(field)", "eq", "sum(paid)"),
                  Against(Integers({1}), Integers({kNull}))),
            std::nullopt);
}

TEST(AggregationComparisonTest, SpeaksOfBothSides) {
  const auto compiled = Compile({.rule = "aggregationComparison",
                                 .properties = Comparing("sum(field) + 1", "lte", "sum(paid)")},
                                Against(Integers({}), Integers({})).Schema(), TestNow(), {},
                                ReferencesOf(Against(Integers({}), Integers({}))));
  ASSERT_TRUE(compiled) << compiled.error().message;
  EXPECT_EQ(compiled->wording.subject, "sum(field) + 1");
  EXPECT_EQ(compiled->violation, "is greater than sum(paid) of payments");
  EXPECT_EQ(compiled->reference_name, "payments");
  EXPECT_THAT(compiled->fields, ElementsAre("field"));
}

TEST(AggregationComparisonTest, RefusesBadProperties) {
  const Table table = Against(Integers({}), Integers({}));
  const auto refusal = [&](const Json& properties) {
    return Refusal("aggregationComparison", properties, table);
  };
  EXPECT_THAT(refusal(Comparing("sum(field)", "ne", "sum(paid)")),
              HasSubstr("comparison: must be eq, lt, lte, gt or gte, not 'ne'"));
  EXPECT_THAT(refusal(Comparing("field", "eq", "sum(paid)")), HasSubstr("expression: "));
  EXPECT_THAT(refusal(Comparing("sum(field)", "eq", "sum(pad)")),
              HasSubstr("ref_expression: "));
  EXPECT_THAT(refusal(Comparing("sum(field)", "eq", "max(CAST(paid AS string))")),
              HasSubstr("ref_expression: String cannot be compared with Integral"));
  Json filtered = Comparing("sum(field)", "eq", "sum(paid)");
  filtered["ref_filter"] = "field > 1";
  EXPECT_THAT(refusal(filtered), HasSubstr("ref_filter: "));
  Json unnamed = Comparing("sum(field)", "eq", "sum(paid)");
  unnamed.erase("ref_container_name");
  EXPECT_THAT(refusal(unnamed), HasSubstr("ref_container_id: is required"));
  EXPECT_THAT(Refusal("aggregationComparison", Comparing("sum(field)", "eq", "sum(paid)"),
                      Integers({})),
              HasSubstr("containers cannot be compared here"));
}

}  // namespace
}  // namespace assay::rules::testing
