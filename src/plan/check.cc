#include "plan/check.h"

namespace assay::plan {

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

}  // namespace assay::plan
