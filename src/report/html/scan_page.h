// Scans as one self-contained HTML page.

#pragma once

#include <string>

#include "report/report.h"

namespace assay::report {

/// The verdict, then for each container its checks and what was found, with example rows whose
/// failing cells stand out.
std::string ScanPage(const ScanReport& report);

}  // namespace assay::report
