// Implicit casts of Spark SQL in non-ANSI mode.

#pragma once

#include <optional>
#include <span>

#include "plan/typed.h"

namespace assay::plan {

/// Whether CAST from one type to the other exists.
bool CastExists(ValueType from, ValueType to);

/// The value of a literal under CAST, where that can be told without an engine: nullopt means
/// it cannot. A text that does not parse gives the null literal.
std::optional<Literal> FoldCast(const Literal& literal, ValueType type);

/// The type to which numbers, dates and times are brought to be one; nullopt when there is
/// none. Decimals are widened to hold both, within 38 digits.
std::optional<ValueType> WiderType(ValueType a, ValueType b);

/// As WiderType, but text wins over numbers and times: for CASE, coalesce and IN.
std::optional<ValueType> WiderTypeOrText(ValueType a, ValueType b);

/// The decimal type in which an integer or decimal operand takes part in decimal arithmetic: a
/// literal integer only needs its own digits.
ValueType DecimalOperand(const Typed& operand);

/// Casts both so that they can be compared: text becomes the type of the other side. Numbers of
/// different kinds stay as they are when one is a literal, which dialects then compare exactly.
Status MakeComparable(Typed& a, Typed& b);

}  // namespace assay::plan
