// DQDL: all its rule types.

#include <array>

#include "import/dqdl_rules.h"
#include "import/mapping.h"

namespace assay::imports {
namespace {

using namespace dqdl;  // NOLINT: the table is nothing but these

constexpr std::string_view kNoMeasure = "no rule bounds this measure of a field";
constexpr std::string_view kNoFiles = "no rule looks at files in this way";
constexpr std::string_view kNoTables = "two datasets are not compared by their measures";

constexpr auto kTable = std::to_array<Mapping>({
    {"IsComplete", "`notNull`", IsComplete},
    {"Completeness", "`notNull` with coverage", Completeness},
    {"IsUnique", "`unique`", IsUnique},
    {"Uniqueness", "`unique` with coverage", Uniqueness},
    {"UniqueValueRatio", "`unique` for a ratio of 1", UniqueValueRatio},
    {"IsPrimaryKey", "`unique` and `notNull`", IsPrimaryKey},
    {"ColumnValues",
     "`expectedValues`, `between`, `betweenTimes`, `minValue`, `maxValue`, `greaterThan`, "
     "`lessThan`, `afterDateTime`, `beforeDateTime`, `matchesPattern` or "
     "`satisfiesExpression`, "
     "by its condition; and `notNull`, because missing values fail there (but for != and not "
     "in)",
     ColumnValues},
    {"ColumnLength",
     "`minLength` and `maxLength`, and `notNull` when empty values fail; `satisfiesExpression` "
     "for lists",
     ColumnLength},
    {"ColumnDataType", "`isType`", ColumnDataType},
    {"ColumnExists", "`expectedSchema`", ColumnExists},
    {"ColumnCount", "`fieldCount` for a single number", ColumnCount},
    {"RowCount", "`volumetric`; `aggregateBetween` with a where", RowCount},
    {"Sum", "`sum` for a single number, else `aggregateBetween`", Sum},
    {"DistinctValuesCount", "`distinctCount` for a single number, else `aggregateBetween`",
     DistinctValuesCount},
    {"DataFreshness", "`satisfiesExpression`: a >= current_timestamp - INTERVAL ...",
     DataFreshness},
    {"ReferentialIntegrity", "`existsIn`, of one column", ReferentialIntegrity},
    {"DatasetMatch", "`dataDiff`, when the columns are named and all rows must match",
     DatasetMatch},
    {"CustomSql",
     "`satisfiesExpression`, when the query is SELECT ... FROM one WHERE condition: of the "
     "rows "
     "that pass, or of a count(*) that must be 0; `aggregateBetween` for another count",
     CustomSql},
    {"Mean", "`aggregateBetween`", Mean},
    {"StandardDeviation", "`aggregateBetween`", StandardDeviation},
    {"Variance", "`aggregateBetween`", Variance},
    {"Entropy", kNoMeasure},
    {"ColumnCorrelation", kNoMeasure},
    {"ColumnNamesMatchPattern", "no rule looks at the names of fields by a pattern"},
    {"RowCountMatch", kNoTables},
    {"SchemaMatch", kNoTables},
    {"AggregateMatch", kNoTables},
    {"DetectAnomalies", "no rule learns from earlier runs in this way"},
    {"FileFreshness", kNoFiles},
    {"FileMatch", kNoFiles},
    {"FileSize", kNoFiles},
    {"FileUniqueness", kNoFiles},
    {"AllStatistics", "it is an analyzer and asserts nothing"},
});

}  // namespace

std::span<const Mapping> DqdlTable() {
  return kTable;
}

}  // namespace assay::imports
