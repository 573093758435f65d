// A check on rows as a condition, to join several into one.

#pragma once

#include <optional>
#include <string>

#include "rules/check.h"

namespace assay::imports {

/// The condition of satisfiesExpression that passes the same rows (null passes where it does
/// for the rule), without filter and coverage; nullopt for rules about more than one row.
std::optional<std::string> RowConditionOf(const rules::CheckDefinition& definition);

}  // namespace assay::imports
