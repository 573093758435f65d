// Profile: statistics of every field, and the checks they suggest.

#include <fmt/format.h>

#include <algorithm>

#include "operations/check_synchronization.h"
#include "operations/container_masks.h"
#include "operations/container_opener.h"
#include "operations/job_report.h"
#include "operations/job_session.h"
#include "operations/jobs.h"
#include "operations/profile_json.h"
#include "operations/reference_inference.h"
#include "operations/reference_opener.h"
#include "operations/requests.h"
#include "operations/value_sketches.h"
#include "store/profiles.h"

namespace assay::operations {
namespace {

std::vector<store::FieldProfile> ToRecords(const std::vector<engine::FieldProfile>& fields) {
  std::vector<store::FieldProfile> records;
  for (const engine::FieldProfile& field : fields) {
    store::FieldProfile& record = records.emplace_back();
    record.name = field.field.name;
    record.position = static_cast<int64_t>(records.size()) - 1;
    record.field_type = plan::FieldTypeName(field.field.type);
    record.type_declared = field.field.origin == plan::TypeOrigin::kDeclared;
    record.completeness = field.completeness;
    record.record_count = field.record_count;
    record.null_count = field.null_count;
    record.approximate_distinct_values = field.approximate_distinct_values;
    record.profile = FieldProfileToJson(field);
  }
  return records;
}

class ProfileRun {
 public:
  ProfileRun(const DatastoreAccess& datastores, JobSession& session,
             const ProfileRequest& request, JobContext& context)
      : datastores_(datastores),
        session_(session),
        request_(request),
        context_(context),
        containers_(datastores, session, context),
        references_(containers_, session, context) {}

  Result<JobOutcome> Run() {
    ASSAY_TRY(auto selected, SelectContainers(session_.known, request_.container_names,
                                              request_.container_tags));
    if (selected.empty())
      report_.Note("there is no container to profile; sync the datastore first");
    if (finds_references()) {
      // Small ones are more often referred to, and must be known by then.
      std::ranges::stable_sort(selected, {}, &store::Container::size_bytes);
      ASSAY_TRY(const auto sketches,
                store::ValueSketches(context_.database()).OfDatastore(session_.datastore.id));
      known_keys_ = ToKnownContainers(sketches);
    }
    std::vector<int64_t> ids;
    for (const store::Container& container : selected) ids.push_back(container.id);
    ASSAY_RETURN_IF_ERROR(
        store::Operations(context_.database()).SetContainers(context_.operation().id, ids));
    context_.Count([&](store::OperationCounters& counters) {
      counters.total_containers = static_cast<int64_t>(selected.size());
    });
    int64_t succeeded = 0;
    for (const store::Container& container : selected) {
      if (context_.stop().stop_requested()) return Fail(ErrorKind::kCancelled, "stopped");
      const Status status = ProfileContainer(container);
      if (!status && status.error().kind == ErrorKind::kCancelled) {
        return std::unexpected(status.error());
      }
      if (status) {
        ++succeeded;
      } else {
        report_.Fail(container.name, status.error());
      }
      context_.Count(
          [&](store::OperationCounters& counters) { ++counters.containers_analyzed; });
    }
    return report_.Finish(succeeded);
  }

 private:
  bool infers() const { return request_.inference_threshold > 0; }
  bool finds_references() const {
    return request_.inference_threshold >= infer::kRelationLevel;
  }

  Status ProfileContainer(const store::Container& container) {
    ASSAY_TRY(const OpenedDataset opened,
              containers_.Open(container, request_.greater_than_time));
    if (opened.dataset.files.empty()) {
      report_.Warn(container.name + ": no file was modified since the time given");
      return {};
    }
    engine::ProfileOptions options;
    options.max_rows_per_file = request_.max_records_analyzed_per_partition;
    options.high_correlation_threshold = request_.high_correlation_threshold;
    options.histogram_max_distinct_values =
        static_cast<int>(request_.histogram_max_distinct_values);
    options.holdout_share = infers() ? request_.percent_testing_threshold : 0;
    const int64_t rows_before = context_.counters().records_processed;
    ASSAY_TRY(engine::ContainerProfile profile,
              engine::Profile(*session_.engine, opened.dataset, opened.schema, options,
                              CountingRows(context_)));
    std::vector<engine::FileFailure> failures = opened.schema.failures;
    failures.insert(failures.end(), profile.failures.begin(), profile.failures.end());
    report_.LeftOut(container.name, failures);
    report_.Remark(container.name, opened.schema.remarks);
    context_.Count([&](store::OperationCounters& counters) {
      counters.records_processed = rows_before + profile.record_count;
      counters.partitions_analyzed += static_cast<int64_t>(profile.files.size());
      counters.fields_profiled += static_cast<int64_t>(profile.fields.size());
    });

    std::vector<infer::InferredCheck> inferred;
    if (infers()) {
      ASSAY_TRY(inferred, InferChecks(container, opened, profile));
    }
    ASSAY_TRY(const auto tags, FindTags(container, opened, profile));
    ASSAY_TRY(const sensitive::Masks masks,
              MasksOf(datastores_.cipher(), context_.database(), session_.datastore,
                      container.id, tags.value_or(sensitive::FieldTags())));
    std::vector<infer::KnownField> keys;
    if (finds_references()) {
      keys = infer::KeysOf(profile.fields);
      std::erase_if(keys,
                    [&](const infer::KnownField& key) { return masks.Contains(key.name); });
      KnowKeys(container, keys);
      ASSAY_RETURN_IF_ERROR(InferReferences(container, opened, profile, inferred));
    }
    masks.Mask(profile);
    std::erase_if(inferred, [&](const infer::InferredCheck& check) {
      return HoldsMaskedValues(check.definition, masks);
    });
    for (infer::InferredCheck& check : inferred) {
      for (Json& example : check.examples) example = masks.Masked(std::move(example));
    }
    return Store(container, profile, failures, inferred, tags, keys);
  }

  /// Nothing when they could not be looked for, which costs them, not the profile, unless
  /// values are to be hidden by them.
  Result<std::optional<sensitive::FieldTags>> FindTags(
      const store::Container& container, const OpenedDataset& opened,
      const engine::ContainerProfile& profile) {
    auto tags = sensitive::FindTags(*session_.engine, opened.dataset, opened.schema,
                                    profile.fields, {context_.stop(), {}});
    if (tags) return *std::move(tags);
    if (tags.error().kind == ErrorKind::kCancelled || !session_.datastore.masking.empty())
      return std::unexpected(tags.error());
    report_.Warn(fmt::format("{}: sensitive fields were not looked for: {}", container.name,
                             tags.error().message));
    return std::nullopt;
  }

  /// Whether a proposed check would show values of masked fields: bounds, lists, patterns.
  static bool HoldsMaskedValues(const rules::CheckDefinition& definition,
                                const sensitive::Masks& masks) {
    return !definition.properties.empty() &&
           std::ranges::any_of(definition.fields,
                               [&](const std::string& field) { return masks.Contains(field); });
  }

  /// Inference that fails costs its checks, not the profile.
  Result<std::vector<infer::InferredCheck>> InferChecks(
      const store::Container& container, const OpenedDataset& opened,
      const engine::ContainerProfile& profile) {
    infer::InferenceOptions options;
    options.level = static_cast<int>(request_.inference_threshold);
    options.holdout_share = request_.percent_testing_threshold;
    options.max_holdout_rows = request_.max_count_testing_sample;
    auto inferred = infer::Infer(*session_.engine, opened.dataset, opened.schema, profile,
                                 options, context_.now(), {context_.stop(), {}});
    if (inferred || inferred.error().kind == ErrorKind::kCancelled) return inferred;
    report_.Warn(fmt::format("{}: no checks were inferred: {}", container.name,
                             inferred.error().message));
    report_.Note("inference failed for " + container.name);
    return std::vector<infer::InferredCheck>();
  }

  /// The keys of a container in place of those of its last profile.
  void KnowKeys(const store::Container& container, const std::vector<infer::KnownField>& keys) {
    constexpr size_t kMostKeys = 2000;  // 64 MiB
    std::erase_if(known_keys_, [&](const auto& known) { return known.id == container.id; });
    size_t count = keys.size();
    for (const infer::KnownContainer& known : known_keys_) count += known.keys.size();
    if (!keys.empty() && count <= kMostKeys)
      known_keys_.push_back({.id = container.id, .name = container.name, .keys = keys});
  }

  /// Adds to `inferred` which fields refer to known keys.
  Status InferReferences(const store::Container& container, const OpenedDataset& opened,
                         const engine::ContainerProfile& profile,
                         std::vector<infer::InferredCheck>& inferred) {
    auto candidates = infer::FindReferences(profile.fields, container.id, known_keys_);
    auto references = TestReferences(
        *session_.engine,
        {.dataset = opened.dataset, .schema = opened.schema, .candidates = candidates},
        [this](const rules::ContainerReference& named) { return references_.Open(named); },
        context_.now(), {context_.stop(), {}});
    if (!references && references.error().kind == ErrorKind::kCancelled)
      return std::unexpected(references.error());
    if (references) {
      std::ranges::move(*references, std::back_inserter(inferred));
    } else {
      report_.Warn(fmt::format("{}: references were not inferred: {}", container.name,
                               references.error().message));
    }
    return {};
  }

  Status Store(const store::Container& container, const engine::ContainerProfile& profile,
               const std::vector<engine::FileFailure>& failures,
               const std::vector<infer::InferredCheck>& inferred,
               const std::optional<sensitive::FieldTags>& tags,
               const std::vector<infer::KnownField>& keys) {
    store::ContainerProfile record;
    record.created = context_.now();
    record.container_id = container.id;
    record.operation_id = context_.operation().id;
    record.record_count = profile.record_count;
    record.total_record_count = profile.total_record_count;
    record.file_count = static_cast<int64_t>(profile.files.size());
    record.field_count = static_cast<int64_t>(profile.fields.size());
    for (const engine::FileFailure& failure : failures) {
      record.failures.push_back(
          fmt::format("{}: {}", failure.relative_path, failure.error.message));
    }
    SynchronizedChecks checks;
    ASSAY_RETURN_IF_ERROR(
        context_.database().InTransaction([&](store::Access& transaction) -> Status {
          // Excluded fields are not in this schema and keep their status.
          ASSAY_RETURN_IF_ERROR(
              store::FieldRecords(transaction)
                  .Synchronize(container.id, ToFieldRecords(profile.schema), context_.now()));
          ASSAY_RETURN_IF_ERROR(
              store::Profiles(transaction).Add(record, ToRecords(profile.fields)));
          if (tags) {
            ASSAY_RETURN_IF_ERROR(
                store::FieldTags(transaction)
                    .Propose(container.id, ToTagRecords(*tags), context_.now()));
          }
          if (finds_references()) {
            ASSAY_RETURN_IF_ERROR(
                store::ValueSketches(transaction).Replace(container.id, ToSketchRecords(keys)));
          }
          if (!infers()) return {};
          ASSAY_TRY(checks, SynchronizeChecks(transaction, container.id, inferred,
                                              {.level = request_.inference_threshold,
                                               .infer_as_draft = request_.infer_as_draft},
                                              context_.now()));
          return {};
        }));
    context_.Count([&](store::OperationCounters& counters) {
      counters.checks_synchronized += checks.synchronized;
      counters.checks_added += checks.added;
      counters.checks_updated += checks.updated;
    });
    return {};
  }

  const DatastoreAccess& datastores_;
  JobSession& session_;
  const ProfileRequest& request_;
  JobContext& context_;
  ContainerOpener containers_;
  ReferenceOpener references_;
  std::vector<infer::KnownContainer> known_keys_;  // of the datastore
  JobReport report_;
};

}  // namespace

JobKind ProfileJob(const DatastoreAccess& datastores, const OperationsOptions& options) {
  const auto run = [&datastores, options](JobContext& context) -> Result<JobOutcome> {
    ASSAY_TRY(const ProfileRequest request, ParseProfileRequest(context.operation().settings));
    ASSAY_TRY(JobSession session, OpenJobSession(datastores, options, context));
    return ProfileRun(datastores, session, request, context).Run();
  };
  return {.type = "profile", .after_restart = AfterRestart::kRunAgain, .run = run};
}

}  // namespace assay::operations
