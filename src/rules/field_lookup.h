// The fields that checks name.

#pragma once

#include <string>

#include "plan/schema.h"

namespace assay::rules {

/// The field of that name, as Schema::Find. kInvalidInput when there is none (naming the
/// nearest), or when it is the elements of a list.
Result<const plan::Field*> FindField(const std::string& name, const plan::Schema& schema);

}  // namespace assay::rules
