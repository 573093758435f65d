#include "operations/masked_outcome.h"

#include <algorithm>
#include <utility>

#include "plan/aggregates.h"

namespace assay::operations {
namespace {

/// Whether the value says only how many there are of something.
bool OnlyCounts(const plan::Expression& measure) {
  using Kind = plan::Expression::Kind;
  if (measure.kind() == Kind::kColumn) return false;
  if (measure.kind() == Kind::kCall && measure.name().find("count") != std::string::npos)
    return true;
  return std::ranges::all_of(measure.arguments(), OnlyCounts);
}

/// Whether `detail` and `measure` may hold values of the data.
bool HoldsValues(const plan::CheckForm& form) {
  const auto* comparison = std::get_if<plan::ComparisonCheck>(&form);
  if (comparison != nullptr && !OnlyCounts(comparison->reference_measure)) return true;
  if (const plan::Expression* measure = plan::MeasureOf(form)) return !OnlyCounts(*measure);
  const auto* groups = std::get_if<plan::GroupSizeCheck>(&form);
  return groups != nullptr && groups->key.has_value();
}

/// Whether the check is about a masked field, here or in the container that it compares with.
bool IsAboutMasked(const rules::CompiledCheck& check, const sensitive::Masks& masks) {
  const auto is_masked = [&](const std::string& field) { return masks.Contains(field); };
  const auto* comparison = std::get_if<plan::ComparisonCheck>(&check.plan.form);
  return std::ranges::any_of(check.fields, is_masked) ||
         (comparison != nullptr &&
          std::ranges::any_of(comparison->reference_measure.FieldNames(), is_masked));
}

}  // namespace

Json MaskedReturn(Json row) {
  for (auto& value : row) {
    if (!value.is_null()) value = sensitive::kMasked;
  }
  return row;
}

engine::CheckOutcome Masked(const engine::CheckOutcome& outcome,
                            const rules::CompiledCheck& check, const sensitive::Masks& masks) {
  if (masks.empty()) return outcome;
  engine::CheckOutcome masked = outcome;
  if (IsAboutMasked(check, masks) && HoldsValues(check.plan.form)) {
    masked.detail = sensitive::kMasked;
    for (std::optional<plan::Literal>* measure : {&masked.measure, &masked.compared_with}) {
      if (*measure) *measure = plan::Literal::String(sensitive::kMasked);
    }
  }
  if (masked.difference) {
    for (engine::RecordDifference& difference : masked.difference->first) {
      for (auto& [name, left, right] : difference.values) {
        left = masks.Masked(name, left);
        right = masks.Masked(name, right);
      }
    }
  }
  if (masked.query) {
    for (Json& row : masked.query->first) row = MaskedReturn(std::move(row));
  }
  return masked;
}

}  // namespace assay::operations
