// One pass through the product on a folder of data: list, group, profile, infer, scan.

#pragma once

#include <string>
#include <vector>

#include "engine/session.h"
#include "infer/suggestion.h"
#include "operations/container_scan.h"

namespace assay::demo {

/// A container of the sample data, with all that became known of it.
struct StudiedContainer {
  std::string table;  // its folder
  engine::Dataset dataset;
  engine::DatasetSchema schema;
  std::vector<infer::InferredCheck> inferred;
};

/// Finds the containers below `folder`, profiles them and infers checks of levels 1 and 2.
/// Fails when a file cannot be used: sample data is sound.
Result<std::vector<StudiedContainer>> StudyFolder(engine::Session& session,
                                                  const std::string& folder, Timestamp now,
                                                  const engine::RunContext& context);

enum class CheckOrigin { kInferred, kAuthored };

/// Scans with checks numbered from 1, keeping every failing row. Fails when a check cannot run.
Result<operations::ContainerScan> ScanStudied(engine::Session& session,
                                              const StudiedContainer& container,
                                              const std::vector<rules::CheckDefinition>& checks,
                                              CheckOrigin origin, Timestamp now,
                                              const engine::RunContext& context);

}  // namespace assay::demo
