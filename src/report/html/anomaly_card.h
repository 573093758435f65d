// What a scan found, as cards with example rows.

#pragma once

#include <string>
#include <vector>

#include "operations/container_scan.h"

namespace assay::report {

/// Anomalies that fail the same checks, told together: single rows become the rows of one
/// table.
struct AnomalyGroup {
  std::vector<size_t> failed_checks;  // ascending
  std::vector<const operations::Anomaly*> anomalies;
};

/// All anomalies of the scan, those with most rows first.
std::vector<AnomalyGroup> GroupAnomalies(const operations::ContainerScan& scan);

/// Markup: which checks fail, how many rows, and the rows kept as examples, failing fields
/// first.
std::string AnomalyCard(const AnomalyGroup& group, const operations::ContainerScan& scan);

}  // namespace assay::report
