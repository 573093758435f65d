#include "engine/duckdb/difference.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/duckdb/field_types.h"
#include "engine/duckdb/measured_checks.h"
#include "engine/duckdb/reference_copy.h"
#include "engine/duckdb/repeated_rows.h"
#include "engine/duckdb/value_json.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// A difference check in SQL, with the values of each side in the order identifiers, compared,
/// shown.
struct PrintedDifference {
  RowCopy here = {}, there = {};
  std::vector<std::string> names = {};
  size_t identifiers = 0, compared = 0;
};

Result<std::string> PrintCondition(const std::optional<plan::Expression>& filter,
                                   const plan::Schema& schema) {
  if (!filter) return std::string("true");
  ASSAY_TRY(const std::string printed, plan::dialects::DuckDb().Print(*filter, schema));
  return fmt::format("({}) IS TRUE", printed);
}

Result<PrintedDifference> PrintDifference(const plan::Check& check,
                                          const plan::DifferenceCheck& difference,
                                          const plan::Schema& here, const plan::Schema& there) {
  const plan::Dialect& dialect = plan::dialects::DuckDb();
  PrintedDifference printed{.identifiers = difference.identifiers.size(),
                            .compared = difference.compared.size()};
  printed.there.positions = RowCopy::Positions::kLeftOut;  // rows of a view have none
  ASSAY_TRY(printed.here.condition, PrintCondition(check.filter, here));
  ASSAY_TRY(printed.there.condition, PrintCondition(difference.reference_filter, there));
  std::vector<plan::DifferenceCheck::Value> values = difference.identifiers;
  values.insert(values.end(), difference.compared.begin(), difference.compared.end());
  for (const plan::DifferenceCheck::Value& value : values) {
    ASSAY_TRY(auto sides,
              dialect.PrintComparable(value.value, here, value.reference_value, there));
    printed.here.values.push_back(std::move(sides.a));
    printed.there.values.push_back(std::move(sides.b));
    printed.names.push_back(value.name);
  }
  for (const plan::DifferenceCheck::Shown& shown : difference.shown) {
    ASSAY_TRY(std::string value, dialect.Print(shown.value, here));
    printed.here.values.push_back(std::move(value));
    printed.there.values.emplace_back("NULL");
    if (shown.reference_value) {
      ASSAY_TRY(printed.there.values.back(), dialect.Print(*shown.reference_value, there));
    }
    printed.names.push_back(shown.name);
  }
  return printed;
}

/// "t.v0, t.v1"
std::string Columns(const std::string& table, size_t count) {
  std::string columns;
  for (size_t i = 0; i < count; ++i)
    columns += fmt::format("{}{}.v{}", i == 0 ? "" : ", ", table, i);
  return columns;
}

/// Null is the same as null.
std::string SameValues(const std::string& a, const std::string& b, size_t count) {
  std::string condition;
  for (size_t i = 0; i < count; ++i) {
    condition += fmt::format("{0}{1}.v{3} IS NOT DISTINCT FROM {2}.v{3}", i == 0 ? "" : " AND ",
                             a, b, i);
  }
  return condition;
}

/// The tables of one comparison, one made from the other.
class Comparison {
 public:
  Comparison(Session& session, const DatasetSchema& schema, const PrintedDifference& printed,
             const std::stop_token& stop)
      : session_(session),
        schema_(schema),
        printed_(printed),
        stop_(stop),
        here_(session, schema),
        unequal_(session, schema),
        left_here_(session, schema),
        left_there_(session, schema),
        pairs_(session, schema),
        differences_(session, schema) {}

  Status CopyHere(const Dataset& dataset, const std::vector<size_t>& files) {
    return CopyRowsAgain(here_, dataset, files, printed_.here, "its records", stop_);
  }

  Status CopyThere(const ReferencedDataset& reference) {
    ASSAY_TRY(database_, ScratchDatabase::Open(session_));
    ASSAY_TRY(there_, CopyReference(session_, reference, printed_.there, *database_, stop_));
    return {};
  }

  /// Lets equal records cancel out, of both sides one each.
  Status CancelEqual() {
    const size_t count = printed_.identifiers + printed_.compared;
    const std::string values = Columns("s", count);
    ASSAY_RETURN_IF_ERROR(Run(fmt::format(
        "CREATE TABLE {} AS SELECT {}, CAST(sum(side) AS BIGINT) AS surplus FROM (SELECT {}, 1 "
        "AS side FROM {} AS s UNION ALL SELECT {}, -1 AS side FROM {} AS s) AS s GROUP BY {} "
        "HAVING sum(side) <> 0",
        unequal_.name(), values, values, here_.name(), values, there_, values)));
    const auto keep_surplus = [&](const ScratchTable& table, const std::string& from,
                                  const std::string& surplus) {
      return Run(fmt::format(
          "CREATE TABLE {0} AS SELECT s.* FROM {1} AS s JOIN {2} AS u ON {3} WHERE {4} > 0 "
          "QUALIFY row_number() OVER (PARTITION BY {5} ORDER BY s.file_index DESC, "
          "s.row_number "
          "DESC) <= {4}",
          table.name(), from, unequal_.name(), SameValues("s", "u", count), surplus, values));
    };
    ASSAY_RETURN_IF_ERROR(keep_surplus(left_here_, here_.name(), "u.surplus"));
    ASSAY_RETURN_IF_ERROR(keep_surplus(
        left_there_,
        fmt::format("(SELECT 0 AS file_index, rowid AS row_number, * FROM {})", there_),
        "-u.surplus"));
    return {};
  }

  /// Pairs what is left over by identifiers.
  Status Pair() {
    std::string values;
    for (size_t i = 0; i < printed_.names.size(); ++i)
      values += fmt::format(", l.v{0} AS l{0}, r.v{0} AS r{0}", i);
    const auto numbered = [&](const ScratchTable& table) {
      return fmt::format(
          "(SELECT *, row_number() OVER (PARTITION BY {} ORDER BY file_index, row_number) AS "
          "occurrence FROM {} AS s)",
          Columns("s", printed_.identifiers), table.name());
    };
    ASSAY_RETURN_IF_ERROR(Run(fmt::format(
        "CREATE TABLE {} AS SELECT l.occurrence IS NOT NULL AS is_here, r.occurrence IS NOT "
        "NULL "
        "AS is_there, l.file_index, l.row_number, r.row_number AS there_number{} FROM {} AS l "
        "FULL OUTER JOIN {} AS r ON {} AND l.occurrence = r.occurrence",
        pairs_.name(), values, numbered(left_here_), numbered(left_there_),
        SameValues("l", "r", printed_.identifiers))));
    return {};
  }

  /// Leaves out the pairs that count as equal.
  Status KeepDifferent(const plan::DifferenceCheck& check) {
    std::string flags, any = "NOT is_here OR NOT is_there";
    for (size_t i = 0; i < printed_.compared; ++i) {
      ASSAY_TRY(const std::string flag,
                DiffersSql(check.compared[i], printed_.identifiers + i));
      flags += fmt::format(", {} AS d{}", flag, i);
      any += fmt::format(" OR d{}", i);
    }
    ASSAY_RETURN_IF_ERROR(
        Run(fmt::format("CREATE TABLE {} AS SELECT * FROM (SELECT *{} FROM {}) WHERE {}",
                        differences_.name(), flags, pairs_.name(), any)));
    return {};
  }

  Result<CheckOutcome> Report(int64_t max_differences) {
    ASSAY_TRY(const auto counts,
              Run(fmt::format("SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM {}), "
                              "count(*), count(*) FILTER (WHERE NOT is_here) FROM {}",
                              here_.name(), there_, differences_.name())));
    const auto count = [&](size_t column) {
      return counts->GetValue(column, 0).GetValue<int64_t>();
    };
    CheckOutcome outcome;
    outcome.total = {.asserted_rows = count(0) + count(3), .failing_rows = count(2)};
    DifferenceOutcome& difference = outcome.difference.emplace();
    difference.records = count(0);
    difference.reference_records = count(1);
    ASSAY_TRY(const auto rows,
              Run(fmt::format("SELECT * FROM {} ORDER BY file_index NULLS LAST, row_number, "
                              "there_number LIMIT {}",
                              differences_.name(), max_differences)));
    for (const auto& row : rows->Collection().Rows())
      difference.first.push_back(ToDifference(row));
    return outcome;
  }

 private:
  static constexpr size_t kFirstValue = 5;  // columns of pairs_ in front of l0, r0, l1, ...

  Result<QueryRows> Run(const std::string& sql) {
    return RunQuery(session_, schema_, sql, stop_);
  }

  /// Whether the values at `position` of a pair differ, in SQL over the columns of pairs_.
  Result<std::string> DiffersSql(const plan::DifferenceCheck::Compared& compared,
                                 size_t position) {
    std::string differs = fmt::format("(l{0} IS DISTINCT FROM r{0})", position);
    if (!compared.equal) return differs;
    ASSAY_TRY(const auto shape,
              Run(fmt::format("SELECT l{0}, r{0} FROM {1} LIMIT 0", position, pairs_.name())));
    plan::Schema schema;
    for (const auto& [name, column] :
         {std::pair(plan::DifferenceCheck::kValue, size_t{0}),
          std::pair(plan::DifferenceCheck::kReferenceValue, size_t{1})}) {
      schema.fields.push_back(
          FieldsOf(std::string(shape->names[column]), shape->types[column]).front());
      schema.fields.back().name = name;
    }
    ASSAY_TRY(const std::string equal, plan::dialects::DuckDb().Print(*compared.equal, schema));
    return fmt::format("({} AND NOT coalesce({}, false))", differs, equal);
  }

  template <class Row>
  RecordDifference ToDifference(const Row& row) const {
    RecordDifference difference;
    const bool is_here = row.GetValue(0).template GetValue<bool>();
    const bool is_there = row.GetValue(1).template GetValue<bool>();
    difference.status = !is_here    ? RecordDifference::Status::kAdded
                        : !is_there ? RecordDifference::Status::kRemoved
                                    : RecordDifference::Status::kChanged;
    if (is_here) {
      difference.file_index = row.GetValue(2).template GetValue<uint64_t>();
      difference.row_number = row.GetValue(3).template GetValue<int64_t>();
    }
    for (size_t i = 0; i < printed_.names.size(); ++i) {
      const Json left = ValueToJson(row.GetValue(kFirstValue + 2 * i), nullptr);
      const Json right = ValueToJson(row.GetValue(kFirstValue + 2 * i + 1), nullptr);
      difference.values.push_back({.name = printed_.names[i], .left = left, .right = right});
    }
    const size_t flags = kFirstValue + 2 * printed_.names.size();
    for (size_t i = 0; i < printed_.compared && is_here && is_there; ++i) {
      if (row.GetValue(flags + i).template GetValue<bool>())
        difference.differing_fields.push_back(printed_.names[printed_.identifiers + i]);
    }
    return difference;
  }

  Session& session_;
  const DatasetSchema& schema_;
  const PrintedDifference& printed_;
  const std::stop_token& stop_;
  std::unique_ptr<ScratchDatabase> database_;
  const ScratchTable here_;
  std::string there_;
  const ScratchTable unequal_;    // groups of equal records, of which a side has more
  const ScratchTable left_here_;  // the records that it has more
  const ScratchTable left_there_;
  const ScratchTable pairs_;
  const ScratchTable differences_;
};

}  // namespace

Result<CheckOutcome> FindDifferences(Session& session, const Dataset& dataset,
                                     const DatasetSchema& schema,
                                     const std::vector<size_t>& files, const plan::Check& check,
                                     const ScanOptions& options, const std::stop_token& stop) {
  const auto& difference = std::get<plan::DifferenceCheck>(check.form);
  const auto reference = options.references.find(difference.reference);
  if (reference == options.references.end())
    return Fail(ErrorKind::kUnsupported, "containers cannot be compared here");
  ASSAY_RETURN_IF_ERROR(RequireWhole(options, "whole containers are compared"));
  if (files.size() != dataset.files.size()) {
    return Fail(ErrorKind::kUnsupported,
                "whole containers are compared, and not all files could be read");
  }
  ASSAY_TRY(const PrintedDifference printed, PrintDifference(check, difference, schema.schema,
                                                             reference->second.schema->schema));
  Comparison comparison(session, schema, printed, stop);
  ASSAY_RETURN_IF_ERROR(comparison.CopyHere(dataset, files));
  ASSAY_RETURN_IF_ERROR(comparison.CopyThere(reference->second));
  ASSAY_RETURN_IF_ERROR(comparison.CancelEqual());
  ASSAY_RETURN_IF_ERROR(comparison.Pair());
  ASSAY_RETURN_IF_ERROR(comparison.KeepDifferent(difference));
  return comparison.Report(options.max_failing_rows_per_check);
}

}  // namespace assay::engine
