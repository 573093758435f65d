// Thresholds of Soda's checks.

#pragma once

#include <string_view>

#include "import/bounds.h"
#include "import/parameters.h"
#include "rules/yaml_document.h"

namespace assay::imports {

/// What a check asks of its metric.
struct Threshold {
  Bounds bounds;
  bool is_percent = false;
};

/// "> 0", "between 5 and 10", "< 5 %", "= 0", and "!= 0" for a count. kUnsupported for other
/// negations, kInvalidInput for other texts.
Result<Threshold> ReadThreshold(std::string_view text);

/// The threshold that holds when "when < 5" (of an alert) does not.
Result<Threshold> ReadAlert(std::string_view text);

/// must_be, must_be_less_than, ... of a contract; no bounds when there are none.
Result<Threshold> ReadContractThreshold(Parameters& parameters);

/// Puts a threshold among the parameters, for TakeThreshold; nothing when it has no bounds.
void AddThreshold(const Threshold& threshold, Parameters& parameters);
/// What AddThreshold has put there; no bounds when nothing was.
Threshold TakeThreshold(Parameters& parameters);

/// How many rows, or what percentage of them, may fail: none without bounds. kUnsupported when
/// some must fail, kInvalidInput for what is no number or percentage.
Status SetCoverageOfFailures(Draft& draft, const Threshold& failures);

}  // namespace assay::imports
