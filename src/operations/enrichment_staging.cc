#include <fmt/format.h>

#include <filesystem>

#include "operations/enrichment.h"
#include "operations/enrichment_tables.h"
#include "operations/temporary_directory.h"

namespace assay::operations {
namespace {

/// Writes the rows of one table to parts and stages each when it is full.
class TableStager {
 public:
  TableStager(connectors::ResultWriter& writer, const EnrichmentRun& run,
              const EnrichmentTable& table, const TemporaryDirectory& directory,
              std::vector<connectors::StagedFile>& staged, std::stop_token stop)
      : writer_(writer),
        run_(run),
        table_(table),
        directory_(directory),
        staged_(staged),
        stop_(std::move(stop)) {}

  Status Add(const EnrichmentRow& row) {
    if (stop_.stop_requested())
      return Fail(ErrorKind::kCancelled, "stopped while writing enrichment");
    if (!part_) ASSAY_RETURN_IF_ERROR(StartPart());
    ASSAY_RETURN_IF_ERROR(part_->Append(row));
    return part_->value_bytes() >= run_.max_part_bytes ? StagePart() : Status();
  }

  Status Finish() {
    if (part_count_ == 0) ASSAY_RETURN_IF_ERROR(StartPart());
    return part_ ? StagePart() : Status();
  }

 private:
  Status StartPart() {
    local_path_ =
        fmt::format("{}/{}-{}.parquet", directory_.path(), table_.name, ++part_count_);
    ASSAY_TRY(part_, engine::ParquetWriter::Open(local_path_, table_.columns));
    return {};
  }

  Status StagePart() {
    ASSAY_RETURN_IF_ERROR(part_->Finish());
    part_.reset();
    const std::string path = fmt::format("{}/{}/operation_date={}/op-{}-part-{}.parquet",
                                         EnrichmentFolder(run_.prefix), table_.name,
                                         FormatTimestamp(run_.operation_time).substr(0, 10),
                                         run_.operation_id, part_count_);
    ASSAY_TRY(connectors::StagedFile file, writer_.Stage(path, local_path_, stop_));
    staged_.push_back(std::move(file));
    std::error_code ignored;  // the directory is removed in the end
    std::filesystem::remove(local_path_, ignored);
    return {};
  }

  connectors::ResultWriter& writer_;
  const EnrichmentRun& run_;
  const EnrichmentTable& table_;
  const TemporaryDirectory& directory_;
  std::vector<connectors::StagedFile>& staged_;
  std::stop_token stop_;
  std::unique_ptr<engine::ParquetWriter> part_;
  std::string local_path_;
  int part_count_ = 0;
};

Status StageTables(connectors::ResultWriter& writer, const EnrichmentRun& run,
                   const std::vector<ContainerScan>& scans,
                   std::vector<connectors::StagedFile>& staged, std::stop_token stop) {
  ASSAY_TRY(const TemporaryDirectory directory,
            TemporaryDirectory::Make(run.temporary_directory, "assay-enrichment"));
  for (const EnrichmentTable& table : {CheckMetricsTable(), FailedChecksTable(),
                                       SourceRecordsTable(), ScanOperationsTable()}) {
    TableStager stager(writer, run, table, directory, staged, stop);
    for (const ContainerScan& scan : scans) {
      ASSAY_RETURN_IF_ERROR(table.write_rows(
          run, scan, [&](const EnrichmentRow& row) { return stager.Add(row); }));
    }
    ASSAY_RETURN_IF_ERROR(stager.Finish());
  }
  return {};
}

}  // namespace

Result<EnrichmentCommit> StageEnrichment(connectors::ResultWriter& writer,
                                         const EnrichmentRun& run,
                                         const std::vector<ContainerScan>& scans,
                                         std::stop_token stop) {
  if (EnrichmentFolder(run.prefix).empty())
    return Fail(ErrorKind::kInvalidInput, "enrichment needs a prefix");
  EnrichmentCommit commit{.operation_id = run.operation_id,
                          .commit_path = CommitPath(run.prefix, run.operation_id),
                          .files = {}};
  if (Status status = StageTables(writer, run, scans, commit.files, stop); !status) {
    DiscardStaged(writer, commit);
    return FailWithin("writing enrichment", status.error());
  }
  return commit;
}

}  // namespace assay::operations
