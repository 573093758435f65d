// The documentation of all rule types, from their declarations.

#pragma once

#include <string>

namespace assay::rules {

/// docs/rules.md: for each rule type its purpose, fields, properties and an example, in
/// Markdown.
std::string RuleReference();

}  // namespace assay::rules
