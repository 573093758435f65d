#include "engine/duckdb/whole_checks.h"

#include <map>

#include "engine/duckdb/aggregate_values.h"
#include "engine/duckdb/group_sizes.h"
#include "engine/duckdb/measured_checks.h"
#include "engine/duckdb/reference_measures.h"
#include "plan/aggregates.h"

namespace assay::engine {
namespace {

/// The expression of a check whose aggregates are to be replaced; nullptr when it has none.
const plan::Expression* AggregatedExpression(const plan::Check& check) {
  if (const plan::Expression* measure = plan::MeasureOf(check.form)) return measure;
  const auto* row = std::get_if<plan::RowCheck>(&check.form);
  return row != nullptr && plan::HasAggregates(row->predicate) ? &row->predicate : nullptr;
}

/// Whether what a check says can be said of the rows that this scan sees.
Status CheckExtent(const plan::CheckForm& form, const ScanOptions& options) {
  if (std::holds_alternative<plan::ComparisonCheck>(form))
    return RequireWhole(options, "whole containers are compared");
  if (std::holds_alternative<plan::FreshnessCheck>(form) && plan::MeasureOf(form) != nullptr)
    return RequireWhole(options, "the last update is that of all rows");
  const auto* measure = std::get_if<plan::MeasureCheck>(&form);
  if (measure != nullptr && measure->change)
    return RequireWhole(options, "the change is that of the whole container");
  return {};
}

/// Finds the values that checks are about, and what they are compared with.
class Measuring {
 public:
  Measuring(Session& session, const Dataset& dataset, const DatasetSchema& schema,
            const ScanOptions& options, const RunContext& context, WholeChecks& whole)
      : session_(session),
        dataset_(dataset),
        schema_(schema),
        options_(options),
        context_(context),
        whole_(whole) {}

  Status Run() {
    std::vector<size_t> indexes;
    std::vector<AggregateRequest> requests;
    for (size_t i = 0; i < whole_.checks.size(); ++i) {
      const plan::Check& check = whole_.checks[i];
      const plan::Expression* expression = AggregatedExpression(check);
      if (expression == nullptr) continue;
      if (const Status allowed = CheckExtent(check.form, options_); !allowed) {
        whole_.refusals[i] = allowed.error().message;
        continue;
      }
      indexes.push_back(i);
      requests.push_back({*expression, check.filter});
    }
    if (requests.empty()) return {};
    ASSAY_TRY(const auto replaced, ReplaceAggregates(session_, dataset_, schema_, requests,
                                                     options_.max_rows_per_file, context_));
    ASSAY_TRY(references_, MeasureReferences(session_, Asked(indexes), options_, context_));
    for (size_t r = 0; r < requests.size(); ++r) {
      const size_t i = indexes[r];
      const Status finished =
          replaced[r] ? Finish(i, *replaced[r]) : Status(std::unexpected(replaced[r].error()));
      if (!finished) whole_.refusals[i] = finished.error().message;
    }
    return {};
  }

 private:
  /// All checks, with those that are not asked for left out.
  std::vector<plan::Check> Asked(const std::vector<size_t>& indexes) const {
    std::vector<plan::Check> asked(whole_.checks.size(),
                                   plan::Check{.form = plan::SchemaCheck{}});
    for (const size_t i : indexes) asked[i] = whole_.checks[i];
    return asked;
  }

  Status Finish(size_t i, const plan::Expression& value) {
    plan::CheckForm& form = whole_.checks[i].form;
    if (std::holds_alternative<plan::RowCheck>(form)) {
      form = plan::RowCheck{value};
      return {};
    }
    ASSAY_TRY(plan::Literal measure, ValueOf(session_, value));
    if (const auto* freshness = std::get_if<plan::FreshnessCheck>(&form)) {
      whole_.outcomes[i] = FreshnessOutcome(*freshness, std::move(measure));
    } else if (const auto* comparison = std::get_if<plan::ComparisonCheck>(&form)) {
      ASSAY_TRY(plan::Literal reference, std::move(references_.at(i)));
      whole_.outcomes[i] =
          ComparisonOutcome(*comparison, std::move(measure), std::move(reference),
                            options_.references.at(comparison->reference).dataset->name);
    } else {
      const auto earlier = options_.earlier_measures.find(i);
      whole_.outcomes[i] = MeasureOutcome(
          std::get<plan::MeasureCheck>(form), std::move(measure),
          earlier == options_.earlier_measures.end() ? std::nullopt
                                                     : std::optional(earlier->second));
    }
    return {};
  }

  Session& session_;
  const Dataset& dataset_;
  const DatasetSchema& schema_;
  const ScanOptions& options_;
  const RunContext& context_;
  WholeChecks& whole_;
  std::map<size_t, Result<plan::Literal>> references_;
};

void TellFreshnessOfFiles(const Dataset& dataset, WholeChecks& whole) {
  for (size_t i = 0; i < whole.checks.size(); ++i) {
    const auto* freshness = std::get_if<plan::FreshnessCheck>(&whole.checks[i].form);
    if (freshness == nullptr || freshness->last_update) continue;
    Result<CheckOutcome> outcome = FreshnessOfFiles(*freshness, dataset);
    if (outcome) {
      whole.outcomes[i] = *std::move(outcome);
    } else {
      whole.refusals[i] = outcome.error().message;
    }
  }
}

}  // namespace

Result<WholeChecks> RunWholeChecks(Session& session, const Dataset& dataset,
                                   const DatasetSchema& schema,
                                   const std::vector<plan::Check>& checks,
                                   const ScanOptions& options, const RunContext& context) {
  WholeChecks whole{.checks = checks,
                    .refusals = std::vector<std::string>(checks.size()),
                    .outcomes = std::vector<std::optional<CheckOutcome>>(checks.size())};
  ASSAY_RETURN_IF_ERROR(Measuring(session, dataset, schema, options, context, whole).Run());
  TellFreshnessOfFiles(dataset, whole);
  GroupSizes sizes(session, dataset, schema, options.max_rows_per_file);
  for (size_t i = 0; i < checks.size(); ++i) {
    const auto* group = std::get_if<plan::GroupSizeCheck>(&checks[i].form);
    if (group == nullptr || !group->key) continue;
    if (const Status added = sizes.Add(i, checks[i]); !added)
      whole.refusals[i] = added.error().message;
  }
  ASSAY_RETURN_IF_ERROR(sizes.Run(context, whole));
  return whole;
}

}  // namespace assay::engine
