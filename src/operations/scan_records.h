// From what a scan found to what the store keeps.

#pragma once

#include <map>
#include <vector>

#include "operations/container_scan.h"
#include "store/anomalies.h"
#include "store/container_scans.h"
#include "store/containers.h"
#include "store/quality_checks.h"

namespace assay::operations {

/// The scan of one container with everything that decides how it is stored.
struct FinishedScan {
  store::Container container;
  std::vector<store::QualityCheck> checks;  // that took part
  ContainerScan scan;
  bool is_complete = false;             // every row of every file was read
  std::optional<Timestamp> checkpoint;  // new incremental checkpoint
};

struct ScanStorageSettings {
  int64_t operation_id = 0;
  Timestamp now{};
  bool source_enriched = false;
  bool archive_duplicates = false;
  bool reactivate_recurring = false;
  bool resolve_passed = false;
};

/// Stores the scan, the outcome of its checks, what they measured and its anomalies, in place
/// of what the same operation stored for the container before. Results of checks that were
/// deleted meanwhile are left out; an anomaly that also fails another check keeps their
/// messages. Anomalies equal (by fingerprint) to open or archived ones of earlier scans are
/// treated as the settings say; those that a complete scan no longer finds are resolved.
Status StoreScan(store::Access& access, const FinishedScan& finished,
                 const ScanStorageSettings& settings);

}  // namespace assay::operations
