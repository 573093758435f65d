// Whether a proposed check held on rows that it was not fitted on.

#pragma once

#include "engine/scan.h"

namespace assay::infer {

/// Whether the check is kept: at most 1 - `min_holding_share` of the asserted rows fail, and
/// they are enough to say so: the upper end of Wilson's 95 % interval of the failing share is
/// at most ten points above that. So 40 rows without a failure do, 20 do not.
bool Holds(double min_holding_share, const engine::CheckCounts& counts);

/// Whether so few rows fail that it is no chance, were `chance_failing_share` of all rows to
/// fail without the relation: the probability of that is at most one in a million (Chernoff's
/// bound), since many pairs of fields are looked at. True when the share is 0.
bool IsBeyondChance(double chance_failing_share, const engine::CheckCounts& counts);

}  // namespace assay::infer
