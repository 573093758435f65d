// The kinds of operations. Each runs on one engine session with the memory and threads of the
// options; one container's failure does not stop the others.

#pragma once

#include "operations/datastore_access.h"
#include "operations/job.h"
#include "operations/options.h"

namespace assay::operations {

/// Lists the datastore's files, groups them, and brings its containers and their fields up to
/// date.
JobKind SyncJob(const DatastoreAccess& datastores, const OperationsOptions& options);

/// Profiles containers, stores the profiles, and synchronises inferred checks.
JobKind ProfileJob(const DatastoreAccess& datastores, const OperationsOptions& options);

/// Asserts the Active checks, stores anomalies, and writes enrichment.
JobKind ScanJob(const DatastoreAccess& datastores, const OperationsOptions& options);

/// Moves the tables that scans wrote under an earlier enrichment prefix to the present one.
JobKind MoveJob(const DatastoreAccess& datastores);

/// All of the above. `datastores` is borrowed and must outlive them.
std::vector<JobKind> AllJobs(const DatastoreAccess& datastores,
                             const OperationsOptions& options);

}  // namespace assay::operations
