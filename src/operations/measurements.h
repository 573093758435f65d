// What checks measured in earlier scans, found for those that compare with it, and kept for
// later ones.

#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "operations/container_scan.h"
#include "store/measurements.h"

namespace assay::operations {

/// Equal for definitions of a check whose measures can be compared with each other: rule,
/// fields, filter and expression are, limits need not be.
std::string MeasureSubject(const rules::CheckDefinition& definition);

/// What the check measured before, as its plan asks for it: the last time; or, of the times at
/// least half a period ago, the one nearest to a whole period ago, so that a scan that starts a
/// little earlier than the day before compares with it all the same. nullopt when there is
/// none. What the operation `operation_id` stored itself does not count.
Result<std::optional<plan::Literal>> FindEarlierMeasure(store::Access& access,
                                                        const ScanCheck& check,
                                                        const plan::Change& change,
                                                        int64_t operation_id, Timestamp now);

/// The measurements of a stored scan. Those of checks that are not among `present` are left
/// out.
std::vector<store::Measurement> ToMeasurements(const ContainerScan& scan, int64_t scan_id,
                                               const std::set<int64_t>& present, Timestamp now);

}  // namespace assay::operations
