#include "plan/check.h"

#include "plan/literal_arithmetic.h"

namespace assay::plan {
namespace {

/// Of a check on files: whether it is on their number.
bool CountsFiles(const FileCheck& check) {
  return std::holds_alternative<FileCheck::Count>(check.expected);
}

}  // namespace

bool IsMeasured(const CheckForm& form) {
  const auto* files = std::get_if<FileCheck>(&form);
  return MeasureOf(form) != nullptr || std::holds_alternative<FreshnessCheck>(form) ||
         std::holds_alternative<DistributionCheck>(form) ||
         (files != nullptr && CountsFiles(*files));
}

bool IsOfGroups(const CheckForm& form) {
  const auto* files = std::get_if<FileCheck>(&form);
  return std::holds_alternative<GroupSizeCheck>(form) ||
         (files != nullptr && !CountsFiles(*files));
}

const Expression* MeasureOf(const CheckForm& form) {
  if (const auto* measure = std::get_if<MeasureCheck>(&form)) return &measure->measure;
  if (const auto* comparison = std::get_if<ComparisonCheck>(&form)) return &comparison->measure;
  const auto* freshness = std::get_if<FreshnessCheck>(&form);
  return freshness != nullptr && freshness->last_update ? &*freshness->last_update : nullptr;
}

bool IsWithin(const Literal& value, const std::optional<Bound>& min,
              const std::optional<Bound>& max) {
  if (min) {
    const std::partial_ordering order = Compare(value, min->value);
    if (!(min->kind == Bound::Kind::kInclusive ? order >= 0 : order > 0)) return false;
  }
  if (max) {
    const std::partial_ordering order = Compare(value, max->value);
    if (!(max->kind == Bound::Kind::kInclusive ? order <= 0 : order < 0)) return false;
  }
  return true;
}

std::optional<bool> IsChangeWithin(Change::Kind kind, const Literal& earlier,
                                   const Literal& value, const std::optional<Bound>& min,
                                   const std::optional<Bound>& max) {
  const Literal zero = Literal::Integer(0);
  const Literal change = Minus(value, earlier);
  if (kind == Change::Kind::kAbsolute) return IsWithin(change, min, max);
  const std::partial_ordering sign = Compare(earlier, zero);
  if (sign == 0) {
    if (Compare(value, zero) != 0) return std::nullopt;
    return IsWithin(zero, min, max);
  }
  // change / earlier * 100 >= min, without a division; a negative factor turns it about.
  const auto times_earlier = [&](std::optional<Bound> bound) {
    if (bound) bound->value = Times(bound->value, earlier);
    return bound;
  };
  const Literal hundredfold = Times(change, Literal::Integer(100));
  return sign > 0 ? IsWithin(hundredfold, times_earlier(min), times_earlier(max))
                  : IsWithin(hundredfold, times_earlier(max), times_earlier(min));
}

bool Compares(const Literal& value, ComparisonCheck::Comparison comparison,
              const Literal& reference) {
  const std::partial_ordering order = Compare(value, reference);
  switch (comparison) {
    case ComparisonCheck::Comparison::kEqual: return order == 0;
    case ComparisonCheck::Comparison::kLess: return order < 0;
    case ComparisonCheck::Comparison::kLessOrEqual: return order <= 0;
    case ComparisonCheck::Comparison::kGreater: return order > 0;
    case ComparisonCheck::Comparison::kGreaterOrEqual: return order >= 0;
  }
  return false;
}

}  // namespace assay::plan
