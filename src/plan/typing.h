// Type rules: how Spark SQL in non-ANSI mode casts the arguments of functions and operators.

#pragma once

#include "plan/functions.h"

namespace assay::plan {

/// Arguments cast one by one as `parameters` says, a letter each: s text, i integer, n number,
/// d double, b boolean, D date, t timestamp, a anything, l literal text (not null), k literal
/// integer. The last letter serves all further arguments.
TypeRule Takes(std::string parameters, ValueType result);

/// As Takes, and the result has the type of the first argument after its cast.
TypeRule KeepsType(std::string parameters);

// Rules for Function::type.
Result<ValueType> LogicRule(std::vector<Typed>& arguments);
Result<ValueType> ComparisonRule(std::vector<Typed>& arguments);  // each with the first
Result<ValueType> InRule(std::vector<Typed>& arguments);          // value, items
Result<ValueType> CaseRule(std::vector<Typed>& arguments);    // condition, value, ..., [else]
Result<ValueType> SwitchRule(std::vector<Typed>& arguments);  // base, when, then, ..., [else]
Result<ValueType> IfRule(std::vector<Typed>& arguments);      // condition, then, else
Result<ValueType> IfNotNullRule(std::vector<Typed>& arguments);  // tested, then, else
Result<ValueType> NullIfRule(std::vector<Typed>& arguments);
Result<ValueType> CommonTypeRule(std::vector<Typed>& arguments);  // text wins over numbers
Result<ValueType> ExtremeRule(std::vector<Typed>& arguments);     // no cast to text
Result<ValueType> CastRule(std::vector<Typed>& arguments);     // second: Spark's name of a type
Result<ValueType> CanCastRule(std::vector<Typed>& arguments);  // second: name of a FieldType
Result<ValueType> AddRule(std::vector<Typed>& arguments);
Result<ValueType> SubtractRule(std::vector<Typed>& arguments);
Result<ValueType> MultiplyRule(std::vector<Typed>& arguments);
Result<ValueType> DivideRule(std::vector<Typed>& arguments);  // integers give a double
Result<ValueType> RemainderRule(std::vector<Typed>& arguments);
Result<ValueType> WholeDivideRule(std::vector<Typed>& arguments);  // gives a bigint
Result<ValueType> RoundRule(std::vector<Typed>& arguments);        // number, [digits]
Result<ValueType> WholeRule(std::vector<Typed>& arguments);        // of ceil and floor

// Rules that also look at what is written in the arguments.
Result<ValueType> LikeRule(std::vector<Typed>& arguments);    // text, pattern, [escape]
Result<ValueType> TextIsRule(std::vector<Typed>& arguments);  // text, plan/text_predicate.h
Result<ValueType> RegexRule(std::vector<Typed>& arguments);   // text, RE2 pattern
Result<ValueType> RegexReplaceRule(
    std::vector<Typed>& arguments);  // text, pattern, replacement
Result<ValueType> RegexExtractRule(std::vector<Typed>& arguments);  // text, pattern, [group]
Result<ValueType> HashRule(std::vector<Typed>& arguments);          // text, bits
Result<ValueType> SplitPartRule(std::vector<Typed>& arguments);     // text, delimiter, part
Result<ValueType> TruncateDateRule(std::vector<Typed>& arguments);  // date, unit
Result<ValueType> TruncateTimeRule(std::vector<Typed>& arguments);  // unit, timestamp
Result<ValueType> ParseDateRule(std::vector<Typed>& arguments);     // value, [format]
Result<ValueType> ParseTimeRule(std::vector<Typed>& arguments);     // value, [format]
Result<ValueType> UnixTimeRule(std::vector<Typed>& arguments);      // [value, [format]]
Result<ValueType> FormatTimeRule(std::vector<Typed>& arguments);    // time, format
Result<ValueType> FromUnixRule(std::vector<Typed>& arguments);      // seconds, [format]

}  // namespace assay::plan
