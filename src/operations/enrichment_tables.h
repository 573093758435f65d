// The tables of an enrichment datastore: their columns, and their rows for one scan.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/parquet_writer.h"
#include "operations/enrichment.h"

namespace assay::operations {

using EnrichmentRow = std::vector<engine::ParquetCell>;
using EnrichmentSink = std::function<Status(const EnrichmentRow&)>;

struct EnrichmentTable {
  std::string name;
  std::vector<engine::ParquetColumn> columns;
  /// Hands over the rows of a scan in a fixed order. Ends with the first failure of the sink.
  std::function<Status(const EnrichmentRun& run, const ContainerScan& scan,
                       const EnrichmentSink& sink)>
      write_rows;
};

/// A row for each check and file; one without a partition for a check that has no counts by
/// file. The result is that of the file for row checks with coverage 1, else that of the
/// container.
EnrichmentTable CheckMetricsTable();

/// A row for each check that an anomaly fails.
EnrichmentTable FailedChecksTable();

/// A row for each example of an anomaly. RECORD is the row as JSON text, CONTEXT the JSON
/// {"operation_id", "row_number", "failing_fields"}; row numbers count from 0 in the file.
EnrichmentTable SourceRecordsTable();

/// A row for each file, also those that could not be used, with the anomalies of single rows in
/// it; then one without a partition for the container, with the anomalies that no single file
/// owns and null RECORDS_PROCESSED, so that both columns can be summed.
EnrichmentTable ScanOperationsTable();

}  // namespace assay::operations
