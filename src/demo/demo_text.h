// What the demo prints.

#pragma once

#include <string>

#include "demo/demo.h"

namespace assay::demo {

/// One line for each kind of error and field: injected, found by inferred and by authored
/// checks, and clean cells of that field that were flagged; then the other fields and the sums.
std::string OutcomeTable(const DemoOutcome& outcome);

/// Whether each promise was kept, one line each.
std::string OutcomeSummary(const DemoOutcome& outcome);

/// Where the enrichment lies and a query that reads it.
std::string EnrichmentHint(const DemoOutcome& outcome);

}  // namespace assay::demo
