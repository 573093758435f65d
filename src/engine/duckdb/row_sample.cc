#include "engine/row_sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/duckdb/file_version.h"
#include "engine/duckdb/query.h"
#include "engine/holdout.h"
#include "engine/reader_sql.h"
#include "engine/table_reading.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

constexpr size_t kMostFiles = 16;
constexpr int64_t kMostSpread = 16;  // rows read for one that is kept
constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// What is read of a field, in SQL.
struct FieldSql {
  std::string number = "CAST(NULL AS DOUBLE)";
  std::string identity = "CAST(0 AS UBIGINT)";
  bool has_numbers = false;
};

FieldSql PrintField(const std::string& name, const plan::Schema& schema) {
  const plan::Field* field = schema.Find(name);
  const auto value = plan::dialects::DuckDb().Print(plan::Expression::Column(name), schema);
  if (!field || !value) return {};
  FieldSql sql{.identity =
                   fmt::format("CASE WHEN ({0}) IS NULL THEN 0 ELSE hash({0}) END", *value)};
  switch (field->type) {
    case plan::FieldType::kIntegral:
    case plan::FieldType::kFractional:
      sql.number = fmt::format("TRY_CAST({} AS DOUBLE)", *value);
      sql.has_numbers = true;
      break;
    case plan::FieldType::kDate:
    case plan::FieldType::kTimestamp:
      sql.number = fmt::format("epoch(TRY_CAST({} AS TIMESTAMP))", *value);
      sql.has_numbers = true;
      break;
    case plan::FieldType::kUnknown:
    case plan::FieldType::kBoolean:
    case plan::FieldType::kString: break;
  }
  return sql;
}

/// Every n-th of the readable files, so that at most kMostFiles remain.
std::vector<size_t> ChooseFiles(const std::vector<size_t>& readable) {
  const size_t step = (readable.size() + kMostFiles - 1) / kMostFiles;
  std::vector<size_t> chosen;
  for (size_t i = 0; i < readable.size(); i += step) chosen.push_back(readable[i]);
  return chosen;
}

class Sampling {
 public:
  Sampling(const std::vector<std::string>& fields, const plan::Schema& schema,
           const RowSampleOptions& options, RowSample& sample)
      : options_(options), sample_(sample) {
    sample.columns.resize(fields.size());
    for (const std::string& field : fields) {
      fields_.push_back(PrintField(field, schema));
      select_ += fmt::format(", {}, {}", fields_.back().number, fields_.back().identity);
    }
  }

  Status ReadFile(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                  size_t file, int64_t front_rows, int64_t every, const std::stop_token& stop) {
    if (schema.table) ASSAY_RETURN_IF_ERROR(schema.table->MakeAddressable(front_rows, stop));
    const std::string number = QuoteName(kRowNumberColumn);
    const std::string sql = fmt::format(
        "SELECT CAST({0} AS BIGINT){1} FROM {2} WHERE hash({0}) % {3} = 0", number, select_,
        FileSql(dataset, schema, file, RowNumbers::kYes, front_rows), every);
    ASSAY_TRY(const QueryRows rows, RunQuery(session, schema, sql, stop));
    Add(*rows, Holdout(dataset.files[file].relative_path, options_.holdout_share));
    return {};
  }

 private:
  bool IsWanted(const Holdout& holdout, int64_t row) const {
    return holdout.Contains(row) == (options_.rows == RowSampleOptions::Rows::kHeldOut);
  }

  void Add(duckdb::MaterializedQueryResult& rows, const Holdout& holdout) {
    while (const auto chunk = rows.Fetch()) {
      chunk->Flatten();
      const auto* numbers = duckdb::FlatVector::GetData<int64_t>(chunk->data[0]);
      for (size_t row = 0; row < chunk->size(); ++row) {
        if (sample_.row_count >= options_.max_rows) return;
        if (!IsWanted(holdout, numbers[row])) continue;
        ++sample_.row_count;
        for (size_t i = 0; i < fields_.size(); ++i)
          AddValue(chunk->data[1 + 2 * i], chunk->data[2 + 2 * i], row, i);
      }
    }
  }

  void AddValue(duckdb::Vector& number, duckdb::Vector& identity, size_t row, size_t field) {
    RowSample::Column& column = sample_.columns[field];
    column.identities.push_back(duckdb::FlatVector::GetData<uint64_t>(identity)[row]);
    if (!fields_[field].has_numbers) return;
    const bool has_number = duckdb::FlatVector::Validity(number).RowIsValid(row);
    const double value =
        has_number ? duckdb::FlatVector::GetData<double>(number)[row] : kNoNumber;
    column.numbers.push_back(std::isfinite(value) ? value : kNoNumber);
  }

  const RowSampleOptions& options_;
  RowSample& sample_;
  std::vector<FieldSql> fields_;
  std::string select_;
};

}  // namespace

Result<RowSample> SampleRows(Session& session, const Dataset& dataset,
                             const DatasetSchema& schema,
                             const std::vector<std::string>& fields,
                             const RowSampleOptions& options, const RunContext& context) {
  RowSample sample;
  Sampling sampling(fields, schema.schema, options, sample);
  const std::vector<size_t> files = ChooseFiles(schema.readable);
  const double share = options.rows == RowSampleOptions::Rows::kHeldOut
                           ? options.holdout_share
                           : 1 - options.holdout_share;
  if (files.empty() || share <= 0) return sample;
  const auto wanted = static_cast<int64_t>(static_cast<double>(options.max_rows) / share);
  const int64_t every =
      std::clamp<int64_t>(options.row_count / std::max<int64_t>(1, wanted), 1, kMostSpread);
  // Blocks are set aside as a whole: one more may be needed to have enough of the wanted rows.
  const int64_t front_rows =
      wanted * every / static_cast<int64_t>(files.size()) + kHoldoutBlockRows;
  session.internals().file_system->SetStop(context.stop);
  for (const size_t file : files) {
    const Status read = ReadListedVersion(session, dataset, schema, file, [&]() -> Status {
      return sampling.ReadFile(session, dataset, schema, file, front_rows, every, context.stop);
    });
    if (!read && read.error().kind == ErrorKind::kCancelled)
      return std::unexpected(read.error());
    if (!read && schema.table) return std::unexpected(read.error());
  }
  return sample;
}

}  // namespace assay::engine
