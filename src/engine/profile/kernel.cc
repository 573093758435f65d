#include "engine/profile/kernel.h"

#include "engine/profile/numeric_kernel.h"
#include "engine/profile/text_kernel.h"

namespace assay::engine::profile {

std::unique_ptr<Kernel> MakeKernel(const KernelType& type) {
  return type.physical == PhysicalType::kText ? MakeTextKernel(type) : MakeNumericKernel(type);
}

}  // namespace assay::engine::profile
