// Exact arithmetic on constants, for bounds that rules derive from their properties.

#pragma once

#include "plan/literal.h"

namespace assay::plan {

/// Sum, difference and product of two finite numbers. Exact, with any number of digits; of
/// doubles (which numbers with an exponent are) as doubles.
Literal Plus(const Literal& a, const Literal& b);
Literal Minus(const Literal& a, const Literal& b);
Literal Times(const Literal& a, const Literal& b);

/// Without its sign.
Literal Magnitude(const Literal& number);

}  // namespace assay::plan
