// What is said of a check once the value it is about is known. Pure functions.

#pragma once

#include <optional>

#include "engine/scan.h"

namespace assay::engine {

/// Null is not asserted. Of a change without an earlier measure: it holds, as the first.
CheckOutcome MeasureOutcome(const plan::MeasureCheck& check, plan::Literal measure,
                            const std::optional<plan::Literal>& earlier);

/// Not asserted when either is null. `reference_name` is that of the other container.
CheckOutcome ComparisonOutcome(const plan::ComparisonCheck& check, plan::Literal measure,
                               plan::Literal reference_measure,
                               const std::string& reference_name);

/// `last_update` as a date or time; null is not asserted.
CheckOutcome FreshnessOutcome(const plan::FreshnessCheck& check, plan::Literal last_update);

/// By the newest modification of a file. kUnsupported for a table, and where none is known.
Result<CheckOutcome> FreshnessOfFiles(const plan::FreshnessCheck& check,
                                      const Dataset& dataset);

/// kUnsupported when the scan sees only a part of the container; it then ends in what to do.
/// `subject` begins the message: "whole containers are compared".
Status RequireWhole(const ScanOptions& options, std::string_view subject);

}  // namespace assay::engine
