#include "operations/check_trial.h"

#include <algorithm>

#include "operations/check_records.h"
#include "operations/container_masks.h"
#include "operations/job_session.h"
#include "operations/reference_opener.h"

namespace assay::operations {

Result<ContainerScan> TryCheck(const DatastoreAccess& datastores,
                               const OperationsOptions& options,
                               const store::QualityCheck& check,
                               const CheckTrialSettings& settings, JobContext& context) {
  ASSAY_TRY(JobSession session, OpenJobSession(datastores, options, context));
  ContainerOpener containers(datastores, session, context);
  ReferenceOpener references(containers, session, context);
  ASSAY_TRY(const auto container,
            store::Containers(context.database()).Get(check.container_id));
  ASSAY_TRY(const OpenedDataset opened, containers.Open(container));
  ScanSettings scan;
  scan.max_rows_per_file = settings.max_rows_per_file;
  scan.high_count_rollup_threshold = session.datastore.high_count_rollup_threshold;
  scan.source_record_limit =
      std::min(session.datastore.enrichment_source_record_limit, kMostTrialExamples);
  scan.variables = settings.variables;
  scan.open_reference = [&](const rules::ContainerReference& reference) {
    return references.Open(reference);
  };
  ASSAY_TRY(scan.masks,
            FindMasks(datastores.cipher(), context.database(), session.datastore, container.id,
                      *session.engine, opened, context.stop()));
  return ScanContainer(*session.engine, opened.dataset, opened.schema, {ToScanCheck(check)},
                       scan, context.now(), {context.stop(), {}});
}

}  // namespace assay::operations
