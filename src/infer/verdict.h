// Whether a proposed check held on rows that it was not fitted on.

#pragma once

#include "engine/scan.h"

namespace assay::infer {

/// Whether the check is kept: at most 1 - `min_holding_share` of the asserted rows fail, and
/// they are enough to say so: the upper end of Wilson's 95 % interval of the failing share is
/// at most ten points above that. So 40 rows without a failure do, 20 do not.
bool Holds(double min_holding_share, const engine::CheckCounts& counts);

}  // namespace assay::infer
