// The move of a datastore's enrichment to another prefix, as an operation.

#include <fmt/format.h>

#include "operations/enrichment_move.h"
#include "operations/enrichment_recovery.h"
#include "operations/jobs.h"
#include "operations/pending_commits.h"
#include "operations/requests.h"

namespace assay::operations {
namespace {

/// Every run below the prefix must be whole before it can be moved.
Status CompleteRuns(const DatastoreAccess& datastores, connectors::ResultWriter& writer,
                    const MoveRequest& request, JobContext& context) {
  ASSAY_TRY(const auto unpublished, store::EnrichmentCommits(context.database()).Unpublished());
  for (const store::EnrichmentCommitRecord& record : unpublished) {
    if (record.enrichment_datastore_id != request.enrichment_datastore_id ||
        record.prefix != request.from_prefix) {
      continue;
    }
    const Status published =
        PublishRecord(datastores, context.database(), record, context.now());
    if (published) continue;
    return Fail(
        published.error().kind,
        fmt::format("the enrichment of operation {} is not published yet; mend that, and "
                    "change the prefix back and anew: {}",
                    record.operation_id, published.error().message));
  }
  ASSAY_TRY(const PendingCommits pending,
            PublishPending(writer, request.from_prefix, context.stop()));
  if (pending.left.empty()) return {};
  return Fail(ErrorKind::kConflict, pending.warnings.front());
}

}  // namespace

JobKind MoveJob(const DatastoreAccess& datastores) {
  const auto run = [&datastores](JobContext& context) -> Result<JobOutcome> {
    ASSAY_TRY(const MoveRequest request,
              MoveRequest::JsonFields().Parse(context.operation().settings));
    ASSAY_TRY(const auto connector,
              datastores.Open(request.enrichment_datastore_id, context.stop()));
    if (connector->writer() == nullptr) {
      return Fail(ErrorKind::kUnsupported, "the enrichment datastore cannot be written to");
    }
    connectors::ResultWriter& writer = *connector->writer();
    ASSAY_RETURN_IF_ERROR(CompleteRuns(datastores, writer, request, context));
    const auto count = [&] {
      context.Count([](store::OperationCounters& counters) { ++counters.partitions_scanned; });
    };
    ASSAY_TRY(const int64_t files, MoveEnrichment(writer, request.from_prefix,
                                                  request.to_prefix, count, context.stop()));
    return JobOutcome{
        .message = fmt::format("moved {} files from {}{} to {}", files, writer.root_uri(),
                               EnrichmentFolder(request.from_prefix),
                               EnrichmentFolder(request.to_prefix)),
        .warnings = {}};
  };
  return {.type = kMoveType, .after_restart = AfterRestart::kRunAgain, .run = run};
}

}  // namespace assay::operations
