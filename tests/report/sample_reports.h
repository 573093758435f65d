// Hand-made reports for the tests of their printing.

#pragma once

#include "report/report.h"

namespace assay::report {

/// One container "orders_*.csv" with a number, a category, a time, a text of a pattern, a
/// sparse number and an all-null field; one file was left out.
ProfileReport SampleProfile();

/// Five checks over "orders_*.csv": one holds, two fail (single rows, rolled up), one has no
/// rows, one could not run.
ScanReport SampleScan();

/// A profile and a scan whose every text is `text`.
ProfileReport ProfileOfText(const std::string& text);
ScanReport ScanOfText(const std::string& text);

}  // namespace assay::report
