#include "operations/reference_inference.h"

#include <fmt/format.h>

#include <algorithm>

#include "infer/verdict.h"

namespace assay::operations {
namespace {

ScanCheck CheckOf(const infer::ReferenceCandidate& candidate, NamedBy named_by, int64_t id) {
  ScanCheck check;
  check.id = id;
  check.definition.rule = "existsIn";
  check.definition.fields = {candidate.field};
  Json& properties = check.definition.properties;
  if (named_by == NamedBy::kId) {
    properties["ref_container_id"] = candidate.container_id;
  } else {
    properties["ref_container_name"] = candidate.container_name;
  }
  properties["field_name"] = candidate.key;
  check.definition.description = fmt::format("{} is found in {} of {}", candidate.field,
                                             candidate.key, candidate.container_name);
  return check;
}

/// The values of the field in the first rows that fail.
std::vector<Json> ExamplesOf(const ContainerScan& scan, size_t check,
                             const std::string& field) {
  std::vector<Json> examples;
  for (const Anomaly& anomaly : scan.anomalies) {
    const bool fails = std::ranges::any_of(
        anomaly.failed_checks, [&](const auto& failed) { return failed.check_index == check; });
    for (const SourceRecord& row : anomaly.source_records) {
      if (!fails || static_cast<int64_t>(examples.size()) >= infer::kMostExamples) break;
      if (row.record.contains(field))
        examples.push_back(Json::object({{field, row.record[field]}}));
    }
  }
  return examples;
}

}  // namespace

Result<std::vector<infer::InferredCheck>> TestReferences(engine::Session& session,
                                                         const ReferringContainer& container,
                                                         const OpenReference& open_reference,
                                                         Timestamp now,
                                                         const engine::RunContext& context) {
  std::vector<infer::InferredCheck> kept;
  std::vector<ScanCheck> checks;
  for (const infer::ReferenceCandidate& candidate : container.candidates)
    checks.push_back(
        CheckOf(candidate, container.named_by, static_cast<int64_t>(checks.size()) + 1));
  if (checks.empty()) return kept;
  ScanSettings settings;
  settings.high_count_rollup_threshold = 1;
  settings.source_record_limit = infer::kMostExamples;
  settings.open_reference = open_reference;
  ASSAY_TRY(const ContainerScan scan,
            ScanContainer(session, container.dataset, container.schema, checks, settings, now,
                          context));
  for (size_t i = 0; i < checks.size(); ++i) {
    const CheckResult& result = scan.checks[i];
    const engine::CheckCounts& counts = result.outcome.total;
    const infer::ReferenceCandidate& candidate = container.candidates[i];
    if (!result.error.empty() || !infer::Holds(candidate.min_holding_share, counts)) continue;
    const int64_t exceptions = counts.failing_rows;
    infer::InferredCheck& check = kept.emplace_back();
    check.definition = std::move(checks[i].definition);
    check.definition.coverage = 1;
    check.level = infer::kRelationLevel;
    check.fitted_rows = check.holdout_rows = counts.asserted_rows;
    check.holdout_exceptions = exceptions;
    check.examples = ExamplesOf(scan, i, candidate.field);
  }
  return kept;
}

}  // namespace assay::operations
