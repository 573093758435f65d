#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <optional>

#include "operations/enrichment_column.h"
#include "operations/enrichment_tables.h"

namespace assay::operations {
namespace {

struct PartitionRow {
  const EnrichmentRun& run;
  const ContainerScan& scan;
  std::string partition;  // empty: the container
  std::optional<int64_t> records_processed;
  int64_t anomaly_count = 0;
  bool has_failed = false;
  std::string message;
};

std::string ContainerMessage(const ContainerScan& scan) {
  size_t checks_not_run = 0;
  for (const CheckResult& check : scan.checks) checks_not_run += check.error.empty() ? 0 : 1;
  std::vector<std::string> parts;
  if (!scan.failures.empty())
    parts.push_back(fmt::format("{} files left out", scan.failures.size()));
  if (checks_not_run > 0)
    parts.push_back(fmt::format("{} checks could not run", checks_not_run));
  return fmt::format("{}", fmt::join(parts, "; "));
}

Status VisitPartitions(const EnrichmentRun& run, const ContainerScan& scan,
                       const EnrichmentVisitor<PartitionRow>& visit) {
  std::map<std::string, int64_t> anomaly_counts;  // by file, "" for those of none
  for (const Anomaly& anomaly : scan.anomalies) ++anomaly_counts[anomaly.relative_path];
  for (const engine::FileSummary& file : scan.files) {
    ASSAY_RETURN_IF_ERROR(visit({run, scan, file.relative_path, file.row_count,
                                 anomaly_counts[file.relative_path], false, ""}));
  }
  for (const engine::FileFailure& failure : scan.failures) {
    ASSAY_RETURN_IF_ERROR(
        visit({run, scan, failure.relative_path, 0, 0, true, failure.error.message}));
  }
  return visit({run, scan, "", std::nullopt, anomaly_counts[""], !scan.failures.empty(),
                ContainerMessage(scan)});
}

}  // namespace

EnrichmentTable ScanOperationsTable() {
  using enum engine::ParquetColumnKind;
  using Row = PartitionRow;
  return DeclareTable<Row>(
      "scan_operations",
      {{"OPERATION_ID", kInteger, [](const Row& row) { return row.run.operation_id; }},
       {"DATASTORE_ID", kInteger, [](const Row& row) { return row.run.datastore_id; }},
       {"CONTAINER_ID", kInteger, [](const Row& row) { return row.scan.container_id; }},
       {"PARTITION_NAME", kText, [](const Row& row) { return TextOrNull(row.partition); }},
       {"INCREMENTAL", kBoolean, [](const Row& row) { return row.run.incremental; }},
       {"RECORDS_PROCESSED", kInteger,
        [](const Row& row) {
          return row.records_processed ? engine::ParquetCell(*row.records_processed)
                                       : engine::ParquetCell();
        }},
       {"ENRICHMENT_SOURCE_RECORD_LIMIT", kInteger,
        [](const Row& row) { return row.run.source_record_limit; }},
       {"MAX_RECORDS_ANALYZED", kInteger,
        [](const Row& row) { return row.run.max_rows_analyzed; }},
       {"ANOMALY_COUNT", kInteger, [](const Row& row) { return row.anomaly_count; }},
       {"START_TIME", kTimestamp, [](const Row& row) { return row.scan.start_time; }},
       {"END_TIME", kTimestamp, [](const Row& row) { return row.scan.end_time; }},
       {"RESULT", kText,
        [](const Row& row) { return std::string(row.has_failed ? "failure" : "success"); }},
       {"MESSAGE", kText, [](const Row& row) { return TextOrNull(row.message); }}},
      VisitPartitions);
}

}  // namespace assay::operations
