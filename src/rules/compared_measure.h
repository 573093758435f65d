// What metric and volumetric compare with their limits: a value, or its change since an earlier
// scan.

#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "plan/check.h"
#include "rules/property_type.h"

namespace assay::rules {

/// The properties of both, from which a rule's Properties derives.
struct ComparedMeasure {
  std::string comparison = "Absolute Value";
  std::optional<Json> min = {}, max = {};
};

// Declarations for the field list of a P that derives from ComparedMeasure.

template <class P>
FieldDeclaration<P> ComparedValueField() {
  return OneOf(
      {"Absolute Value", "Absolute Change", "Percentage Change"},
      Optional<P, std::string>(
          "comparison", &P::comparison,
          "What is compared with the limits: \"Absolute Value\", \"Absolute Change\" since an "
          "earlier scan, or \"Percentage Change\": (value - earlier) / earlier * 100."));
}
template <class P>
FieldDeclaration<P> LowerLimitField() {
  return Optional<P, std::optional<Json>>(
      "min", &P::min, "The least value or change that passes; this or max is required.");
}
template <class P>
FieldDeclaration<P> UpperLimitField() {
  return Optional<P, std::optional<Json>>("max", &P::max,
                                          "The greatest value or change that passes.");
}

/// The same, understood.
struct MeasureLimits {
  std::optional<plan::Change> change;  // absent: the value itself
  std::optional<plan::Bound> min, max;
  std::string violation;  // "is not from 1 to 2", "did not change by -20 % to 50 %"
};

/// kInvalidInput naming the property: an unknown comparison, no limit, one that is no finite
/// number, or limits between which nothing is.
Result<MeasureLimits> ReadLimits(const ComparedMeasure& properties);

}  // namespace assay::rules
