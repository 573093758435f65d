// Doing something with every readable file of a dataset, each on its own, so that a bad one
// costs only itself.

#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "engine/duckdb/query.h"
#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

/// What all passes report.
struct PassReport {
  std::vector<size_t> read;           // indexes of the files that went well, in reading order
  std::vector<FileSummary> files;     // the same files
  std::vector<FileFailure> failures;  // those that did not, in reading order
};

/// What the work on one file gave.
struct FileWork {
  int64_t row_count = 0;
  std::function<Status()> add;  // adds it to the results of the pass
};

using FileWorker =
    std::function<Result<FileWork>(size_t file_index, const ShareCallback& progress)>;

/// Runs `work(file index, progress)` for each readable file, several at a time where a query
/// cannot use all cores by itself (text formats, small files). When it fails the file is
/// reported and the others go on. A file that is not the version that was listed fails with
/// kConflict, before or after its work. Only what a good file gave is added, by one thread at a
/// time; thus a file that is reported contributes nothing. A stop request (kCancelled) or a
/// failure to add ends the pass early.
Result<PassReport> ForEachFile(Session& session, const Dataset& dataset,
                               const DatasetSchema& schema, const std::string& stage,
                               const RunContext& context, const FileWorker& work);

}  // namespace assay::engine
