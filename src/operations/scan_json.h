// Scans and anomalies as JSON for programs, with the attribute names of the platform's API.

#pragma once

#include "base/json.h"
#include "operations/container_scan.h"

namespace assay::operations {

/// {container, start_time, end_time, result, records_processed, anomaly_count, check_metrics[],
/// anomalies[], files[], failures[]}. `result` is "success", or "failure" when files were left
/// out. check_metrics hold {check_id, rule, fields, ..., assertion_result (passed, failed,
/// unasserted), asserted_records, anomalous_records, measure, assertion_details}; `measure` is
/// what a check on one value of all rows measured, null of others.
Json ContainerScanToJson(const ContainerScan& scan);

/// {uuid, type, is_rolled_up, anomalous_records_count, fingerprint, file, description,
/// failed_checks[{id, rule_type, message, suggested_*}], source_records[{file, row_number,
/// failing_fields, record}]}. `scan` is the one that holds the anomaly.
Json AnomalyToJson(const Anomaly& anomaly, const ContainerScan& scan);

/// "record", "shape".
const char* AnomalyTypeName(AnomalyType type);
/// "passed", "failed", "unasserted".
const char* AssertionName(engine::CheckOutcome::Assertion assertion);

}  // namespace assay::operations
