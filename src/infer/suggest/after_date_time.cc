// Suggests afterDateTime: one end of a field's times whose other end cannot be told.

#include "infer/one_sided_bound.h"

namespace assay::infer::suggest {

Suggestion after_date_time() {
  return {.name = "afterDateTime",
          .level = 3,
          .propose = [](const std::vector<engine::FieldProfile>& fields, Timestamp now) {
            return ProposeTimeEnd(fields, End::kLower, now);
          }};
}

}  // namespace assay::infer::suggest
