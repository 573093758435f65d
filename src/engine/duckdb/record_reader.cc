#include "engine/duckdb/record_reader.h"

#include <fmt/format.h>

#include "engine/duckdb/duckdb_library.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/value_json.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

/// Rows further apart than this are read by queries of their own, so that row groups between
/// them are not touched.
constexpr int64_t kWidestGap = 100'000;
constexpr size_t kRowsPerQuery = 2'000;

Status ReadSome(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                size_t file_index, std::span<const int64_t> row_numbers,
                const std::vector<std::string>& conditions, const std::stop_token& stop,
                std::map<int64_t, ReadRow>& records) {
  const std::string sql = fmt::format("SELECT *{}{} FROM {}", conditions.empty() ? "" : ", ",
                                      fmt::join(conditions, ", "),
                                      ChosenRowsSql(dataset, schema, file_index, row_numbers));
  ASSAY_TRY(const auto rows, RunQuery(session, schema, sql, stop));
  const size_t columns = rows->names.size() - conditions.size();
  std::vector<const plan::Field*> fields;
  for (const auto& name : rows->names) fields.push_back(schema.schema.Find(std::string(name)));
  for (const auto& row : rows->Collection().Rows()) {
    ReadRow read{.record = Json::object(), .conditions = {}};
    int64_t row_number = -1;
    for (size_t column = 0; column < columns; ++column) {
      const duckdb::Value value = row.GetValue(column);
      if (rows->names[column] == kRowNumberColumn) {
        row_number = value.GetValue<int64_t>();
      } else {
        read.record[std::string(rows->names[column])] = ValueToJson(value, fields[column]);
      }
    }
    for (size_t i = 0; i < conditions.size(); ++i) {
      const duckdb::Value value = row.GetValue(columns + i);
      if (!value.IsNull() && value.GetValue<bool>()) read.conditions.push_back(i);
    }
    records.emplace(row_number, std::move(read));
  }
  return {};
}

}  // namespace

Result<std::map<int64_t, ReadRow>> ReadRecords(Session& session, const Dataset& dataset,
                                               const DatasetSchema& schema, size_t file_index,
                                               const std::vector<int64_t>& row_numbers,
                                               const std::vector<std::string>& conditions,
                                               std::stop_token stop) {
  std::map<int64_t, ReadRow> records;
  // One pass is cheapest for text formats, which have to be read from the start.
  const bool is_one_query =
      dataset.format == FileFormat::kDelimited || dataset.format == FileFormat::kJson;
  size_t first = 0;
  while (first < row_numbers.size()) {
    size_t end = first + 1;
    while (end < row_numbers.size() &&
           (is_one_query || (end - first < kRowsPerQuery &&
                             row_numbers[end] - row_numbers[end - 1] <= kWidestGap))) {
      ++end;
    }
    ASSAY_RETURN_IF_ERROR(ReadSome(session, dataset, schema, file_index,
                                   std::span(row_numbers).subspan(first, end - first),
                                   conditions, stop, records));
    first = end;
  }
  return records;
}

}  // namespace assay::engine
