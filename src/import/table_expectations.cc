// Expectations about several columns, measures of a column, and the table.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "import/bounds.h"
#include "import/counterparts.h"
#include "import/expectations.h"
#include "import/sql_text.h"

namespace assay::imports::expectations {
namespace {

/// Pairs of columns are compared one with each other; more columns give too long a condition.
constexpr size_t kMaxColumnsWithinRecord = 8;

struct Pair {
  std::string a, b;
};

Result<Pair> ReadPair(Parameters& parameters) {
  ASSAY_TRY(std::string a, parameters.Text("column_A"));
  ASSAY_TRY(std::string b, parameters.Text("column_B"));
  return Pair{.a = std::move(a), .b = std::move(b)};
}

/// Rows with a missing value pass conditions of ours, as they do when a row is ignored for one.
void ReadIgnored(Parameters& parameters, Draft& draft, std::string_view what) {
  const Json* ignored = parameters.Find("ignore_row_if");
  if (ignored == nullptr || !ignored->is_string()) return;
  const auto when = ignored->get<std::string>();
  if (when == "never") {
    draft.Lose(fmt::format("ignore_row_if: never, but {} here", what));
  } else if (!when.starts_with("any") && !when.starts_with("either")) {
    draft.Note(fmt::format("ignore_row_if: {} here", what));
  }
}

constexpr std::string_view kNullPasses = "a row with a missing value passes";
constexpr std::string_view kNullLeftOut = "rows with any of the values missing are left out";

/// The columns of a list, quoted in the SQL of dbt or not.
Result<std::vector<std::string>> ReadColumns(Parameters& parameters) {
  ASSAY_TRY(const bool quote, parameters.Flag("quote_columns", false));
  static_cast<void>(quote);  // how the SQL is written
  return parameters.Texts("column_list");
}

/// dbt-expectations compares names in upper case unless told otherwise; names here are compared
/// as they are, or without case when that names one field.
void ReadTransform(Parameters& parameters, Draft& draft) {
  if (parameters.Find("transform") != nullptr) draft.Note("transform: ignored");
}

Result<Bounds> ReadExact(Parameters& parameters) {
  const Json* value = parameters.Find("value");
  if (value == nullptr || !value->is_number()) {
    return Fail(ErrorKind::kInvalidInput, "value: must be a number");
  }
  return Bounds{.min = *value, .max = *value};
}

/// `measure` holds {} for the column.
Status AddMeasure(Parameters& parameters, Draft& draft, const std::string& measure) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  AddMeasureWithin(draft, {column}, fmt::format(fmt::runtime(measure), SqlName(column)),
                   bounds);
  return {};
}

Status AddDistinctCount(Draft& draft, const Bounds& bounds) {
  ASSAY_TRY(const std::string column, draft.Column());
  AddExactMeasure(draft, "distinctCount", column,
                  fmt::format("count(DISTINCT {})", SqlName(column)), bounds);
  return {};
}

}  // namespace

Status PairGreater(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Pair pair, ReadPair(parameters));
  ASSAY_TRY(const bool or_equal, parameters.Flag("or_equal", false));
  ReadIgnored(parameters, draft, kNullPasses);
  draft.AddCondition(
      fmt::format("{} {} {}", SqlName(pair.a), or_equal ? ">=" : ">", SqlName(pair.b)));
  return {};
}

Status PairEqual(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Pair pair, ReadPair(parameters));
  ReadIgnored(parameters, draft, kNullPasses);
  draft.AddCondition(fmt::format("{} = {}", SqlName(pair.a), SqlName(pair.b)));
  return {};
}

Status PairInSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Pair pair, ReadPair(parameters));
  ReadIgnored(parameters, draft, kNullPasses);
  const Json* set = parameters.Find("value_pairs_set");
  if (set == nullptr || !set->is_array() || set->empty()) {
    return Fail(ErrorKind::kInvalidInput, "value_pairs_set: must be a list of pairs");
  }
  std::vector<std::string> conditions;
  for (const Json& values : *set) {
    if (!values.is_array() || values.size() != 2) {
      return Fail(ErrorKind::kInvalidInput, "value_pairs_set: must be a list of pairs");
    }
    conditions.push_back(fmt::format("{} = {} AND {} = {}", SqlName(pair.a),
                                     SqlLiteral(values[0]), SqlName(pair.b),
                                     SqlLiteral(values[1])));
  }
  draft.AddCondition(SqlJoin(conditions, "OR"));
  return {};
}

Status CompoundUnique(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, ReadColumns(parameters));
  ReadIgnored(parameters, draft, kNullLeftOut);
  AddUnique(draft, columns);
  return {};
}

Status UniqueWithinRecord(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, ReadColumns(parameters));
  ReadIgnored(parameters, draft, kNullPasses);
  if (columns.size() < 2 || columns.size() > kMaxColumnsWithinRecord) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("column_list: from 2 to {} columns can be taken over",
                            kMaxColumnsWithinRecord));
  }
  std::vector<std::string> conditions;
  for (size_t i = 0; i < columns.size(); ++i) {
    for (size_t j = i + 1; j < columns.size(); ++j) {
      conditions.push_back(fmt::format("{} <> {}", SqlName(columns[i]), SqlName(columns[j])));
    }
  }
  draft.AddCondition(SqlJoin(conditions, "AND"));
  return {};
}

Status RowSumEquals(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, ReadColumns(parameters));
  const Json* total = parameters.Find("sum_total");
  if (total == nullptr || !total->is_number()) {
    return Fail(ErrorKind::kInvalidInput, "sum_total: must be a number");
  }
  ReadIgnored(parameters, draft, kNullPasses);
  std::vector<std::string> names;
  for (const std::string& column : columns) names.push_back(SqlName(column));
  draft.AddCondition(fmt::format("{} = {}", fmt::join(names, " + "), SqlLiteral(*total)));
  return {};
}

Status MinBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  AddMinimumWithin(draft, column, bounds);
  return {};
}

Status MaxBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  AddMaximumWithin(draft, column, bounds);
  return {};
}

Status SumBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  AddExactMeasure(draft, "sum", column, fmt::format("sum({})", SqlName(column)), bounds);
  return {};
}

Status MeanBetween(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "avg({})");
}

Status MedianBetween(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "median({})");
}

Status StdevBetween(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "stddev({})");
}

Status UniqueShareBetween(Parameters& parameters, Draft& draft) {
  return AddMeasure(parameters, draft, "count(DISTINCT {0}) / count({0})");
}

/// One quantile with bounds (dbt), or lists of both.
Status QuantilesBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::optional<double> quantile, parameters.OptionalNumber("quantile"));
  if (quantile) {
    return AddMeasure(parameters, draft, fmt::format("percentile({{}}, {})", *quantile));
  }
  ASSAY_TRY(const std::string column, draft.Column());
  const Json* ranges = parameters.Find("quantile_ranges");
  Parameters lists(ranges == nullptr ? Json() : *ranges);
  const Json* quantiles = lists.Find("quantiles");
  const Json* values = lists.Find("value_ranges");
  const bool is_read = quantiles != nullptr && values != nullptr && quantiles->is_array() &&
                       values->is_array() && quantiles->size() == values->size() &&
                       !quantiles->empty();
  if (!is_read) return Fail(ErrorKind::kInvalidInput, "quantile_ranges: not understood");
  for (size_t i = 0; i < quantiles->size(); ++i) {
    const Json& range = (*values)[i];
    if (!(*quantiles)[i].is_number() || !range.is_array() || range.size() != 2) {
      return Fail(ErrorKind::kInvalidInput, "quantile_ranges: not understood");
    }
    AddMeasureWithin(draft, {column},
                     fmt::format("percentile({}, {})", SqlName(column), (*quantiles)[i].dump()),
                     {.min = range[0], .max = range[1]});
  }
  return {};
}

Status DistinctCountBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  return AddDistinctCount(draft, bounds);
}

Status DistinctCountEquals(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadExact(parameters));
  return AddDistinctCount(draft, bounds);
}

Status DistinctCountAbove(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadExact(parameters));
  return AddDistinctCount(draft, {.min = bounds.min, .includes_min = false});
}

Status DistinctCountBelow(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadExact(parameters));
  return AddDistinctCount(draft, {.max = bounds.max, .includes_max = false});
}

Status SumOfColumnsEquals(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, ReadColumns(parameters));
  const Json* total = parameters.Find("sum_total");
  if (total == nullptr || !total->is_number()) {
    return Fail(ErrorKind::kInvalidInput, "sum_total: must be a number");
  }
  std::vector<std::string> sums;
  for (const std::string& column : columns) {
    sums.push_back(fmt::format("sum({})", SqlName(column)));
  }
  AddMeasureWithin(draft, columns, fmt::format("{}", fmt::join(sums, " + ")),
                   {.min = *total, .max = *total});
  return {};
}

Status ColumnExists(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string column, draft.Column());
  ReadTransform(parameters, draft);
  AddFields(draft, {column}, OtherFields::kAllowed);
  return {};
}

Status ColumnsMatchList(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("column_list"));
  ReadTransform(parameters, draft);
  draft.Lose("the order of the columns has no counterpart");
  AddFields(draft, columns, OtherFields::kForbidden);
  return {};
}

Status ColumnsMatchSet(Parameters& parameters, Draft& draft) {
  const bool is_dbt = parameters.Find("column_list") != nullptr;
  ASSAY_TRY(const std::vector<std::string> columns,
            parameters.Texts(is_dbt ? "column_list" : "column_set"));
  ReadTransform(parameters, draft);
  ASSAY_TRY(const bool exact, parameters.Flag("exact_match", true));
  AddFields(draft, columns, exact ? OtherFields::kForbidden : OtherFields::kAllowed);
  return {};
}

Status ColumnsContainSet(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::vector<std::string> columns, parameters.Texts("column_list"));
  ReadTransform(parameters, draft);
  AddFields(draft, columns, OtherFields::kAllowed);
  return {};
}

Status ColumnCountEquals(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadExact(parameters));
  return AddFieldCountWithin(draft, bounds);
}

Status ColumnCountBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  return AddFieldCountWithin(draft, bounds);
}

Status RowCountEquals(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadExact(parameters));
  return AddRowCountWithin(draft, bounds);
}

Status RowCountBetween(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const Bounds bounds, ReadBounds(parameters));
  return AddRowCountWithin(draft, bounds);
}

Status RowCountEqualsOther(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string table, parameters.Text("other_table_name"));
  Json properties = Json::object();
  properties["expression"] = "count(*)";
  properties["comparison"] = "eq";
  properties["ref_container_name"] = table;
  properties["ref_expression"] = "count(*)";
  draft.Add("aggregationComparison", {}, std::move(properties));
  return {};
}

Status FailingRowsQuery(Parameters& parameters, Draft& draft) {
  ASSAY_TRY(const std::string query, parameters.Text("unexpected_rows_query"));
  ASSAY_TRY(const std::string condition, WhereOfQuery(query));
  AddFailCondition(draft, condition);
  return {};
}

}  // namespace assay::imports::expectations
