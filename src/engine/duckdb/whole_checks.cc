#include "engine/duckdb/whole_checks.h"

#include "engine/duckdb/aggregate_values.h"
#include "engine/duckdb/group_sizes.h"
#include "plan/aggregates.h"

namespace assay::engine {
namespace {

using Assertion = CheckOutcome::Assertion;

/// The expression of a check whose aggregates are to be replaced; nullptr when it has none.
const plan::Expression* AggregatedExpression(const plan::Check& check) {
  if (const auto* measure = std::get_if<plan::MeasureCheck>(&check.form))
    return &measure->measure;
  const auto* row = std::get_if<plan::RowCheck>(&check.form);
  return row != nullptr && plan::HasAggregates(row->predicate) ? &row->predicate : nullptr;
}

Result<CheckOutcome> MeasureOutcome(Session& session, const plan::MeasureCheck& check,
                                    const plan::Expression& value) {
  ASSAY_TRY(plan::Literal measure, ValueOf(session, value));
  CheckOutcome outcome;
  if (measure.kind != plan::LiteralKind::kNull) {
    outcome.assertion =
        plan::IsWithin(measure, check.min, check.max) ? Assertion::kPassed : Assertion::kFailed;
    outcome.detail = "measured " + measure.text;
  }
  outcome.measure = std::move(measure);
  return outcome;
}

Status ReplaceAll(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                  int64_t max_rows_per_file, const RunContext& context, WholeChecks& whole) {
  std::vector<size_t> indexes;
  std::vector<AggregateRequest> requests;
  for (size_t i = 0; i < whole.checks.size(); ++i) {
    const plan::Expression* expression = AggregatedExpression(whole.checks[i]);
    if (expression == nullptr) continue;
    indexes.push_back(i);
    requests.push_back({*expression, whole.checks[i].filter});
  }
  if (requests.empty()) return {};
  ASSAY_TRY(const auto replaced,
            ReplaceAggregates(session, dataset, schema, requests, max_rows_per_file, context));
  for (size_t r = 0; r < requests.size(); ++r) {
    const size_t i = indexes[r];
    plan::CheckForm& form = whole.checks[i].form;
    if (!replaced[r]) {
      whole.refusals[i] = replaced[r].error().message;
    } else if (const auto* measure = std::get_if<plan::MeasureCheck>(&form)) {
      Result<CheckOutcome> outcome = MeasureOutcome(session, *measure, *replaced[r]);
      if (outcome) {
        whole.outcomes[i] = *std::move(outcome);
      } else {
        whole.refusals[i] = outcome.error().message;
      }
    } else {
      form = plan::RowCheck{*replaced[r]};
    }
  }
  return {};
}

}  // namespace

Result<WholeChecks> RunWholeChecks(Session& session, const Dataset& dataset,
                                   const DatasetSchema& schema,
                                   const std::vector<plan::Check>& checks,
                                   int64_t max_rows_per_file, const RunContext& context) {
  WholeChecks whole{.checks = checks,
                    .refusals = std::vector<std::string>(checks.size()),
                    .outcomes = std::vector<std::optional<CheckOutcome>>(checks.size())};
  ASSAY_RETURN_IF_ERROR(
      ReplaceAll(session, dataset, schema, max_rows_per_file, context, whole));
  GroupSizes sizes(session, dataset, schema, max_rows_per_file);
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
