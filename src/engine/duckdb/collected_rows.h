// What queries give over each file of a dataset, collected for a query over all of it.

#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/duckdb/query.h"
#include "engine/duckdb/scratch_table.h"
#include "engine/profile.h"

namespace assay::engine {

/// Queries that run file by file, each into a table of its own. One thread.
class CollectedRows {
 public:
  /// At most `max_rows_per_file` rows of a file are read; < 0: all. The arguments must outlive
  /// this.
  CollectedRows(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                int64_t max_rows_per_file)
      : session_(session),
        dataset_(dataset),
        schema_(schema),
        max_rows_per_file_(max_rows_per_file) {}

  /// A query over rows of the dataset, which it takes as what stands behind FROM.
  using QueryText = std::function<std::string(const std::string& rows)>;

  /// Adds a query. Returns its index. Fails when it cannot be bound.
  Result<size_t> Add(QueryText query);

  /// The columns that a query yields; fails as Add.
  Result<QueryShape> Describe(const QueryText& query) const;

  /// Runs all queries over every file. Fails, with its name, for the first file that cannot be
  /// read or could not before: some of the files do not make the whole.
  Status Read(const std::string& stage, const RunContext& context);

  /// What a query gave for all files: a table with its columns, named c0, c1, ..., after
  /// `file_index`, which tells the file.
  const std::string& Table(size_t query) const { return queries_[query].table->name(); }

 private:
  struct Query {
    QueryText text;
    std::unique_ptr<ScratchTable> table;
  };

  /// What the queries gave for one file, parallel to them.
  using FileTables = std::vector<std::shared_ptr<ScratchTable>>;
  Result<FileTables> ReadFile(size_t file, const RunContext& context) const;
  Status AddFile(size_t file, const FileTables& tables, const RunContext& context) const;

  Session& session_;
  const Dataset& dataset_;
  const DatasetSchema& schema_;
  int64_t max_rows_per_file_;
  std::vector<Query> queries_;
};

}  // namespace assay::engine
