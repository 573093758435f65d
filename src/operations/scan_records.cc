#include "operations/scan_records.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "operations/measurements.h"
#include "operations/scan_json.h"

namespace assay::operations {
namespace {

using Assertion = engine::CheckOutcome::Assertion;

/// Ids of the checks that are still there: users may delete one while it is asserted.
Result<std::set<int64_t>> PresentChecks(store::Access& access, int64_t container_id) {
  ASSAY_TRY(const auto checks, store::QualityChecks(access).AllOf(container_id));
  std::set<int64_t> ids;
  for (const store::QualityCheck& check : checks) ids.insert(check.id);
  return ids;
}

std::vector<store::CheckMetric> ToMetrics(const ContainerScan& scan,
                                          const std::set<int64_t>& present) {
  std::vector<store::CheckMetric> metrics;
  for (const CheckResult& result : scan.checks) {
    if (!present.contains(result.check.id)) continue;
    store::CheckMetric& metric = metrics.emplace_back();
    metric.check_id = result.check.id;
    metric.assertion_result = AssertionName(result.outcome.assertion);
    metric.asserted_records = result.outcome.total.asserted_rows;
    metric.anomalous_records = result.outcome.total.failing_rows;
    metric.assertion_details = result.error.empty() ? result.outcome.detail : result.error;
  }
  return metrics;
}

/// Also when there was no row to assert: then it holds, unless rows could not be read.
bool WasAsserted(const CheckResult& result, const ContainerScan& scan) {
  if (!result.error.empty()) return false;
  return result.outcome.assertion != Assertion::kUnasserted || scan.failures.empty();
}

std::vector<store::Assertion> ToAssertions(const ContainerScan& scan) {
  std::vector<store::Assertion> assertions;
  for (const CheckResult& result : scan.checks) {
    store::Assertion& assertion = assertions.emplace_back();
    assertion.check_id = result.check.id;
    if (WasAsserted(result, scan))
      assertion.passed = result.outcome.assertion != Assertion::kFailed;
  }
  return assertions;
}

store::ContainerScan ToScanRecord(const FinishedScan& finished, int64_t operation_id,
                                  size_t anomaly_count) {
  const ContainerScan& scan = finished.scan;
  store::ContainerScan record;
  record.operation_id = operation_id;
  record.container_id = finished.container.id;
  record.start_time = scan.start_time;
  record.end_time = scan.end_time;
  record.records_processed = scan.record_count;
  record.partitions_scanned = static_cast<int64_t>(scan.files.size());
  record.anomaly_count = static_cast<int64_t>(anomaly_count);
  record.result = scan.failures.empty() ? "success" : "failure";
  if (!scan.failures.empty()) {
    record.message = fmt::format("{} of {} files could not be used", scan.failures.size(),
                                 scan.failures.size() + scan.files.size());
  }
  for (const engine::FileFailure& failure : scan.failures) {
    record.failures.push_back(
        fmt::format("{}: {}", failure.relative_path, failure.error.message));
  }
  return record;
}

/// Weights of the checks as such that have anomalies, by check.
std::map<int64_t, int64_t> Weights(const FinishedScan& finished) {
  std::map<int64_t, int64_t> weights;
  for (store::QualityCheck check : finished.checks) {
    check.anomaly_count = std::max<int64_t>(check.anomaly_count, 1);
    weights[check.id] = check.weight();
  }
  return weights;
}

/// Those that fail a check which is still there, as when the check were deleted later.
std::vector<const Anomaly*> AnomaliesToKeep(const ContainerScan& scan,
                                            const std::set<int64_t>& present) {
  std::vector<const Anomaly*> kept;
  for (const Anomaly& anomaly : scan.anomalies) {
    const auto is_present = [&](const FailedCheck& failed) {
      return present.contains(scan.checks[failed.check_index].check.id);
    };
    if (std::ranges::any_of(anomaly.failed_checks, is_present)) kept.push_back(&anomaly);
  }
  return kept;
}

store::NewAnomaly ToRecord(const Anomaly& anomaly, const FinishedScan& finished,
                           const std::set<int64_t>& present,
                           const std::map<int64_t, int64_t>& weights,
                           const ScanStorageSettings& settings, int64_t scan_id) {
  store::NewAnomaly record;
  store::Anomaly& stored = record.anomaly;
  stored.uuid = anomaly.uuid;
  stored.created = settings.now;
  stored.container_id = finished.container.id;
  stored.operation_id = settings.operation_id;
  stored.container_scan_id = scan_id;
  stored.type = AnomalyTypeName(anomaly.type);
  stored.is_rolled_up = anomaly.is_rolled_up;
  stored.anomalous_records_count = anomaly.anomalous_records_count;
  stored.fingerprint = anomaly.fingerprint;
  stored.relative_path = anomaly.relative_path;
  stored.source_enriched = settings.source_enriched;
  for (const FailedCheck& failed : anomaly.failed_checks) {
    const ScanCheck& check = finished.scan.checks[failed.check_index].check;
    store::AnomalyFailedCheck& stored_check = stored.failed_checks.emplace_back();
    if (present.contains(check.id)) stored_check.check_id = check.id;
    stored_check.rule_type = check.definition.rule;
    stored_check.message = failed.message;
    stored.message += (stored.message.empty() ? "" : "; ") + failed.message;
    // The worst of its failed checks.
    if (const auto weight = weights.find(check.id); weight != weights.end()) {
      stored.weight = std::max(stored.weight, weight->second);
    }
    const auto assignee = finished.checks[failed.check_index].default_anomaly_assignee_id;
    if (assignee) stored.assignee_ids.push_back(*assignee);
  }
  for (const SourceRecord& source : anomaly.source_records) {
    record.source_records.push_back({.relative_path = source.relative_path,
                                     .row_number = source.row_number,
                                     .failing_fields = source.failing_fields,
                                     .record = source.record});
  }
  return record;
}

/// Status of new anomalies that repeat earlier ones.
Status RecogniseRepeated(store::Anomalies& anomalies, int64_t container_id,
                         const ScanStorageSettings& settings,
                         std::vector<store::NewAnomaly>& found) {
  if (!settings.archive_duplicates && !settings.reactivate_recurring) return {};
  ASSAY_TRY(const auto open, anomalies.OpenByFingerprint(container_id));
  std::map<int64_t, int64_t> archived;
  if (settings.reactivate_recurring) {
    ASSAY_TRY(archived, anomalies.ArchivedByFingerprint(container_id));
  }
  std::set<int64_t> reactivated;
  for (store::NewAnomaly& each : found) {
    const int64_t fingerprint = each.anomaly.fingerprint;
    if (open.contains(fingerprint)) {
      if (settings.archive_duplicates) each.anomaly.status = "Duplicate";
    } else if (const auto original = archived.find(fingerprint); original != archived.end()) {
      each.anomaly.status = "Duplicate";
      reactivated.insert(original->second);
    }
  }
  for (const int64_t id : reactivated) {
    ASSAY_TRY(store::Anomaly original, anomalies.Get(id));
    original.status = "Active";
    ASSAY_RETURN_IF_ERROR(anomalies.Update(original));
  }
  return {};
}

Status ResolvePassed(store::Anomalies& anomalies, const FinishedScan& finished,
                     const ScanStorageSettings& settings) {
  std::vector<int64_t> asserted, seen;
  for (const CheckResult& result : finished.scan.checks) {
    if (WasAsserted(result, finished.scan)) asserted.push_back(result.check.id);
  }
  for (const Anomaly& anomaly : finished.scan.anomalies) seen.push_back(anomaly.fingerprint);
  ASSAY_RETURN_IF_ERROR(
      anomalies.ResolvePassed(finished.container.id, settings.operation_id, asserted, seen));
  return {};
}

}  // namespace

Status StoreScan(store::Access& access, const FinishedScan& finished,
                 const ScanStorageSettings& settings) {
  ASSAY_TRY(const auto present, PresentChecks(access, finished.container.id));
  const std::vector<const Anomaly*> kept = AnomaliesToKeep(finished.scan, present);
  ASSAY_TRY(const int64_t scan_id,
            store::ContainerScans(access).Add(
                ToScanRecord(finished, settings.operation_id, kept.size()),
                ToMetrics(finished.scan, present)));
  ASSAY_RETURN_IF_ERROR(store::Measurements(access).Add(
      ToMeasurements(finished.scan, scan_id, present, settings.now)));
  ASSAY_RETURN_IF_ERROR(
      store::QualityChecks(access).RecordAssertions(ToAssertions(finished.scan), settings.now));
  const auto weights = Weights(finished);
  std::vector<store::NewAnomaly> found;
  for (const Anomaly* anomaly : kept) {
    found.push_back(ToRecord(*anomaly, finished, present, weights, settings, scan_id));
  }
  store::Anomalies anomalies(access);
  ASSAY_RETURN_IF_ERROR(RecogniseRepeated(anomalies, finished.container.id, settings, found));
  ASSAY_RETURN_IF_ERROR(anomalies.Add(found));
  if (settings.resolve_passed && finished.is_complete) {
    ASSAY_RETURN_IF_ERROR(ResolvePassed(anomalies, finished, settings));
  }
  if (finished.checkpoint) {
    ASSAY_RETURN_IF_ERROR(store::Containers(access).SetIncrementalCheckpoint(
        finished.container.id, *finished.checkpoint));
  }
  return {};
}

}  // namespace assay::operations
