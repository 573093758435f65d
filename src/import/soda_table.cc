// Soda: metrics and checks of SodaCL, and check types of data contracts.

#include <array>

#include "import/mapping.h"
#include "import/soda_checks.h"

namespace assay::imports {
namespace {

using namespace soda;  // NOLINT: the table is nothing but these

constexpr std::string_view kNoHistory = "no rule learns from earlier scans in this way";
constexpr std::string_view kAge = "`aggregateBetween`: seconds since the newest value";
constexpr std::string_view kValidity =
    "`expectedValues`, `between`, `minValue`, `maxValue`, `minLength`, `maxLength`, "
    "`matchesPattern`, `matchesFormat`, `isCreditCard`, `existsIn` or `satisfiesExpression`, "
    "by "
    "its keys; `aggregateBetween` when a number of rows may be invalid";

constexpr auto kTable = std::to_array<Mapping>({
    // SodaCL
    {"row_count", "`volumetric`; `aggregateBetween` with a filter", RowCount},
    {"missing_count",
     "`notNull`, or `satisfiesExpression` with missing values; `aggregateBetween` when some "
     "may "
     "be missing",
     Missing},
    {"missing_percent", "as missing_count, with coverage", MissingPercent},
    {"invalid_count", kValidity, Invalid},
    {"invalid_percent", "as invalid_count, with coverage", InvalidPercent},
    {"duplicate_count", "`unique`, for a threshold of 0", Duplicate},
    {"duplicate_percent", "`unique`, for a threshold of 0", Duplicate},
    {"min", "`minValue` or `greaterThan` for the lower bound, `aggregateBetween` for the upper",
     Min},
    {"max", "`maxValue` or `lessThan` for the upper bound, `aggregateBetween` for the lower",
     Max},
    {"min_length", "`aggregateBetween`", MinLength},
    {"max_length", "`aggregateBetween`", MaxLength},
    {"sum", "`sum` for a single number, else `aggregateBetween`", Sum},
    {"avg", "`aggregateBetween`", Average},
    {"avg_length", "`aggregateBetween`", AverageLength},
    {"percentile", "`aggregateBetween`", Percentile},
    {"stddev", "`aggregateBetween`", Deviation},
    {"stddev_pop", "`aggregateBetween`", PopulationDeviation},
    {"stddev_samp", "`aggregateBetween`", Deviation},
    {"variance", "`aggregateBetween`", Variance},
    {"var_pop", "`aggregateBetween`", PopulationVariance},
    {"var_samp", "`aggregateBetween`", Variance},
    {"freshness", kAge, Freshness},
    {"schema", "`expectedSchema` for required columns and types", Schema},
    {"failed rows",
     "`satisfiesExpression`: NOT, of a condition or SELECT ... FROM one WHERE condition",
     FailedRows},
    {"values in", "`existsIn` or `notExistsIn`, of one column", Reference},
    {"row_count same as", "numbers of rows of two tables are not compared"},
    {"change", kNoHistory},
    {"anomaly detection", kNoHistory},
    {"anomaly score", kNoHistory},
    {"distribution_difference", "distributions are not compared"},
    {"group by", "checks of groups are not taken over"},
    {"group evolution", "checks of groups are not taken over"},
    {"reconciliation", "two data sources are not compared by their metrics"},
    {"user-defined metric", "a metric in SQL is not taken over"},
    // Data contracts; `schema` of a contract is about its columns
    {"missing", "`notNull`, or `satisfiesExpression` with missing values", Missing},
    {"invalid", kValidity, Invalid},
    {"duplicate", "`unique`", Duplicate},
    {"aggregate", "as min, max, sum, avg, ... above", Aggregate},
    {"failed_rows", "as failed rows above", FailedRows},
    {"contract schema", "`expectedSchema`", ContractSchema},
    {"metric", "a metric in SQL is not taken over"},
    {"metric_expression", "a metric in SQL is not taken over"},
    {"metric_query", "a metric in SQL is not taken over"},
    {"no_missing_values", "`notNull`", NoMissing},
    {"no_invalid_values", kValidity, NoInvalid},
    {"no_duplicate_values", "`unique`", NoDuplicates},
    {"rows_exist", "`volumetric`; `aggregateBetween` with a filter", RowsExist},
    {"multi_column_duplicates", "`unique`", Duplicate},
    {"no_multi_column_duplicates", "`unique`", NoDuplicates},
    {"freshness_in_days", kAge, FreshnessInDays},
    {"freshness_in_hours", kAge, FreshnessInHours},
    {"freshness_in_minutes", kAge, FreshnessInMinutes},
});

}  // namespace

std::span<const Mapping> SodaTable() {
  return kTable;
}

}  // namespace assay::imports
