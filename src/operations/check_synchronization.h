// Bringing a container's inferred checks up to date with what a new profile suggests.

#pragma once

#include <vector>

#include "infer/suggestion.h"
#include "store/quality_checks.h"

namespace assay::operations {

struct SynchronizationSettings {
  int64_t level = 2;            // of the inference that gave the checks
  bool infer_as_draft = false;  // status of new ones
};

struct SynchronizedChecks {
  int64_t synchronized = 0;  // inferred now and compared with what is stored
  int64_t added = 0;         // new ones, and those that inference itself had archived
  int64_t updated = 0;
  int64_t archived = 0;  // of levels above the present one, without anomalies; and those that
                         // would assert the same as another check
};

/// An inferred check is known again by rule, fields and filter. Known ones get the new
/// properties, coverage and evidence, or are archived when another check of the container
/// asserts just that. New ones are added unless an authored check has the same rule, fields and
/// filter. Those that inference itself archived come back when they are inferred again; those a
/// user has archived stay so. Authored checks are never touched.
Result<SynchronizedChecks> SynchronizeChecks(store::Access& access, int64_t container_id,
                                             const std::vector<infer::InferredCheck>& inferred,
                                             const SynchronizationSettings& settings,
                                             Timestamp now);

}  // namespace assay::operations
