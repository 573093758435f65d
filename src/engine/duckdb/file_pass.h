// Doing something with every readable file of a dataset, each on its own, so that a bad one
// costs only itself.

#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "engine/session.h"

namespace assay::engine {

/// What all passes report.
struct PassReport {
  std::vector<size_t> read;           // indexes of the files that went well, in reading order
  std::vector<FileSummary> files;     // the same files
  std::vector<FileFailure> failures;  // those that did not, in reading order
};

/// Runs `work(file index)` for each readable file, several at a time where a query cannot use
/// all cores by itself (text formats, small files). `work` returns the rows it read; when it
/// fails the file is reported and the others go on. A file that is not the version that was
/// listed fails with kConflict, before or after its work. Only a stop request (kCancelled) ends
/// the pass early.
Result<PassReport> ForEachFile(Session& session, const Dataset& dataset,
                               const DatasetSchema& schema, const std::string& stage,
                               const RunContext& context,
                               const std::function<Result<int64_t>(size_t file_index)>& work);

}  // namespace assay::engine
