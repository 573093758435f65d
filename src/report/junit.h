// Scans as JUnit XML, which build servers show as tests.

#pragma once

#include <string>

#include "report/report.h"

namespace assay::report {

/// One test suite a container and one test case a check: a failed check is a failure with the
/// messages of its anomalies, one that could not run an error, one without asserted rows
/// skipped. A container that was not read, and one with files that were not, bring an error of
/// their own.
std::string JunitXml(const ScanReport& report);

}  // namespace assay::report
