// dbt: its own generic tests, those of dbt_utils and those of dbt_expectations.

#include <array>

#include "import/dbt_tests.h"
#include "import/expectations.h"
#include "import/mapping.h"

namespace assay::imports {
namespace {

using namespace dbt;           // NOLINT: the table is nothing but these
using namespace expectations;  // NOLINT

constexpr std::string_view kNoMeasure = "no rule bounds this measure of a field";
constexpr std::string_view kComparison = "`aggregationComparison`";
constexpr std::string_view kNoTables = "two tables are not compared in this way";
constexpr std::string_view kLeast =
    "`minValue` and the like for the lower bound, `aggregateBetween` for the upper";
constexpr std::string_view kMost =
    "`maxValue` and the like for the upper bound, `aggregateBetween` for the lower";
constexpr std::string_view kNoOrder = "the order of rows is not looked at";
constexpr std::string_view kAge = "`aggregateBetween`: seconds since the newest value";
constexpr std::string_view kNoRanges = "no rule compares a row with the others";
constexpr std::string_view kNoStatistics = "values are not compared with their own deviation";

constexpr auto kTable = std::to_array<Mapping>({
    // dbt
    {"not_null", "`notNull`", NotNull},
    {"unique", "`unique`", Unique},
    {"accepted_values", "`expectedValues`", AcceptedValues},
    {"relationships", "`existsIn`", Relationships},
    {"source freshness", "`freshness`", SourceFreshness},
    // dbt_utils
    {"dbt_utils.accepted_range",
     "`between`, `minValue`, `maxValue`, `greaterThan`, `lessThan`; `satisfiesExpression` for "
     "bounds that are expressions",
     AcceptedRange},
    {"dbt_utils.expression_is_true", "`satisfiesExpression`", ExpressionIsTrue},
    {"dbt_utils.not_accepted_values", "`satisfiesExpression`: NOT IN", NotAcceptedValues},
    {"dbt_utils.not_empty_string", "`satisfiesExpression`: trim(a) <> ''", NotEmptyString},
    {"dbt_utils.not_null_proportion", "`notNull` with coverage", NotNullProportion},
    {"dbt_utils.relationships_where", "`existsIn` with a filter", RelationshipsWhere},
    {"dbt_utils.unique_combination_of_columns", "`unique`", UniqueCombination},
    {"dbt_utils.equality", "`dataDiff`, when compare_columns names the columns", Equality},
    {"dbt_utils.at_least_one", "`aggregateBetween`: count(a)", AtLeastOne},
    {"dbt_utils.not_constant", "`aggregateBetween`: count(DISTINCT a)", NotConstant},
    {"dbt_utils.cardinality_equality", kNoTables},
    {"dbt_utils.equal_rowcount", kComparison, EqualRowCount},
    {"dbt_utils.fewer_rows_than", kComparison, FewerRows},
    {"dbt_utils.mutually_exclusive_ranges", kNoRanges},
    {"dbt_utils.sequential_values", kNoOrder},
    {"dbt_utils.recency", kAge, Recency},
    // dbt_expectations: the table
    {"dbt_expectations.expect_column_to_exist", "`expectedSchema`", ColumnExists},
    {"dbt_expectations.expect_row_values_to_have_recent_data", kAge, Recency},
    {"dbt_expectations.expect_grouped_row_values_to_have_recent_data",
     "checks of groups are not taken over"},
    {"dbt_expectations.expect_table_aggregation_to_equal_other_table", kComparison,
     EqualAggregation},
    {"dbt_expectations.expect_table_column_count_to_be_between",
     "`fieldCount` for a single number", ColumnCountBetween},
    {"dbt_expectations.expect_table_column_count_to_equal", "`fieldCount`", ColumnCountEquals},
    {"dbt_expectations.expect_table_column_count_to_equal_other_table", kNoTables},
    {"dbt_expectations.expect_table_columns_to_contain_set", "`expectedSchema`",
     ColumnsContainSet},
    {"dbt_expectations.expect_table_columns_to_not_contain_set", "no rule forbids a field"},
    {"dbt_expectations.expect_table_columns_to_match_ordered_list",
     "`expectedSchema`, without the order", ColumnsMatchList},
    {"dbt_expectations.expect_table_columns_to_match_set", "`expectedSchema`", ColumnsMatchSet},
    {"dbt_expectations.expect_table_row_count_to_be_between",
     "`volumetric`; `aggregateBetween` with a where", RowCountBetween},
    {"dbt_expectations.expect_table_row_count_to_equal",
     "`volumetric`; `aggregateBetween` with a where", RowCountEquals},
    {"dbt_expectations.expect_table_row_count_to_equal_other_table", kComparison,
     EqualRowCount},
    {"dbt_expectations.expect_table_row_count_to_equal_other_table_times_factor", kComparison,
     RowCountTimesFactor},
    // dbt_expectations: values
    {"dbt_expectations.expect_column_values_to_not_be_null", "`notNull`", NotNull},
    {"dbt_expectations.expect_column_values_to_be_null", "`satisfiesExpression`: IS NULL",
     Null},
    {"dbt_expectations.expect_column_values_to_be_unique", "`unique`", Unique},
    {"dbt_expectations.expect_column_values_to_be_of_type",
     "`expectedSchema` with the field's type", OfType},
    {"dbt_expectations.expect_column_values_to_be_in_type_list",
     "`expectedSchema`, when all types of the list are one of ours", InTypeList},
    {"dbt_expectations.expect_column_values_to_have_consistent_casing",
     "no rule compares spellings"},
    {"dbt_expectations.expect_column_values_to_be_in_set", "`expectedValues`", InSet},
    {"dbt_expectations.expect_column_values_to_not_be_in_set", "`satisfiesExpression`: NOT IN",
     NotInSet},
    {"dbt_expectations.expect_column_values_to_be_between",
     "`between`, `betweenTimes`, `minValue`, `maxValue`, `greaterThan`, `lessThan`, "
     "`afterDateTime`, `beforeDateTime` or `satisfiesExpression`, by its bounds",
     Between},
    {"dbt_expectations.expect_column_values_to_be_decreasing", kNoOrder},
    {"dbt_expectations.expect_column_values_to_be_increasing", kNoOrder},
    {"dbt_expectations.expect_column_value_lengths_to_be_between",
     "`minLength` and `maxLength`", LengthsBetween},
    {"dbt_expectations.expect_column_value_lengths_to_equal", "`minLength` and `maxLength`",
     LengthsEqual},
    {"dbt_expectations.expect_column_values_to_match_regex", "`matchesPattern`", MatchesRegex},
    {"dbt_expectations.expect_column_values_to_not_match_regex",
     "`satisfiesExpression`: NOT RLIKE", NotMatchesRegex},
    {"dbt_expectations.expect_column_values_to_match_regex_list",
     "`matchesPattern` for one pattern, `satisfiesExpression` for more", MatchesRegexList},
    {"dbt_expectations.expect_column_values_to_not_match_regex_list",
     "`satisfiesExpression`: NOT RLIKE", NotMatchesRegexList},
    {"dbt_expectations.expect_column_values_to_match_like_pattern",
     "`satisfiesExpression`: LIKE", MatchesLike},
    {"dbt_expectations.expect_column_values_to_not_match_like_pattern",
     "`satisfiesExpression`: NOT LIKE", NotMatchesLike},
    {"dbt_expectations.expect_column_values_to_match_like_pattern_list",
     "`satisfiesExpression`: LIKE", MatchesLikeList},
    {"dbt_expectations.expect_column_values_to_not_match_like_pattern_list",
     "`satisfiesExpression`: NOT LIKE", NotMatchesLikeList},
    // dbt_expectations: distinct values and measures
    {"dbt_expectations.expect_column_distinct_count_to_equal", "`distinctCount`",
     DistinctCountEquals},
    {"dbt_expectations.expect_column_distinct_count_to_be_greater_than", "`aggregateBetween`",
     DistinctCountAbove},
    {"dbt_expectations.expect_column_distinct_count_to_be_less_than", "`aggregateBetween`",
     DistinctCountBelow},
    {"dbt_expectations.expect_column_distinct_count_to_equal_other_table", kNoTables},
    {"dbt_expectations.expect_column_distinct_values_to_be_in_set", "`expectedValues`", InSet},
    {"dbt_expectations.expect_column_distinct_values_to_contain_set", "`requiredValues`",
     ContainsSet},
    {"dbt_expectations.expect_column_distinct_values_to_equal_set",
     "`expectedValues` and `requiredValues`", EqualsSet},
    {"dbt_expectations.expect_column_unique_value_count_to_be_between",
     "`distinctCount` for a single number, else `aggregateBetween`", DistinctCountBetween},
    {"dbt_expectations.expect_column_proportion_of_unique_values_to_be_between",
     "`aggregateBetween`", UniqueShareBetween},
    {"dbt_expectations.expect_column_min_to_be_between", kLeast, MinBetween},
    {"dbt_expectations.expect_column_max_to_be_between", kMost, MaxBetween},
    {"dbt_expectations.expect_column_sum_to_be_between",
     "`sum` for a single number, else `aggregateBetween`", SumBetween},
    {"dbt_expectations.expect_column_mean_to_be_between", "`aggregateBetween`", MeanBetween},
    {"dbt_expectations.expect_column_median_to_be_between", "`aggregateBetween`",
     MedianBetween},
    {"dbt_expectations.expect_column_stdev_to_be_between", "`aggregateBetween`", StdevBetween},
    {"dbt_expectations.expect_column_quantile_values_to_be_between", "`aggregateBetween`",
     QuantilesBetween},
    {"dbt_expectations.expect_column_most_common_value_to_be_in_set", kNoMeasure},
    {"dbt_expectations.expect_column_values_to_be_within_n_stdevs", kNoStatistics},
    {"dbt_expectations.expect_column_values_to_be_within_n_moving_stdevs", kNoStatistics},
    {"dbt_expectations.expect_row_values_to_have_data_for_every_n_datepart",
     "no rule looks for gaps in time"},
    // dbt_expectations: several columns
    {"dbt_expectations.expect_column_pair_values_A_to_be_greater_than_B",
     "`satisfiesExpression`: a > b", PairGreater},
    {"dbt_expectations.expect_column_pair_values_to_be_equal", "`satisfiesExpression`: a = b",
     PairEqual},
    {"dbt_expectations.expect_column_pair_values_to_be_in_set",
     "`satisfiesExpression`: a = x AND b = y OR ...", PairInSet},
    {"dbt_expectations.expect_select_column_values_to_be_unique_within_record",
     "`satisfiesExpression`: a <> b AND ...", UniqueWithinRecord},
    {"dbt_expectations.expect_compound_columns_to_be_unique", "`unique`", CompoundUnique},
    {"dbt_expectations.expect_multicolumn_sum_to_equal",
     "`aggregateBetween`: sum(a) + sum(b), over all rows", SumOfColumnsEquals},
    {"dbt_expectations.expression_is_true", "`satisfiesExpression`", ExpressionTest},
    {"dbt_expectations.expression_between", "`satisfiesExpression`", ExpressionBetween},
    {"dbt_expectations.equal_expression", kNoTables},
});

}  // namespace

std::span<const Mapping> DbtTable() {
  return kTable;
}

}  // namespace assay::imports
