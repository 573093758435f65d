// Whether this version can run a check, as far as that can be told without the data.

#pragma once

#include <functional>

#include "rules/check.h"

namespace assay::imports {

/// Compiles the check for fields of the names it uses, of whatever types it accepts. kNotFound
/// "no rule X in this version"; else the error of rules::Compile: a property it does not take,
/// a pattern that RE2 refuses, coverage or filter where the rule has none.
Status Verify(const rules::CheckDefinition& definition);

/// Verify, or what a test has in its place.
using Verifier = std::function<Status(const rules::CheckDefinition&)>;

}  // namespace assay::imports
