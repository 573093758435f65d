// Anomalies as the API prints them.

#pragma once

#include <vector>

#include "api/route.h"
#include "store/anomalies.h"

namespace assay::api {

Shape AnomalyShape();
/// One object an anomaly, in order.
Result<std::vector<Json>> PrintAnomalies(store::Access& access,
                                         const std::vector<store::Anomaly>& anomalies);

/// {anomaly_id, anomalous_records_count, source_records[{file, row_number, failing_fields,
/// record}]}.
Shape SourceRecordsShape();
Json PrintSourceRecords(const store::Anomaly& anomaly,
                        const std::vector<store::AnomalySourceRecord>& records, size_t limit);

}  // namespace assay::api
