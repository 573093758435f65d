// The kernel of everything that is a number inside: integers, decimals, reals, booleans, dates,
// times.

#pragma once

#include <memory>

#include "engine/profile/kernel.h"

namespace assay::engine::profile {

/// `type.physical` is not kText.
std::unique_ptr<Kernel> MakeNumericKernel(const KernelType& type);

/// Writes the finite values of `column` as doubles (decimals scaled), and 1 or 0 into `present`
/// for rows that have one; absent rows get 0. Both hold column.row_count elements.
void ToDoubles(const ColumnView& column, const KernelType& type, double* values,
               double* present);

}  // namespace assay::engine::profile
