// Suggests greaterThan: one end of a quantity whose other end cannot be told.

#include "infer/one_sided_bound.h"

namespace assay::infer::suggest {

Suggestion greater_than() {
  return {.name = "greaterThan",
          .level = 3,
          .propose = [](const std::vector<engine::FieldProfile>& fields, Timestamp) {
            return ProposeNumberEnd(fields, End::kLower);
          }};
}

}  // namespace assay::infer::suggest
