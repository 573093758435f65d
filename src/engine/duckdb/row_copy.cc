#include "engine/duckdb/row_copy.h"

#include <fmt/format.h>

#include "engine/duckdb/file_version.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

/// "SELECT ... FROM <from>" in the columns of the copy.
std::string SelectSql(const RowCopy& copy, const std::string& file_index,
                      const std::string& row_number, const std::string& from) {
  std::string columns;
  const auto add = [&](const std::string& sql, const std::string& name) {
    columns += fmt::format("{}{} AS {}", columns.empty() ? "" : ", ", sql, name);
  };
  if (copy.positions == RowCopy::Positions::kKept) {
    add(fmt::format("CAST({} AS UBIGINT)", file_index), "file_index");
    add(fmt::format("CAST({} AS BIGINT)", row_number), "row_number");
  }
  for (size_t i = 0; i < copy.values.size(); ++i) add(copy.values[i], fmt::format("v{}", i));
  const bool counts = copy.repeats == RowCopy::Repeats::kCounted;
  if (counts) add("count(*)", "copies");
  return fmt::format("SELECT {}{} FROM {} WHERE {}{}",
                     copy.repeats == RowCopy::Repeats::kDropped ? "DISTINCT " : "", columns,
                     from, copy.condition, counts ? " GROUP BY ALL" : "");
}

}  // namespace

Status CopyRows(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                const std::vector<size_t>& files, const RowCopy& copy, const std::string& table,
                const StatementRunner& run) {
  const auto made = run(fmt::format("CREATE TABLE {} AS {} LIMIT 0", table,
                                    SelectSql(copy, "0", "0", ShapeSql(dataset, schema))));
  if (!made) {
    for (const size_t file : files) {
      if (const Status unchanged = CheckUnchanged(dataset.files[file]); !unchanged)
        return FailWithin(dataset.files[file].relative_path, unchanged.error());
    }
    return std::unexpected(made.error());
  }
  const RowNumbers numbers =
      copy.positions == RowCopy::Positions::kKept ? RowNumbers::kYes : RowNumbers::kNo;
  for (const size_t file : files) {
    const auto copied = ReadListedVersion(session, dataset, schema, file, [&] {
      return run(fmt::format(
          "INSERT INTO {} {}", table,
          SelectSql(copy, std::to_string(file), QuoteName(kRowNumberColumn),
                    FileSql(dataset, schema, file, numbers, copy.max_rows_per_file))));
    });
    if (!copied) return FailWithin(dataset.files[file].relative_path, copied.error());
  }
  return {};
}

Status CopyRowsAgain(const ScratchTable& table, const Dataset& dataset,
                     const std::vector<size_t>& files, const RowCopy& copy,
                     const std::string& what, const std::stop_token& stop) {
  const Status copied = CopyRows(table.session(), dataset, table.schema(), files, copy,
                                 table.name(), [&](const std::string& sql) {
                                   return RunQuery(table.session(), table.schema(), sql, stop);
                                 });
  if (copied) return {};
  return Fail(copied.error().kind,
              fmt::format("{} could not be read again: {}", what, copied.error().message));
}

}  // namespace assay::engine
