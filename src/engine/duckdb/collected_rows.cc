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

/// Into tables of its own: what fails on the way, or is read twice, leaves nothing in others.
Result<CollectedRows::FileTables> CollectedRows::ReadFile(size_t file,
                                                          const RunContext& context) const {
  FileTables tables;
  for (const Query& query : queries_) {
    tables.push_back(std::make_shared<ScratchTable>(session_, schema_));
    const std::string rows =
        query.text(FileSql(dataset_, schema_, file, RowNumbers::kNo, max_rows_per_file_));
    ASSAY_RETURN_IF_ERROR(RunQuery(
        session_, schema_, fmt::format("CREATE TABLE {} AS {}", tables.back()->name(), rows),
        context.stop));
  }
  return tables;
}

Status CollectedRows::AddFile(size_t file, const FileTables& tables,
                              const RunContext& context) const {
  for (size_t i = 0; i < queries_.size(); ++i) {
    ASSAY_RETURN_IF_ERROR(
        RunQuery(session_, schema_,
                 fmt::format("INSERT INTO {} SELECT {}, * FROM {}", queries_[i].table->name(),
                             file, tables[i]->name()),
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
                          ASSAY_TRY(const FileTables tables, ReadFile(file, context));
                          return FileWork{.add = [this, file, tables, &context] {
                            return AddFile(file, tables, context);
                          }};
                        }));
  if (!report.failures.empty()) return refuse(report.failures.front());
  return {};
}

}  // namespace assay::engine
