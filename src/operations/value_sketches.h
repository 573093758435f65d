// Sketches of keys as the store keeps them.

#pragma once

#include <vector>

#include "infer/references.h"
#include "store/value_sketches.h"

namespace assay::operations {

/// Hashes are 16 hexadecimal digits each, one after the other.
std::vector<store::ValueSketch> ToSketchRecords(const std::vector<infer::KnownField>& keys);

/// By container; one that is not written so is left out.
std::vector<infer::KnownContainer> ToKnownContainers(
    const std::vector<store::ValueSketch>& records);

}  // namespace assay::operations
