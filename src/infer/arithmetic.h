// Numbers of a row that are the sum or the product of two others.

#pragma once

#include <cstdint>
#include <vector>

#include "infer/training_rows.h"

namespace assay::infer {

enum class Operation { kSum, kProduct };

struct ArithmeticRelation {
  Operation operation = Operation::kSum;
  size_t a = 0, b = 0, result = 0;  // into TrainingRows::fields; a < b
  double tolerance = 0;             // what rounding may make of the difference
  double chance_failing_share = 0;  // of rows whose values were exchanged with other rows
};

/// The relations a + b = result and a * b = result that hold for at least 85 % of the sampled
/// rows within what the decimal places of the values leave to rounding. At most one for each
/// result, the one with the fewest exceptions. Each of the three must matter: when its values
/// are shuffled, most rows fail. Only the first 64 numeric fields are looked at; cost as of
/// some comparisons for each three of them.
std::vector<ArithmeticRelation> FindArithmetic(const TrainingRows& rows);

}  // namespace assay::infer
