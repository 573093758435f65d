#include "engine/duckdb/query_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/duckdb/file_version.h"
#include "engine/duckdb/reference_copy.h"
#include "engine/duckdb/statement_check.h"
#include "engine/duckdb/value_json.h"
#include "engine/query_statement.h"
#include "engine/reader_sql.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// Above so many files one statement over all of them takes longer to plan than a copy.
constexpr size_t kMostFilesInPlace = 200;

/// A field as the statement sees it.
struct ShownField {
  std::string name;
  std::string sql;  // over the columns that the dataset's readers yield
};

/// Fields at the top level, in their types; nested columns as they are.
std::vector<ShownField> FieldsShown(const DatasetSchema& schema) {
  const std::vector<plan::Field>& fields = schema.schema.fields;
  std::vector<ShownField> shown;
  for (const StoredColumn& column : schema.columns) {
    // Columns that the user left out have no fields.
    const auto part = std::ranges::find_if(fields, [&](const plan::Field& field) {
      return !field.path.empty() && field.path.front() == column.name;
    });
    if (part != fields.end() && part->path.size() > 1)
      shown.push_back({column.name, QuoteName(column.name)});
  }
  for (const plan::Field& field : fields) {
    if (field.path.size() > 1) continue;
    // One that cannot be read has no name to be asked for by.
    if (auto sql = plan::dialects::DuckDb().PrintField(field))
      shown.push_back({field.name, *std::move(sql)});
  }
  return shown;
}

RowCopy CopyOf(const std::vector<ShownField>& fields) {
  RowCopy copy{.positions = RowCopy::Positions::kLeftOut};
  for (const ShownField& field : fields) copy.values.push_back(field.sql);
  return copy;
}

/// "SELECT ... FROM <rows>" with the names that the statement knows.
std::string SelectShown(const std::vector<ShownField>& fields, const std::string& rows) {
  std::string columns;
  for (const ShownField& field : fields) {
    columns += fmt::format("{}{} AS {}", columns.empty() ? "" : ", ", field.sql,
                           QuoteName(field.name));
  }
  return fmt::format("SELECT {} FROM {}", columns, rows);
}

/// The same of a copy.
std::string SelectCopied(std::vector<ShownField> fields, const std::string& table) {
  for (size_t i = 0; i < fields.size(); ++i) fields[i].sql = fmt::format("v{}", i);
  return SelectShown(fields, table);
}

/// The names that a statement may read from.
std::set<std::string> TablesOf(const plan::QueryCheck& check) {
  std::set<std::string> names = {plan::QueryCheck::kContainer};
  for (const auto& [name, key] : check.references) names.insert(name);
  return names;
}

/// One statement with its tables.
class BoundStatement {
 public:
  BoundStatement(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                 const std::vector<size_t>& files, const std::stop_token& stop)
      : session_(session),
        dataset_(dataset),
        schema_(schema),
        files_(files),
        stop_(stop),
        copy_(session, schema),
        returned_(session, schema) {}

  /// Whether it can be bound, without reading anything.
  Status TryToBind(const plan::QueryCheck& check, const std::string& statement,
                   const std::map<std::string, ReferencedDataset>& references) {
    tables_.clear();
    Define(plan::QueryCheck::kContainer,
           SelectShown(FieldsShown(schema_), ShapeSql(dataset_, schema_)));
    for (const auto& [name, key] : check.references) {
      const ReferencedDataset& reference = references.at(key);
      Define(name, SelectShown(FieldsShown(*reference.schema),
                               ShapeSql(*reference.dataset, *reference.schema)));
    }
    ASSAY_RETURN_IF_ERROR(DescribeQuery(session_, Wrapped(statement)));
    tables_.clear();
    return {};
  }

  Status DefineContainer() {
    const std::vector<ShownField> fields = FieldsShown(schema_);
    if (files_.size() > kMostFilesInPlace) {
      ASSAY_RETURN_IF_ERROR(
          CopyRowsAgain(copy_, dataset_, files_, CopyOf(fields), "its records", stop_));
      Define(plan::QueryCheck::kContainer, SelectCopied(fields, copy_.name()));
      return {};
    }
    std::string rows;
    for (const size_t file : files_) {
      rows +=
          fmt::format("{}{}", rows.empty() ? "" : " UNION ALL ",
                      SelectShown(fields, FileSql(dataset_, schema_, file, RowNumbers::kNo)));
    }
    Define(plan::QueryCheck::kContainer, rows);
    return {};
  }

  Status DefineReference(const std::string& name, const ReferencedDataset& reference) {
    const std::vector<ShownField> fields = FieldsShown(*reference.schema);
    ASSAY_TRY(databases_.emplace_back(), ScratchDatabase::Open(session_));
    ASSAY_TRY(const std::string table,
              CopyReference(session_, reference, CopyOf(fields), *databases_.back(), stop_));
    Define(name, SelectCopied(fields, table));
    return {};
  }

  /// Keeps the rows that the statement yields.
  Status Run(const std::string& statement) {
    return InListedVersion([&]() -> Status {
      ASSAY_RETURN_IF_ERROR(RunQuery(
          session_, schema_,
          fmt::format("CREATE TABLE {} AS {}", returned_.name(), Wrapped(statement)), stop_));
      return {};
    });
  }

  Result<CheckOutcome> Report(int64_t row_count, int64_t max_rows) {
    CheckOutcome outcome;
    ASSAY_TRY(const auto count,
              RunQuery(session_, schema_, "SELECT count(*) FROM " + returned_.name(), stop_));
    outcome.total = {.asserted_rows = row_count,
                     .failing_rows = count->GetValue(0, 0).GetValue<int64_t>()};
    outcome.assertion = outcome.total.failing_rows == 0 ? CheckOutcome::Assertion::kPassed
                                                        : CheckOutcome::Assertion::kFailed;
    ASSAY_TRY(
        const auto rows,
        RunQuery(session_, schema_,
                 fmt::format("SELECT * FROM {} LIMIT {}", returned_.name(), max_rows), stop_));
    QueryOutcome& query = outcome.query.emplace();
    for (const auto& row : rows->Collection().Rows()) {
      Json record = Json::object();
      for (size_t column = 0; column < rows->names.size(); ++column)
        record[std::string(rows->names[column])] = ValueToJson(row.GetValue(column), nullptr);
      query.first.push_back(std::move(record));
    }
    return outcome;
  }

 private:
  void Define(const std::string& name, const std::string& select) {
    tables_ +=
        fmt::format("{}{} AS ({})", tables_.empty() ? "" : ", ", QuoteName(name), select);
  }

  std::string Wrapped(const std::string& statement) const {
    return fmt::format("WITH {} SELECT * FROM ({})", tables_, statement);
  }

  /// `read()` of all files at once, as ReadListedVersion of one. What is wrong with their texts
  /// is known from the pass before.
  template <class Read>
  Status InListedVersion(const Read& read) {
    if (schema_.table) {
      const Status status = read();
      if (!status) return std::unexpected(schema_.table->Explain(status.error()));
      return {};
    }
    for (const size_t file : files_) PinListedVersion(session_, dataset_.files[file]);
    const Status status = read();
    for (const size_t file : files_) {
      const DataFile& listed = dataset_.files[file];
      const auto refused = status ? std::nullopt : TakeStoreError(session_, listed);
      if (refused) return FailWithin(listed.relative_path, *refused);
      const Status unchanged = CheckUnchanged(listed);
      if (!unchanged) return FailWithin(listed.relative_path, unchanged.error());
    }
    return status;
  }

  Session& session_;
  const Dataset& dataset_;
  const DatasetSchema& schema_;
  const std::vector<size_t>& files_;
  const std::stop_token& stop_;
  std::vector<std::unique_ptr<ScratchDatabase>> databases_;  // one for each reference
  const ScratchTable copy_;
  const ScratchTable returned_;
  std::string tables_;  // "name AS (SELECT ...), ..."
};

}  // namespace

Status CheckQuery(const plan::QueryCheck& check) {
  ASSAY_TRY(const auto session,
            Session::Open({.memory_limit_bytes = int64_t{64} << 20, .threads = 1}));
  ASSAY_RETURN_IF_ERROR(CheckStatement(*session, check.sql, TablesOf(check)));
  return {};
}

Result<CheckOutcome> FindReturnedRows(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema, const PassedRows& passed,
                                      const plan::Check& check, const ScanOptions& options,
                                      const std::stop_token& stop) {
  const auto& query = std::get<plan::QueryCheck>(check.form);
  for (const auto& [name, key] : query.references) {
    if (!options.references.contains(key))
      return Fail(ErrorKind::kUnsupported, "other containers cannot be read here");
  }
  if (options.extent == ScanOptions::Extent::kPart || options.max_rows_per_file >= 0) {
    return Fail(ErrorKind::kUnsupported,
                "a query is about the whole container, and only a part was scanned; run a full "
                "scan");
  }
  if (passed.files.size() != dataset.files.size()) {
    return Fail(ErrorKind::kUnsupported,
                "a query is about the whole container, and not all files could be read");
  }
  ASSAY_TRY(const std::string statement, CheckStatement(session, query.sql, TablesOf(query)));
  BoundStatement bound(session, dataset, schema, passed.files, stop);
  ASSAY_RETURN_IF_ERROR(bound.TryToBind(query, statement, options.references));
  for (const auto& [name, key] : query.references)
    ASSAY_RETURN_IF_ERROR(bound.DefineReference(name, options.references.at(key)));
  ASSAY_RETURN_IF_ERROR(bound.DefineContainer());
  ASSAY_RETURN_IF_ERROR(bound.Run(statement));
  return bound.Report(passed.row_count, options.max_failing_rows_per_check);
}

}  // namespace assay::engine
