// Scan: asserts the Active checks, stores what fails, and writes enrichment.

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "operations/check_records.h"
#include "operations/container_masks.h"
#include "operations/enrichment.h"
#include "operations/enrichment_recovery.h"
#include "operations/job_report.h"
#include "operations/job_session.h"
#include "operations/jobs.h"
#include "operations/measurements.h"
#include "operations/reference_opener.h"
#include "operations/requests.h"
#include "operations/scan_records.h"

namespace assay::operations {
namespace {

constexpr const char* kPublishedLater =
    "enrichment will be published by the next scan or start of the server: ";

bool IsMetadata(const store::QualityCheck& check) {
  const rules::RuleType* rule = rules::FindRuleType(check.rule_type);
  return rule != nullptr && rule->category == rules::CheckCategory::kMetadata;
}

/// Whether the request asks for checks of a category.
bool Asks(const ScanRequest& request, const char* category) {
  const auto& categories = request.check_categories;
  return categories.empty() || std::ranges::find(categories, category) != categories.end();
}

class ScanRun {
 public:
  ScanRun(const DatastoreAccess& datastores, JobSession& session, const ScanRequest& request,
          JobContext& context, const std::vector<std::string>& warnings)
      : datastores_(datastores),
        session_(session),
        request_(request),
        context_(context),
        containers_(datastores, session, context),
        references_(containers_, session, context) {
    for (const std::string& warning : warnings) report_.Warn(warning);
    const store::Datastore& datastore = session.datastore;
    settings_.max_rows_per_file = request.max_records_analyzed_per_partition;
    settings_.high_count_rollup_threshold =
        request.high_count_rollup_threshold.value_or(datastore.high_count_rollup_threshold);
    settings_.source_record_limit = request.enrichment_source_record_limit.value_or(
        datastore.enrichment_source_record_limit);
    settings_.variables = request.check_variables;
    settings_.open_reference = [this](const rules::ContainerReference& reference) {
      return references_.Open(reference);
    };
    settings_.find_earlier = [this](const ScanCheck& check, const plan::Change& change) {
      return FindEarlierMeasure(context_.database(), check, change, context_.operation().id,
                                context_.now());
    };
  }

  Result<JobOutcome> Run() {
    ASSAY_RETURN_IF_ERROR(ScanAll());
    std::optional<EnrichmentCommit> commit;
    std::unique_ptr<connectors::Connector> enrichment;
    if (session_.datastore.enrichment_datastore_id && !finished_.empty()) {
      const Status status = StageAll(enrichment, commit);
      if (!status && status.error().kind == ErrorKind::kCancelled) {
        return std::unexpected(status.error());
      }
      if (!status) GoOnWithoutEnrichment(status.error());
    }
    if (context_.stop().stop_requested()) {
      if (commit) DiscardStaged(*enrichment->writer(), *commit);
      return Fail(ErrorKind::kCancelled, "stopped");
    }
    if (const Status stored = StoreAll(commit); !stored) {
      if (commit) DiscardStaged(*enrichment->writer(), *commit);
      return std::unexpected(stored.error());
    }
    if (commit) Publish(*enrichment->writer(), *commit);
    return report_.Finish(static_cast<int64_t>(succeeded_));
  }

 private:
  Status ScanAll() {
    ASSAY_TRY(const auto selected, SelectContainers(session_.known, request_.container_names,
                                                    request_.container_tags));
    if (selected.empty())
      report_.Note("there is no container to scan; sync the datastore first");
    std::vector<int64_t> ids;
    for (const store::Container& container : selected) ids.push_back(container.id);
    ASSAY_RETURN_IF_ERROR(
        store::Operations(context_.database()).SetContainers(context_.operation().id, ids));
    context_.Count([&](store::OperationCounters& counters) {
      counters.total_containers = static_cast<int64_t>(selected.size());
    });
    for (const store::Container& container : selected) {
      if (context_.stop().stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
      const Status status = ScanOne(container);
      if (!status && status.error().kind == ErrorKind::kCancelled) return status;
      if (status) {
        ++succeeded_;
      } else {
        report_.Fail(container.name, status.error());
      }
      context_.Count(
          [&](store::OperationCounters& counters) { ++counters.containers_analyzed; });
    }
    if (without_checks_ > 0 && without_checks_ == selected.size()) {
      report_.Note("nothing was scanned: there are no active checks");
    }
    return {};
  }

  /// Time up to which files were scanned before, for an incremental scan.
  std::optional<Timestamp> Baseline(const store::Container& container) const {
    if (request_.greater_than_time) return request_.greater_than_time;
    return request_.incremental ? container.incremental_checkpoint : std::nullopt;
  }

  Result<std::vector<store::QualityCheck>> ChecksOf(const store::Container& container) {
    ASSAY_TRY(auto checks, store::QualityChecks(context_.database()).ActiveOf(container.id));
    std::erase_if(checks, [&](const store::QualityCheck& check) {
      return !Asks(request_, IsMetadata(check) ? "metadata" : "data_integrity");
    });
    return checks;
  }

  Status ScanOne(const store::Container& container) {
    FinishedScan finished;
    finished.container = container;
    ASSAY_TRY(finished.checks, ChecksOf(container));
    if (finished.checks.empty()) {
      report_.Warn(container.name + ": has no active checks");
      ++without_checks_;
      return {};
    }
    const int64_t rows_before = context_.counters().records_processed;
    const std::optional<Timestamp> baseline = Baseline(container);
    std::vector<store::QualityCheck> of_whole;
    if (baseline) {
      // What is new says nothing of how much there is in all, and of how old it is.
      const auto metadata =
          std::ranges::stable_partition(finished.checks, std::not_fn(IsMetadata));
      of_whole.assign(metadata.begin(), metadata.end());
      finished.checks.erase(metadata.begin(), metadata.end());
    }
    if (!finished.checks.empty()) ASSAY_RETURN_IF_ERROR(Scan(baseline, finished));
    if (!of_whole.empty()) ASSAY_RETURN_IF_ERROR(AddOfWhole(std::move(of_whole), finished));
    if (finished.scan.checks.empty()) return {};
    finished.scan.container_id = container.id;
    Report(finished);
    context_.Count([&](store::OperationCounters& counters) {
      counters.records_processed = rows_before + finished.scan.record_count;
      counters.partitions_scanned += static_cast<int64_t>(finished.scan.files.size());
      counters.anomalies_identified += static_cast<int64_t>(finished.scan.anomalies.size());
    });
    finished_.push_back(std::move(finished));
    return {};
  }

  /// Runs the checks over the container, or what is newer than the baseline. Leaves `finished`
  /// without checks when nothing is.
  Status Scan(const std::optional<Timestamp>& baseline, FinishedScan& finished) {
    const store::Container& container = finished.container;
    ASSAY_TRY(const OpenedDataset opened, containers_.Open(container, baseline));
    if (opened.dataset.files.empty()) {
      report_.Warn(container.name + ": no file was modified since the last scan");
      finished.checks.clear();
      return {};
    }
    std::vector<ScanCheck> checks;
    for (const store::QualityCheck& check : finished.checks)
      checks.push_back(ToScanCheck(check));
    ASSAY_TRY(settings_.masks,
              FindMasks(datastores_.cipher(), context_.database(), session_.datastore,
                        container.id, *session_.engine, opened, context_.stop()));
    settings_.extent = opened.extent;
    ASSAY_TRY(finished.scan,
              ScanContainer(*session_.engine, opened.dataset, opened.schema, checks, settings_,
                            context_.now(), CountingRows(context_)));
    report_.Remark(container.name, opened.schema.remarks);
    const bool all_was_read = settings_.max_rows_per_file < 0 && finished.scan.failures.empty();
    finished.is_complete =
        opened.extent == engine::ScanOptions::Extent::kWhole && all_was_read;
    if (request_.incremental && all_was_read && Asks(request_, "data_integrity")) {
      finished.checkpoint = container.incremental_checkpoint;
      for (const engine::DataFile& file : opened.dataset.files) {
        finished.checkpoint =
            std::max(finished.checkpoint.value_or(file.last_modified), file.last_modified);
      }
    }
    return {};
  }

  /// Adds checks that are asserted over the whole container to the scan of a part.
  Status AddOfWhole(std::vector<store::QualityCheck> checks, FinishedScan& finished) {
    FinishedScan of_whole;
    of_whole.container = finished.container;
    of_whole.checks = std::move(checks);
    ASSAY_RETURN_IF_ERROR(Scan(std::nullopt, of_whole));
    std::ranges::move(of_whole.checks, std::back_inserter(finished.checks));
    AppendScan(finished.scan, std::move(of_whole.scan));
    return {};
  }

  void Report(const FinishedScan& finished) {
    report_.LeftOut(finished.container.name, finished.scan.failures);
    size_t broken = 0;
    for (const CheckResult& result : finished.scan.checks) {
      if (result.error.empty()) continue;
      ++broken;
      report_.Warn(fmt::format("{}: check {} ({}) could not be asserted: {}",
                               finished.container.name, result.check.id,
                               result.check.definition.rule, result.error));
    }
    if (broken > 0) {
      report_.Note(fmt::format("{}: {} could not be asserted", finished.container.name,
                               broken == 1 ? "1 check" : fmt::format("{} checks", broken)));
    }
  }

  /// The results are kept, but what the enrichment lacks is to be scanned again.
  void GoOnWithoutEnrichment(const Error& error) {
    bool would_advance = false;
    for (FinishedScan& finished : finished_) {
      would_advance = would_advance || finished.checkpoint;
      finished.checkpoint.reset();
    }
    report_.Note("enrichment was not written: " + error.message +
                 (would_advance ? "; the next incremental scan reads these files again" : ""));
  }

  Status StageAll(std::unique_ptr<connectors::Connector>& enrichment,
                  std::optional<EnrichmentCommit>& commit) {
    const store::Datastore& datastore = session_.datastore;
    ASSAY_TRY(enrichment,
              datastores_.Open(*datastore.enrichment_datastore_id, context_.stop()));
    if (enrichment->writer() == nullptr) {
      return Fail(ErrorKind::kUnsupported, "the enrichment datastore cannot be written to");
    }
    ASSAY_TRY(prefix_, EnrichmentPrefix(datastore));
    EnrichmentRun run;
    run.operation_id = context_.operation().id;
    run.datastore_id = datastore.id;
    run.datastore_name = datastore.name;
    run.prefix = prefix_;
    run.operation_time = context_.now();
    run.incremental = request_.incremental;
    run.max_rows_analyzed = settings_.max_rows_per_file;
    run.source_record_limit = settings_.source_record_limit;
    run.temporary_directory = session_.temporary_directory;
    // A run that was recorded is only published again, so nothing of this one can be there.
    ASSAY_RETURN_IF_ERROR(CheckRunIsNew(*enrichment->writer(), run, context_.stop()));
    std::vector<ContainerScan> scans;
    for (const FinishedScan& finished : finished_) scans.push_back(finished.scan);
    ASSAY_TRY(commit, StageEnrichment(*enrichment->writer(), run, scans, context_.stop()));
    return {};
  }

  /// All results and the commit of their enrichment in one transaction: either both are
  /// remembered or neither is.
  Status StoreAll(const std::optional<EnrichmentCommit>& commit) {
    ScanStorageSettings storage;
    storage.operation_id = context_.operation().id;
    storage.now = context_.now();
    storage.source_enriched = commit.has_value();
    storage.archive_duplicates = request_.archive_duplicate_anomalies;
    storage.reactivate_recurring = request_.reactivate_recurring_anomalies;
    storage.resolve_passed = request_.auto_resolve_passed_anomalies && !request_.incremental;
    return context_.database().InTransaction([&](store::Access& transaction) -> Status {
      for (const FinishedScan& finished : finished_) {
        ASSAY_RETURN_IF_ERROR(StoreScan(transaction, finished, storage));
      }
      if (!commit) return {};
      store::EnrichmentCommitRecord record;
      record.operation_id = context_.operation().id;
      record.enrichment_datastore_id = *session_.datastore.enrichment_datastore_id;
      record.prefix = prefix_;
      record.commit = commit->ToJson();
      record.created = context_.now();
      return store::EnrichmentCommits(transaction).Put(record);
    });
  }

  /// From here on the run is remembered: what fails is made up for later, whatever happens.
  void Publish(connectors::ResultWriter& writer, const EnrichmentCommit& commit) {
    Status status = PublishEnrichment(writer, commit);
    if (status) {
      status = store::EnrichmentCommits(context_.database())
                   .MarkPublished(commit.operation_id, context_.now());
    }
    if (!status) {
      report_.Note(kPublishedLater + status.error().message);
    }
  }

  const DatastoreAccess& datastores_;
  JobSession& session_;
  const ScanRequest& request_;
  JobContext& context_;
  ContainerOpener containers_;
  ReferenceOpener references_;
  ScanSettings settings_;
  JobReport report_;
  std::string prefix_;
  std::vector<FinishedScan> finished_;
  size_t succeeded_ = 0, without_checks_ = 0;
};

/// A run whose results are in the store already, because the process died between storing and
/// ending it: nothing is left but to publish.
Result<JobOutcome> FinishEarlierRun(const DatastoreAccess& datastores,
                                    const store::EnrichmentCommitRecord& recorded,
                                    JobContext& context) {
  const int64_t id = context.operation().id;
  ASSAY_TRY(const auto scans, store::ContainerScans(context.database()).OfOperation(id));
  context.Count([&](store::OperationCounters& counters) {
    counters = {};
    counters.total_containers = counters.containers_analyzed =
        static_cast<int64_t>(scans.size());
    for (const store::ContainerScan& scan : scans) {
      counters.partitions_scanned += scan.partitions_scanned;
      counters.records_processed += scan.records_processed;
      counters.anomalies_identified += scan.anomaly_count;
    }
  });
  JobReport report;
  const Status published =
      PublishRecord(datastores, context.database(), recorded, context.now());
  if (!published) report.Note(kPublishedLater + published.error().message);
  for (const store::ContainerScan& scan : scans) {
    for (const std::string& failure : scan.failures) {
      report.Warn(scan.container_name + ": " + failure);
    }
  }
  return report.Finish(static_cast<int64_t>(scans.size()));
}

}  // namespace

JobKind ScanJob(const DatastoreAccess& datastores, const OperationsOptions& options) {
  const auto run = [&datastores, options](JobContext& context) -> Result<JobOutcome> {
    ASSAY_TRY(const ScanRequest request, ParseScanRequest(context.operation().settings));
    const auto recorded =
        store::EnrichmentCommits(context.database()).Get(context.operation().id);
    if (recorded) return FinishEarlierRun(datastores, *recorded, context);
    ASSAY_TRY(JobSession session, OpenJobSession(datastores, options, context));
    // What an earlier scan could not publish comes first, so that runs appear in their order.
    const std::vector<std::string> warnings = PublishRecorded(
        datastores, context.database(), store::EnrichmentCommits::Of::kEndedOperations,
        context.now(), context.stop());
    return ScanRun(datastores, session, request, context, warnings).Run();
  };
  return {.type = "scan", .after_restart = AfterRestart::kRunAgain, .run = run};
}

std::vector<JobKind> AllJobs(const DatastoreAccess& datastores,
                             const OperationsOptions& options) {
  return {SyncJob(datastores, options), ProfileJob(datastores, options),
          ScanJob(datastores, options), MoveJob(datastores)};
}

}  // namespace assay::operations
