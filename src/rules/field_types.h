// The sets of field types that rules accept.

#pragma once

#include <vector>

#include "plan/schema.h"

namespace assay::rules {

inline std::vector<plan::FieldType> NumericTypes() {
  return {plan::FieldType::kIntegral, plan::FieldType::kFractional};
}

inline std::vector<plan::FieldType> TimeTypes() {
  return {plan::FieldType::kDate, plan::FieldType::kTimestamp};
}

inline std::vector<plan::FieldType> TextTypes() {
  return {plan::FieldType::kString};
}

}  // namespace assay::rules
