#include "engine/duckdb/reference_measures.h"

#include "engine/duckdb/aggregate_values.h"

namespace assay::engine {
namespace {

/// The values over one container, each by itself.
Result<std::vector<Result<plan::Literal>>> MeasureAll(
    Session& session, const ReferencedDataset& reference,
    const std::vector<AggregateRequest>& requests, const RunContext& context) {
  ASSAY_TRY(const auto replaced, ReplaceAggregates(session, *reference.dataset,
                                                   *reference.schema, requests, -1, context));
  std::vector<Result<plan::Literal>> values;
  for (const Result<plan::Expression>& expression : replaced) {
    Result<plan::Literal> value =
        expression ? ValueOf(session, *expression)
                   : Result<plan::Literal>(std::unexpected(expression.error()));
    if (!value) value = FailWithin("in " + reference.dataset->name, value.error());
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace

Result<std::map<size_t, Result<plan::Literal>>> MeasureReferences(
    Session& session, const std::vector<plan::Check>& checks, const ScanOptions& options,
    const RunContext& context) {
  std::map<size_t, Result<plan::Literal>> values;
  std::map<std::string, std::vector<size_t>> by_reference;
  for (size_t i = 0; i < checks.size(); ++i) {
    const auto* comparison = std::get_if<plan::ComparisonCheck>(&checks[i].form);
    if (comparison == nullptr) continue;
    if (options.references.contains(comparison->reference)) {
      by_reference[comparison->reference].push_back(i);
    } else {
      values.emplace(i, Fail(ErrorKind::kUnsupported, "containers cannot be compared here"));
    }
  }
  for (const auto& [name, indexes] : by_reference) {
    std::vector<AggregateRequest> requests;
    for (const size_t i : indexes) {
      const auto& comparison = std::get<plan::ComparisonCheck>(checks[i].form);
      requests.push_back({comparison.reference_measure, comparison.reference_filter});
    }
    ASSAY_TRY(auto measured,
              MeasureAll(session, options.references.at(name), requests, context));
    for (size_t r = 0; r < indexes.size(); ++r)
      values.emplace(indexes[r], std::move(measured[r]));
  }
  return values;
}

}  // namespace assay::engine
