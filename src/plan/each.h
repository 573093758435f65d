// each('EU', 'US') in the filter of a template: one of the values at a time.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "plan/literal.h"

namespace assay::plan {

/// A text with one value in place of each of its each().
struct EachCombination {
  std::vector<Literal> values;  // in the order in which their each() stand in the text
  std::string text;
};

/// The texts that `text` stands for: one for every combination of the values of its each(), of
/// which the last varies fastest. A text without each() stands for itself. A value is one
/// literal, such as 'EU', -1 or DATE '2026-01-31'; what surrounds each() is not parsed.
/// kInvalidInput with line and column when an each() has no values, one that is no literal, or
/// one twice; kInvalidInput also when there are more than `most` combinations.
Result<std::vector<EachCombination>> ExpandEach(std::string_view text, size_t most);

}  // namespace assay::plan
