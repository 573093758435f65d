// The kernel of texts and binary values.

#pragma once

#include <memory>

#include "engine/profile/kernel.h"

namespace assay::engine::profile {

/// `type.physical` is kText; kBinary counts bytes instead of code points and has no patterns.
std::unique_ptr<Kernel> MakeTextKernel(const KernelType& type);

}  // namespace assay::engine::profile
