// Inferring which fields of a container refer to keys of others of its datastore.

#pragma once

#include <vector>

#include "infer/references.h"
#include "operations/container_scan.h"

namespace assay::operations {

/// How checks name the container that they refer to: in a store by its id, on a command line by
/// its name.
enum class NamedBy { kId, kName };

/// What is known after a container was profiled.
struct ReferringContainer {
  const engine::Dataset& dataset;
  const engine::DatasetSchema& schema;
  const std::vector<infer::ReferenceCandidate>& candidates;
  NamedBy named_by = NamedBy::kId;
};

/// The `existsIn` checks that hold: each candidate is tested on all rows, in one read of the
/// container and one of each key. Values in its examples are as they are. A key that cannot be
/// read any more is no reference. Errors as ScanContainer.
Result<std::vector<infer::InferredCheck>> TestReferences(engine::Session& session,
                                                         const ReferringContainer& container,
                                                         const OpenReference& open_reference,
                                                         Timestamp now,
                                                         const engine::RunContext& context);

}  // namespace assay::operations
