// Types of values inside expressions: what Spark's coercions tell apart.

#pragma once

#include <string>
#include <string_view>

#include "plan/literal.h"
#include "plan/schema.h"

namespace assay::plan {

/// The type of a field, literal or result. Two types are equal when their values need no cast.
struct ValueType {
  enum class Kind {
    kNull,  // of the literal NULL: fits everywhere
    kBoolean,
    kInteger,
    kDecimal,
    kDouble,
    kString,
    kDate,
    kTimestamp,
    kInterval,
    kOther,  // lists, structs, binary: only compared with null
  };

  Kind kind = Kind::kNull;
  int precision = 0;  // kInteger: bits (8, 16, 32, 64, 128); kDecimal: digits, at most 38
  int scale = 0;      // kDecimal: digits behind the point

  static ValueType Null() { return {}; }
  static ValueType Boolean() { return {Kind::kBoolean}; }
  static ValueType Integer(int bits = 64) { return {Kind::kInteger, bits}; }
  static ValueType Decimal(int precision, int scale) {
    return {Kind::kDecimal, precision, scale};
  }
  static ValueType Double() { return {Kind::kDouble}; }
  static ValueType String() { return {Kind::kString}; }
  static ValueType Date() { return {Kind::kDate}; }
  static ValueType Timestamp() { return {Kind::kTimestamp}; }
  static ValueType Interval() { return {Kind::kInterval}; }
  static ValueType Other() { return {Kind::kOther}; }

  bool IsNumber() const {
    return kind == Kind::kInteger || kind == Kind::kDecimal || kind == Kind::kDouble;
  }

  friend bool operator==(const ValueType&, const ValueType&) = default;
};

/// The type users see. kUnknown for null, interval and other.
FieldType ToFieldType(ValueType type);

/// For messages and CAST: "bigint", "decimal(10,2)", "string", "null", ...
std::string TypeName(ValueType type);

/// A type as Spark SQL spells it in CAST: "int", "decimal(10,2)", "string", "varchar(20)", ...
/// kInvalidInput when there is no such type, kUnsupported for binary and nested types.
Result<ValueType> ParseTypeName(std::string_view name);

/// The type that values of `field` have in expressions, from its logical and its native type.
ValueType TypeOfField(const Field& field);

ValueType TypeOfLiteral(const Literal& literal);

/// The decimal that holds every integer of a type: bigint is decimal(20,0). Other types
/// unchanged.
ValueType AsDecimal(ValueType type);

/// Bounds precision and scale to 38 digits as Spark does: whole digits are kept, and at least 6
/// (or all) of those behind the point.
ValueType BoundedDecimal(int precision, int scale);

}  // namespace assay::plan
