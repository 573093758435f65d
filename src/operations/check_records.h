// Checks between the store and the rules.

#pragma once

#include <vector>

#include "operations/container_scan.h"
#include "store/quality_checks.h"

namespace assay::operations {

rules::CheckDefinition ToDefinition(const store::QualityCheck& check);
ScanCheck ToScanCheck(const store::QualityCheck& check);

/// A new check for the store: rule, fields, filter, coverage, properties, description and rule
/// weight are filled in. kInvalidInput for an unknown rule; its current name is stored.
Result<store::QualityCheck> ToRecord(const rules::CheckDefinition& definition,
                                     int64_t container_id);

/// What identifies an inferred check across profiles: rule, fields in any order, filter,
/// and what it relates them with: other fields, another container.
std::string InferenceKey(const rules::CheckDefinition& definition);

}  // namespace assay::operations
