// The parts of the function table; functions.cc joins them.

#pragma once

#include "plan/functions.h"

namespace assay::plan::functions {

FunctionGroup Logic();
FunctionGroup Comparisons();
FunctionGroup Conditions();
FunctionGroup Arithmetic();
FunctionGroup Numbers();
FunctionGroup Texts();
FunctionGroup Patterns();
FunctionGroup Times();
FunctionGroup Aggregates();

}  // namespace assay::plan::functions
