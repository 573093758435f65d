// Conditions of DQDL rules among the parameters of an item, and as bounds.

#pragma once

#include <optional>
#include <string_view>

#include "import/bounds.h"
#include "import/dqdl_parser.h"
#include "import/parameters.h"

namespace assay::imports {

void AddCondition(std::string name, const DqdlCondition& condition, Parameters& parameters);

/// What AddCondition has put there.
std::optional<DqdlCondition> FindCondition(Parameters& parameters, std::string_view name);

/// The bounds of comparisons with numbers and with dates as texts. kInvalidInput when there is
/// no condition, kUnsupported for lists, negations, and what is worked out from earlier runs.
Result<Bounds> BoundsOf(const std::optional<DqdlCondition>& condition);

/// An operand as an expression of ours. kUnsupported for sizes, durations, computed values,
/// times of day and the keywords NULL, EMPTY, WHITESPACES_ONLY.
Result<std::string> SqlOf(const DqdlOperand& operand);

}  // namespace assay::imports
