// The transformations, one a file.

#pragma once

#include "rules/transformation.h"

namespace assay::rules::transformations {

Transformation Cast();
Transformation CleanedEntityName();
Transformation ConvertFormattedNumeric();
Transformation CustomExpression();

}  // namespace assay::rules::transformations
