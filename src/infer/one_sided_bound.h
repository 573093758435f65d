// Checks of one end of a field's values, where the other end cannot be told.

#pragma once

#include <vector>

#include "infer/suggestion.h"

namespace assay::infer {

enum class End { kLower, kUpper };

/// `greaterThan` or `lessThan`, the bound included.
std::vector<Candidate> ProposeNumberEnd(const std::vector<engine::FieldProfile>& fields,
                                        End end);

/// `afterDateTime` or `beforeDateTime`.
std::vector<Candidate> ProposeTimeEnd(const std::vector<engine::FieldProfile>& fields, End end,
                                      Timestamp now);

}  // namespace assay::infer
