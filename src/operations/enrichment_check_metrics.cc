#include "operations/enrichment_column.h"
#include "operations/enrichment_tables.h"
#include "operations/scan_json.h"

namespace assay::operations {
namespace {

using Assertion = engine::CheckOutcome::Assertion;

struct MetricRow {
  const EnrichmentRun& run;
  const ContainerScan& scan;
  const CheckResult& check;
  const engine::FileSummary* file;  // nullptr: the container
  engine::CheckCounts counts;
  Assertion assertion;
};

Assertion AssertionOfFile(const CheckResult& check, const engine::CheckCounts& counts) {
  if (check.outcome.assertion == Assertion::kUnasserted || counts.asserted_rows == 0) {
    return Assertion::kUnasserted;
  }
  const bool is_judged_as_a_whole = check.anomaly_type == AnomalyType::kShape;
  if (is_judged_as_a_whole) return check.outcome.assertion;
  return counts.failing_rows > 0 ? Assertion::kFailed : Assertion::kPassed;
}

Status VisitMetrics(const EnrichmentRun& run, const ContainerScan& scan,
                    const EnrichmentVisitor<MetricRow>& visit) {
  for (const CheckResult& check : scan.checks) {
    const engine::CheckOutcome& outcome = check.outcome;
    if (outcome.by_file.empty()) {
      ASSAY_RETURN_IF_ERROR(
          visit({run, scan, check, nullptr, outcome.total, outcome.assertion}));
    }
    for (size_t i = 0; i < outcome.by_file.size(); ++i) {
      const engine::CheckCounts& counts = outcome.by_file[i];
      ASSAY_RETURN_IF_ERROR(
          visit({run, scan, check, &scan.files[i], counts, AssertionOfFile(check, counts)}));
    }
  }
  return {};
}

}  // namespace

EnrichmentTable CheckMetricsTable() {
  using enum engine::ParquetColumnKind;
  using Row = MetricRow;
  const auto partition = [](const Row& row) {
    return row.file == nullptr ? engine::ParquetCell()
                               : engine::ParquetCell(row.file->relative_path);
  };
  return DeclareTable<Row>(
      "check_metrics",
      {{"OPERATION_ID", kInteger, [](const Row& row) { return row.run.operation_id; }},
       {"CONTAINER_ID", kInteger, [](const Row& row) { return row.scan.container_id; }},
       {"SOURCE_DATASTORE", kText, [](const Row& row) { return row.run.datastore_name; }},
       {"SOURCE_CONTAINER", kText, [](const Row& row) { return row.scan.container; }},
       {"SOURCE_PARTITION", kText, partition},
       {"QUALITY_CHECK_ID", kInteger, [](const Row& row) { return row.check.check.id; }},
       {"ASSERTED_RECORDS_COUNT", kInteger,
        [](const Row& row) { return row.counts.asserted_rows; }},
       {"ANOMALOUS_RECORDS_COUNT", kInteger,
        [](const Row& row) { return row.counts.failing_rows; }},
       {"ASSERTION_RESULT", kText,
        [](const Row& row) { return std::string(AssertionName(row.assertion)); }},
       {"ASSERTION_DETAILS", kText,
        [](const Row& row) {
          return TextOrNull(row.check.error.empty() ? row.check.outcome.detail
                                                    : row.check.error);
        }},
       {"_QUALYTICS_SOURCE_PARTITION", kText, partition}},
      VisitMetrics);
}

}  // namespace assay::operations
