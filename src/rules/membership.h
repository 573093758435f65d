// What existsIn and notExistsIn have in common.

#pragma once

#include "plan/check.h"
#include "rules/rule_type.h"

namespace assay::rules {

/// JSON Schema of their properties.
const Json& MembershipProperties();

/// The check that the values of the target's only field are, or are not, among those of the
/// field that the properties name. kInvalidInput naming the property; the reference's error
/// when it could not be opened.
Result<CompiledRule> CompileMembership(const Target& target, const Json& properties,
                                       plan::MembershipCheck::Expected expected);

}  // namespace assay::rules
