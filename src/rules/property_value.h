// Constants in rule properties, read for the field they are compared with.

#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "plan/literal.h"
#include "plan/schema.h"

namespace assay::rules {

/// The constant that `json`, given as `property`, stands for when compared with `field`:
///   Integral, Fractional: a number, or a text that is one ("12345678901234567890.12" stays
///   exact) Boolean: true or false, also as text;  String: a text Date, Timestamp: a text such
///   as "2026-01-31" or "2026-01-31T08:30:00Z"
/// kInvalidInput naming the property otherwise, also for null and NaN.
Result<plan::Literal> PropertyValue(std::string_view property, const Json& json,
                                    const plan::Field& field);

/// The constant as violations show it: texts in single quotes, the rest plain.
std::string ShowValue(const plan::Literal& literal);

}  // namespace assay::rules
