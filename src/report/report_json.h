// Reports as JSON for programs.

#pragma once

#include "base/json.h"
#include "report/report.h"

namespace assay::report {

/// {containers[], errors[{name, kind, message}]}, each container as
/// operations::ContainerProfileToJson prints it.
Json ProfileReportJson(const ProfileReport& report);

/// {anomaly_count, enrichment, containers[], errors[]}, each container as
/// operations::ContainerScanToJson prints it.
Json ScanReportJson(const ScanReport& report);

}  // namespace assay::report
