// What the rules on the files of a container have in common.

#pragma once

#include <string>

#include "rules/rule_type.h"

namespace assay::rules {

/// The sentence about tables and other places without files, which ends each summary.
inline constexpr const char* kNotOfTables = " Of a table nothing is asserted.";

/// The declaration of a rule on files, without its compile function: it names no fields, is not
/// filterable, and its example is `properties`.
RuleType FileRule(std::string name, std::string summary, Json properties_schema,
                  Json properties);

/// A check on each file; `violation` is what failing ones do: "is smaller than 10 bytes".
CompiledRule OnEachFile(plan::FileCheck check, std::string violation);

/// "at least 3", "at most 5", "from 3 to 5" of limits of which one is given.
std::string RangeText(const std::optional<int64_t>& min, const std::optional<int64_t>& max);

/// kInvalidInput, naming the property, unless one of the limits is given, none is negative and
/// something is within them. `min_name`, `max_name`: of the properties.
Status CheckRange(const std::optional<int64_t>& min, const std::optional<int64_t>& max,
                  const std::string& min_name, const std::string& max_name);

}  // namespace assay::rules
