#include "operations/enrichment_column.h"
#include "operations/enrichment_tables.h"

namespace assay::operations {
namespace {

struct SourceRecordRow {
  const EnrichmentRun& run;
  const ContainerScan& scan;
  const Anomaly& anomaly;
  const SourceRecord& source;
};

Status VisitSourceRecords(const EnrichmentRun& run, const ContainerScan& scan,
                          const EnrichmentVisitor<SourceRecordRow>& visit) {
  for (const Anomaly& anomaly : scan.anomalies) {
    for (const SourceRecord& source : anomaly.source_records) {
      ASSAY_RETURN_IF_ERROR(visit({run, scan, anomaly, source}));
    }
  }
  return {};
}

}  // namespace

EnrichmentTable SourceRecordsTable() {
  using enum engine::ParquetColumnKind;
  using Row = SourceRecordRow;
  return DeclareTable<Row>(
      "source_records",
      {{"SOURCE_CONTAINER", kText, [](const Row& row) { return row.scan.container; }},
       {"SOURCE_PARTITION", kText, [](const Row& row) { return row.source.relative_path; }},
       {"ANOMALY_UUID", kText, [](const Row& row) { return row.anomaly.uuid; }},
       {"CONTEXT", kText,
        [](const Row& row) {
          return PrintJson({{"operation_id", row.run.operation_id},
                            {"row_number", row.source.row_number},
                            {"failing_fields", row.source.failing_fields}});
        }},
       {"RECORD", kText, [](const Row& row) { return PrintJson(row.source.record); }}},
      VisitSourceRecords);
}

}  // namespace assay::operations
