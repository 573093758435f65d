// Great Expectations: its core expectations of 0.18 and 1.x.

#include <array>

#include "import/expectations.h"
#include "import/mapping.h"

namespace assay::imports {
namespace {

using namespace expectations;  // NOLINT: the table is nothing but these

constexpr std::string_view kNoDistribution = "distributions are not compared";
constexpr std::string_view kNoMeasure = "no rule bounds this measure of a field";
constexpr std::string_view kLeast =
    "`minValue` and the like for the lower bound, `aggregateBetween` for the upper";
constexpr std::string_view kMost =
    "`maxValue` and the like for the upper bound, `aggregateBetween` for the lower";
constexpr std::string_view kNoOrder = "the order of rows is not looked at";

constexpr auto kTable = std::to_array<Mapping>({
    // Values of a column
    {"expect_column_values_to_not_be_null", "`notNull`", NotNull},
    {"expect_column_values_to_be_null", "`satisfiesExpression`: IS NULL", Null},
    {"expect_column_values_to_be_unique", "`unique`", Unique},
    {"expect_column_values_to_be_between",
     "`between`, `betweenTimes`, `minValue`, `maxValue`, `greaterThan`, `lessThan`, "
     "`afterDateTime`, `beforeDateTime` or `satisfiesExpression`, by its bounds",
     Between},
    {"expect_column_values_to_be_in_set", "`expectedValues`", InSet},
    {"expect_column_values_to_not_be_in_set", "`satisfiesExpression`: NOT IN", NotInSet},
    {"expect_column_values_to_be_of_type", "`expectedSchema` with the field's type", OfType},
    {"expect_column_values_to_be_in_type_list",
     "`expectedSchema`, when all types of the list are one of ours", InTypeList},
    {"expect_column_value_lengths_to_be_between",
     "`minLength` and `maxLength`; `satisfiesExpression` with mostly", LengthsBetween},
    {"expect_column_value_lengths_to_equal",
     "`minLength` and `maxLength`; `satisfiesExpression` with mostly", LengthsEqual},
    {"expect_column_values_to_match_regex", "`matchesPattern`", MatchesRegex},
    {"expect_column_values_to_not_match_regex", "`satisfiesExpression`: NOT RLIKE",
     NotMatchesRegex},
    {"expect_column_values_to_match_regex_list",
     "`matchesPattern` for one pattern, `satisfiesExpression` for more", MatchesRegexList},
    {"expect_column_values_to_not_match_regex_list", "`satisfiesExpression`: NOT RLIKE",
     NotMatchesRegexList},
    {"expect_column_values_to_match_like_pattern", "`satisfiesExpression`: LIKE", MatchesLike},
    {"expect_column_values_to_not_match_like_pattern", "`satisfiesExpression`: NOT LIKE",
     NotMatchesLike},
    {"expect_column_values_to_match_like_pattern_list", "`satisfiesExpression`: LIKE",
     MatchesLikeList},
    {"expect_column_values_to_not_match_like_pattern_list", "`satisfiesExpression`: NOT LIKE",
     NotMatchesLikeList},
    {"expect_column_values_to_match_strftime_format", "`satisfiesExpression`: to_timestamp",
     MatchesStrftime},
    {"expect_column_values_to_be_dateutil_parseable", "`isType` Timestamp", IsDate},
    {"expect_column_values_to_be_json_parseable", "`matchesFormat` json", IsJson},
    {"expect_column_values_to_match_json_schema", "no rule checks a JSON schema"},
    {"expect_column_values_to_be_increasing", kNoOrder},
    {"expect_column_values_to_be_decreasing", kNoOrder},
    {"expect_column_value_z_scores_to_be_less_than", kNoDistribution},
    // Distinct values and measures
    {"expect_column_distinct_values_to_be_in_set", "`expectedValues`", InSet},
    {"expect_column_distinct_values_to_contain_set", "`requiredValues`", ContainsSet},
    {"expect_column_distinct_values_to_equal_set", "`expectedValues` and `requiredValues`",
     EqualsSet},
    {"expect_column_unique_value_count_to_be_between",
     "`distinctCount` for a single number, else `aggregateBetween`", DistinctCountBetween},
    {"expect_column_proportion_of_unique_values_to_be_between", "`aggregateBetween`",
     UniqueShareBetween},
    {"expect_column_min_to_be_between", kLeast, MinBetween},
    {"expect_column_max_to_be_between", kMost, MaxBetween},
    {"expect_column_sum_to_be_between", "`sum` for a single number, else `aggregateBetween`",
     SumBetween},
    {"expect_column_mean_to_be_between", "`aggregateBetween`", MeanBetween},
    {"expect_column_median_to_be_between", "`aggregateBetween`", MedianBetween},
    {"expect_column_stdev_to_be_between", "`aggregateBetween`", StdevBetween},
    {"expect_column_quantile_values_to_be_between", "`aggregateBetween`", QuantilesBetween},
    {"expect_column_most_common_value_to_be_in_set", kNoMeasure},
    {"expect_column_kl_divergence_to_be_less_than", kNoDistribution},
    {"expect_column_bootstrapped_ks_test_p_value_to_be_greater_than", kNoDistribution},
    {"expect_column_chisquare_test_p_value_to_be_greater_than", kNoDistribution},
    {"expect_column_parameterized_distribution_ks_test_p_value_to_be_greater_than",
     kNoDistribution},
    {"expect_column_pair_cramers_phi_value_to_be_less_than", kNoDistribution},
    // Several columns
    {"expect_column_pair_values_a_to_be_greater_than_b", "`satisfiesExpression`: a > b",
     PairGreater},
    {"expect_column_pair_values_to_be_equal", "`satisfiesExpression`: a = b", PairEqual},
    {"expect_column_pair_values_to_be_in_set", "`satisfiesExpression`: a = x AND b = y OR ...",
     PairInSet},
    {"expect_compound_columns_to_be_unique", "`unique`", CompoundUnique},
    {"expect_multicolumn_values_to_be_unique", "`satisfiesExpression`: a <> b AND ...",
     UniqueWithinRecord},
    {"expect_select_column_values_to_be_unique_within_record",
     "`satisfiesExpression`: a <> b AND ...", UniqueWithinRecord},
    {"expect_multicolumn_sum_to_equal", "`satisfiesExpression`: a + b = total", RowSumEquals},
    // The table
    {"expect_column_to_exist", "`expectedSchema`", ColumnExists},
    {"expect_table_columns_to_match_ordered_list", "`expectedSchema`, without the order",
     ColumnsMatchList},
    {"expect_table_columns_to_match_set", "`expectedSchema`", ColumnsMatchSet},
    {"expect_table_column_count_to_equal", "`fieldCount`", ColumnCountEquals},
    {"expect_table_column_count_to_be_between", "`fieldCount` for a single number",
     ColumnCountBetween},
    {"expect_table_row_count_to_equal", "`volumetric`; `aggregateBetween` with a row_condition",
     RowCountEquals},
    {"expect_table_row_count_to_be_between",
     "`volumetric`; `aggregateBetween` with a row_condition", RowCountBetween},
    {"expect_table_row_count_to_equal_other_table", "`aggregationComparison`",
     RowCountEqualsOther},
    {"unexpected_rows_expectation",
     "`satisfiesExpression`: NOT, when the query is SELECT ... FROM one WHERE condition",
     FailingRowsQuery},
});

}  // namespace

std::span<const Mapping> GreatExpectationsTable() {
  return kTable;
}

}  // namespace assay::imports
