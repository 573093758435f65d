// Running one check on the data without storing anything of it: what a scan would say.

#pragma once

#include "operations/container_scan.h"
#include "operations/datastore_access.h"
#include "operations/job.h"
#include "operations/options.h"
#include "store/quality_checks.h"

namespace assay::operations {

inline constexpr int64_t kMostTrialExamples = 100;

struct CheckTrialSettings {
  int64_t max_rows_per_file = -1;  // -1: all
  plan::Variables variables;       // for {{ placeholders }}
};

/// Scans the container of `check`, which need not be stored, for it alone; its status means
/// nothing. The result has one check: what it fails on are the anomalies, with as many examples
/// as the datastore says, at most kMostTrialExamples each. The datastore is that of
/// `context.operation()`, which need not be stored either; nothing is written to it, nor to the
/// store, but whether the datastore could be reached. Errors as the place answers; kNotFound
/// when the container is not there any more; kCancelled within a second of a stop request. A
/// check that does not compile is no error: its result says why.
Result<ContainerScan> TryCheck(const DatastoreAccess& datastores,
                               const OperationsOptions& options,
                               const store::QualityCheck& check,
                               const CheckTrialSettings& settings, JobContext& context);

}  // namespace assay::operations
