#include "operations/requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json.h"

namespace assay::operations {
namespace {

constexpr int64_t kMostRecords = 1'000'000'000;
constexpr int64_t kHighestLevel = 5;
constexpr std::array<std::string_view, 6> kEfforts = {"off",  "low",   "medium",
                                                      "high", "xhigh", "max"};

template <class T>
Status InRange(const char* key, T value, T low, T high) {
  // Written so that NaN is outside.
  if (value >= low && value <= high) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("{}: must be {} to {}", key, low, high));
}

Status RecordLimit(int64_t limit) {
  if (limit == -1) return {};
  return InRange<int64_t>("max_records_analyzed_per_partition", limit, 1, kMostRecords);
}

Status OneOf(const char* key, const std::vector<std::string>& values,
             const std::vector<std::string>& known) {
  for (const std::string& value : values) {
    if (std::ranges::find(known, value) == known.end()) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("{}: '{}' is not one of: {}", key,
                                                        value, fmt::join(known, ", ")));
    }
  }
  return {};
}

}  // namespace

const Fields<SyncRequest>& SyncRequest::JsonFields() {
  using R = SyncRequest;
  static const Fields<R> fields = {
      Optional("include", &R::include, "Tables and/or views; means nothing for files."),
      Optional("prune", &R::prune, "Delete known containers that vanished."),
      Optional("recreate", &R::recreate, "Bring back deleted containers that exist."),
  };
  return fields;
}

const Fields<ProfileRequest>& ProfileRequest::JsonFields() {
  using R = ProfileRequest;
  static const Fields<R> fields = {
      Optional("container_names", &R::container_names, "Containers to profile; empty: all."),
      Optional("container_tags", &R::container_tags, "Containers with any of these tags."),
      Optional("max_records_analyzed_per_partition", &R::max_records_analyzed_per_partition,
               "Rows of each file; -1: all."),
      Optional("inference_threshold", &R::inference_threshold,
               "Level of check inference, 0 (none) to 5."),
      Optional("ai_effort", &R::ai_effort,
               "The level in words: off, low, medium, high, xhigh, max."),
      Optional("infer_as_draft", &R::infer_as_draft, "New inferred checks are Draft."),
      Optional("max_count_testing_sample", &R::max_count_testing_sample,
               "Most held-out rows that inferred checks are tested on."),
      Optional("percent_testing_threshold", &R::percent_testing_threshold,
               "Share of rows held out."),
      Optional("high_correlation_threshold", &R::high_correlation_threshold,
               "Smallest |r| that is reported."),
      Optional("histogram_max_distinct_values", &R::histogram_max_distinct_values,
               "Fields with more distinct values have no histogram."),
      Optional("greater_than_time", &R::greater_than_time, "Only files modified later."),
      Optional("greater_than_batch", &R::greater_than_batch, "Means nothing for files."),
  };
  return fields;
}

const Fields<ScanRequest>& ScanRequest::JsonFields() {
  using R = ScanRequest;
  static const Fields<R> fields = {
      Optional("container_names", &R::container_names, "Containers to scan; empty: all."),
      Optional("container_tags", &R::container_tags, "Containers with any of these tags."),
      Optional("check_categories", &R::check_categories,
               "metadata, data_integrity; empty: both."),
      Optional("incremental", &R::incremental,
               "Only files modified since the last incremental scan."),
      Optional("max_records_analyzed_per_partition", &R::max_records_analyzed_per_partition,
               "Rows of each file; -1: all."),
      Optional("enrichment_source_record_limit", &R::enrichment_source_record_limit,
               "Source records kept for each anomaly."),
      Optional("high_count_rollup_threshold", &R::high_count_rollup_threshold,
               "Failing rows of a check above which they are one anomaly."),
      Optional("archive_duplicate_anomalies", &R::archive_duplicate_anomalies,
               "An anomaly equal to an open one is stored as Duplicate."),
      Optional("reactivate_recurring_anomalies", &R::reactivate_recurring_anomalies,
               "An archived anomaly that appears again is open again."),
      Optional("auto_resolve_passed_anomalies", &R::auto_resolve_passed_anomalies,
               "Open anomalies that a full scan no longer finds become Resolved."),
      Optional("check_variables", &R::check_variables, "Values for {{ placeholders }}."),
      Optional("greater_than_time", &R::greater_than_time, "Only files modified later."),
      Optional("greater_than_batch", &R::greater_than_batch, "Means nothing for files."),
      Optional("remediation", &R::remediation, "none."),
  };
  return fields;
}

const Fields<MoveRequest>& MoveRequest::JsonFields() {
  using R = MoveRequest;
  static const Fields<R> fields = {
      Required("enrichment_datastore_id", &R::enrichment_datastore_id, "Where the tables are."),
      Required("from_prefix", &R::from_prefix, "The prefix so far."),
      Required("to_prefix", &R::to_prefix, "The new one."),
  };
  return fields;
}

Result<SyncRequest> ParseSyncRequest(const Json& body) {
  return SyncRequest::JsonFields().Parse(body, UnknownKeys::kIgnore);
}

Result<ProfileRequest> ParseProfileRequest(const Json& body) {
  ASSAY_TRY(ProfileRequest request,
            ProfileRequest::JsonFields().Parse(body, UnknownKeys::kIgnore));
  if (request.ai_effort) {
    const auto effort = std::ranges::find(kEfforts, *request.ai_effort);
    if (effort == kEfforts.end()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("ai_effort: must be one of: {}", fmt::join(kEfforts, ", ")));
    }
    request.inference_threshold = effort - kEfforts.begin();
  }
  ASSAY_RETURN_IF_ERROR(RecordLimit(request.max_records_analyzed_per_partition));
  ASSAY_RETURN_IF_ERROR(
      InRange<int64_t>("inference_threshold", request.inference_threshold, 0, kHighestLevel));
  ASSAY_RETURN_IF_ERROR(InRange<int64_t>("max_count_testing_sample",
                                         request.max_count_testing_sample, 1, 100'000));
  ASSAY_RETURN_IF_ERROR(
      InRange("percent_testing_threshold", request.percent_testing_threshold, 0.0, 0.9));
  ASSAY_RETURN_IF_ERROR(
      InRange("high_correlation_threshold", request.high_correlation_threshold, 0.0, 1.0));
  ASSAY_RETURN_IF_ERROR(InRange<int64_t>("histogram_max_distinct_values",
                                         request.histogram_max_distinct_values, 1, 1000));
  return request;
}

Result<ScanRequest> ParseScanRequest(const Json& body) {
  ASSAY_TRY(ScanRequest request, ScanRequest::JsonFields().Parse(body, UnknownKeys::kIgnore));
  ASSAY_RETURN_IF_ERROR(RecordLimit(request.max_records_analyzed_per_partition));
  ASSAY_RETURN_IF_ERROR(
      OneOf("check_categories", request.check_categories, {"metadata", "data_integrity"}));
  if (request.enrichment_source_record_limit) {
    ASSAY_RETURN_IF_ERROR(InRange<int64_t>("enrichment_source_record_limit",
                                           *request.enrichment_source_record_limit, 1,
                                           kMostRecords));
  }
  if (request.high_count_rollup_threshold) {
    ASSAY_RETURN_IF_ERROR(InRange<int64_t>("high_count_rollup_threshold",
                                           *request.high_count_rollup_threshold, 1, 1000));
  }
  if (request.remediation && *request.remediation != "none") {
    return Fail(ErrorKind::kUnsupported,
                "remediation: this version writes no remediation tables; leave it \"none\"");
  }
  return request;
}

Result<OperationRequest> ParseOperationRequest(const Json& body) {
  struct Head {
    std::string type;
    int64_t datastore_id = 0;
  };
  static const Fields<Head> head_fields = {
      Required("type", &Head::type, "sync, profile or scan"),
      Required("datastore_id", &Head::datastore_id, "the datastore to work on"),
  };
  ASSAY_TRY(const Head head, head_fields.Parse(body, UnknownKeys::kIgnore));
  OperationRequest request;
  request.type = head.type == "catalog" ? "sync" : head.type;
  request.datastore_id = head.datastore_id;
  if (request.type == "sync") {
    ASSAY_TRY(const SyncRequest sync, ParseSyncRequest(body));
    request.settings = SyncRequest::JsonFields().Print(sync);
  } else if (request.type == "profile") {
    ASSAY_TRY(const ProfileRequest profile, ParseProfileRequest(body));
    request.settings = ProfileRequest::JsonFields().Print(profile);
  } else if (request.type == "scan") {
    ASSAY_TRY(const ScanRequest scan, ParseScanRequest(body));
    request.settings = ScanRequest::JsonFields().Print(scan);
  } else {
    return Fail(
        ErrorKind::kUnsupported,
        fmt::format("type: this version runs sync, profile and scan, not {}", head.type));
  }
  return request;
}

bool ReadsIncrementally(const OperationRequest& request) {
  const auto is_given = [&](const char* key) {
    const auto found = request.settings.find(key);
    return found != request.settings.end() && !found->is_null() && *found != false;
  };
  return is_given("incremental") || is_given("greater_than_time") ||
         is_given("greater_than_batch");
}

}  // namespace assay::operations
