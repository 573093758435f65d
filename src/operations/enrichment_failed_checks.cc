#include "operations/enrichment_column.h"
#include "operations/enrichment_tables.h"

namespace assay::operations {
namespace {

struct FailedCheckRow {
  const EnrichmentRun& run;
  const ContainerScan& scan;
  const Anomaly& anomaly;
  const FailedCheck& failed;
  const ScanCheck& check;
};

Status VisitFailedChecks(const EnrichmentRun& run, const ContainerScan& scan,
                         const EnrichmentVisitor<FailedCheckRow>& visit) {
  for (const Anomaly& anomaly : scan.anomalies) {
    for (const FailedCheck& failed : anomaly.failed_checks) {
      ASSAY_RETURN_IF_ERROR(
          visit({run, scan, anomaly, failed, scan.checks[failed.check_index].check}));
    }
  }
  return {};
}

}  // namespace

EnrichmentTable FailedChecksTable() {
  using enum engine::ParquetColumnKind;
  using Row = FailedCheckRow;
  const auto null = [](const Row&) { return engine::ParquetCell(); };
  return DeclareTable<Row>(
      "failed_checks",
      {{"QUALITY_CHECK_ID", kInteger, [](const Row& row) { return row.check.id; }},
       {"ANOMALY_UUID", kText, [](const Row& row) { return row.anomaly.uuid; }},
       {"QUALITY_CHECK_MESSAGE", kText, [](const Row& row) { return row.failed.message; }},
       {"SUGGESTED_REMEDIATION_FIELD", kText, null},
       {"SUGGESTED_REMEDIATION_VALUE", kText, null},
       {"SUGGESTED_REMEDIATION_SCORE", kDouble, null},
       {"QUALITY_CHECK_RULE_TYPE", kText,
        [](const Row& row) { return row.check.definition.rule; }},
       {"QUALITY_CHECK_TAGS", kText, [](const Row& row) { return CommaList(row.check.tags); }},
       {"QUALITY_CHECK_PARAMETERS", kText,
        [](const Row& row) { return PrintJson(row.check.definition.properties); }},
       {"QUALITY_CHECK_DESCRIPTION", kText,
        [](const Row& row) { return row.check.definition.description; }},
       {"QUALITY_CHECK_FIELDS", kText,
        [](const Row& row) {
          return CommaList(row.scan.checks[row.failed.check_index].fields);
        }},
       {"QUALITY_CHECK_METADATA", kText,
        [](const Row& row) { return PrintJson(row.check.additional_metadata); }},
       {"ANOMALOUS_RECORDS_COUNT", kInteger,
        [](const Row& row) { return row.anomaly.anomalous_records_count; }},
       {"OPERATION_ID", kInteger, [](const Row& row) { return row.run.operation_id; }},
       {"DETECTED_TIME", kTimestamp, [](const Row& row) { return row.run.operation_time; }},
       {"SOURCE_CONTAINER", kText, [](const Row& row) { return row.scan.container; }},
       {"SOURCE_PARTITION", kText,
        [](const Row& row) { return TextOrNull(row.anomaly.relative_path); }},
       {"SOURCE_DATASTORE", kText, [](const Row& row) { return row.run.datastore_name; }},
       {"FINGERPRINT", kInteger, [](const Row& row) { return row.anomaly.fingerprint; }}},
      VisitFailedChecks);
}

}  // namespace assay::operations
