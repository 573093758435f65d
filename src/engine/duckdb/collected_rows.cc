#include "engine/duckdb/collected_rows.h"

#include <fmt/format.h>

#include "engine/duckdb/file_pass.h"
#include "engine/duckdb/query.h"
#include "engine/reader_sql.h"

namespace assay::engine {

Result<size_t> CollectedRows::Add(QueryText query) {
  ASSAY_TRY(const QueryShape shape, Describe(query));
  std::string declared = "file_index UBIGINT";
  for (size_t i = 0; i < shape.types.size(); ++i)
    declared += fmt::format(", c{} {}", i, shape.types[i].ToString());
  auto table = std::make_unique<ScratchTable>(session_, schema_);
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session_, schema_, fmt::format("CREATE TABLE {} ({})", table->name(), declared), {}));
  queries_.push_back({.text = std::move(query), .table = std::move(table)});
  return queries_.size() - 1;
}

Result<QueryShape> CollectedRows::Describe(const QueryText& query) const {
  return DescribeQuery(session_, query(ShapeSql(dataset_, schema_)));
}

/// A file that turns out to be in another encoding is read once more.
bool CollectedRows::IsReadAgain(size_t file) {
  const std::lock_guard lock(mutex_);
  return !begun_.insert(file).second;
}

Status CollectedRows::ReadFile(size_t file, const RunContext& context) {
  const bool is_read_again = IsReadAgain(file);
  for (const Query& query : queries_) {
    if (!is_read_again) break;
    ASSAY_RETURN_IF_ERROR(
        RunQuery(session_, schema_,
                 fmt::format("DELETE FROM {} WHERE file_index = {}", query.table->name(), file),
                 context.stop));
  }
  for (const Query& query : queries_) {
    const std::string rows =
        query.text(FileSql(dataset_, schema_, file, RowNumbers::kNo, max_rows_per_file_));
    ASSAY_RETURN_IF_ERROR(RunQuery(
        session_, schema_,
        fmt::format("INSERT INTO {} SELECT {}, * FROM ({})", query.table->name(), file, rows),
        context.stop));
  }
  return {};
}

Status CollectedRows::Read(const std::string& stage, const RunContext& context) {
  const auto refuse = [](const FileFailure& failure) {
    return Fail(failure.error.kind, fmt::format("not all rows could be read: {}: {}",
                                                failure.relative_path, failure.error.message));
  };
  if (!schema_.failures.empty()) return refuse(schema_.failures.front());
  ASSAY_TRY(const PassReport report,
            ForEachFile(session_, dataset_, schema_, stage, context,
                        [&](size_t file, const ShareCallback&) -> Result<FileWork> {
                          ASSAY_RETURN_IF_ERROR(ReadFile(file, context));
                          return FileWork{.add = [] { return Status(); }};
                        }));
  if (!report.failures.empty()) return refuse(report.failures.front());
  return {};
}

}  // namespace assay::engine
