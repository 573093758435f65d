// Suggests lessThan: one end of a quantity whose other end cannot be told.

#include "infer/one_sided_bound.h"

namespace assay::infer::suggest {

Suggestion less_than() {
  return {.name = "lessThan",
          .level = 3,
          .propose = [](const std::vector<engine::FieldProfile>& fields, Timestamp) {
            return ProposeNumberEnd(fields, End::kUpper);
          }};
}

}  // namespace assay::infer::suggest
