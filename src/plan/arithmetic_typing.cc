// Types of + - * / % div over numbers, dates and intervals.

#include <fmt/format.h>

#include <algorithm>

#include "plan/coercion.h"
#include "plan/typing.h"

namespace assay::plan {
namespace {

using Kind = ValueType::Kind;

enum class Operator { kAdd, kSubtract, kMultiply, kDivide, kRemainder };

std::unexpected<Error> Refuse(std::string message) {
  return Fail(ErrorKind::kInvalidInput, std::move(message));
}

/// As Spark's DecimalPrecision.
ValueType DecimalResult(Operator op, ValueType a, ValueType b) {
  const int whole_a = a.precision - a.scale;
  const int whole_b = b.precision - b.scale;
  const int scale = std::max(a.scale, b.scale);
  switch (op) {
    case Operator::kAdd:
    case Operator::kSubtract:
      return BoundedDecimal(std::max(whole_a, whole_b) + scale + 1, scale);
    case Operator::kMultiply:
      return BoundedDecimal(a.precision + b.precision + 1, a.scale + b.scale);
    case Operator::kDivide: {
      const int quotient_scale = std::max(6, a.scale + b.precision + 1);
      return BoundedDecimal(whole_a + b.scale + quotient_scale, quotient_scale);
    }
    case Operator::kRemainder: return BoundedDecimal(std::min(whole_a, whole_b) + scale, scale);
  }
  return a;
}

Result<ValueType> OverNumbers(Operator op, std::vector<Typed>& arguments) {
  Typed& a = arguments[0];
  Typed& b = arguments[1];
  for (Typed* side : {&a, &b}) {
    // Spark reads a text operand as double.
    if (side->type.kind == Kind::kString) *side = CastTo(std::move(*side), ValueType::Double());
  }
  for (auto [side, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (side->type.kind != Kind::kNull) continue;
    const bool typed = other->type.IsNumber();
    *side = CastTo(std::move(*side), typed ? other->type : ValueType::Double());
  }
  if (!a.type.IsNumber() || !b.type.IsNumber()) {
    return Refuse(
        fmt::format("expected numbers, found {} and {}", TypeName(a.type), TypeName(b.type)));
  }
  const bool both_integers = a.type.kind == Kind::kInteger && b.type.kind == Kind::kInteger;
  if (a.type.kind == Kind::kDouble || b.type.kind == Kind::kDouble ||
      (op == Operator::kDivide && both_integers)) {
    a = CastTo(std::move(a), ValueType::Double());
    b = CastTo(std::move(b), ValueType::Double());
    return ValueType::Double();
  }
  if (both_integers)
    return ValueType::Integer(std::max({a.type.precision, b.type.precision, 64}));
  return DecimalResult(op, DecimalOperand(a), DecimalOperand(b));
}

bool IsTime(const Typed& value) {
  return value.type.kind == Kind::kDate || value.type.kind == Kind::kTimestamp;
}

/// Arguments of the call that an interval is: months, days, microseconds.
bool HasTimeOfDay(const Typed& interval) {
  return interval.arguments[2].literal.text != "0";
}

/// A date or timestamp moved by an interval or by days.
Result<ValueType> OverTime(std::vector<Typed>& arguments) {
  Typed& time = arguments[0];
  Typed& step = arguments[1];
  if (step.type.kind == Kind::kInterval) {
    if (time.type.kind == Kind::kDate && HasTimeOfDay(step)) {
      time = CastTo(std::move(time), ValueType::Timestamp());
    }
    return time.type;
  }
  if (time.type.kind == Kind::kDate &&
      (step.type.kind == Kind::kInteger || step.type.kind == Kind::kNull)) {
    step = CastTo(std::move(step), ValueType::Integer());
    return ValueType::Date();
  }
  return Refuse(fmt::format("expected an interval to move a {}, found {}", TypeName(time.type),
                            TypeName(step.type)));
}

}  // namespace

Result<ValueType> AddRule(std::vector<Typed>& arguments) {
  if (IsTime(arguments[1]) && !IsTime(arguments[0])) std::swap(arguments[0], arguments[1]);
  if (IsTime(arguments[0])) return OverTime(arguments);
  return OverNumbers(Operator::kAdd, arguments);
}

Result<ValueType> SubtractRule(std::vector<Typed>& arguments) {
  if (IsTime(arguments[0]) && IsTime(arguments[1])) {
    return Fail(
        ErrorKind::kUnsupported,
        "the difference of two times is an interval; use datediff(end, start) for days or "
        "unix_timestamp(end) - unix_timestamp(start) for seconds");
  }
  if (IsTime(arguments[0])) return OverTime(arguments);
  return OverNumbers(Operator::kSubtract, arguments);
}

Result<ValueType> MultiplyRule(std::vector<Typed>& arguments) {
  return OverNumbers(Operator::kMultiply, arguments);
}

Result<ValueType> DivideRule(std::vector<Typed>& arguments) {
  return OverNumbers(Operator::kDivide, arguments);
}

Result<ValueType> RemainderRule(std::vector<Typed>& arguments) {
  return OverNumbers(Operator::kRemainder, arguments);
}

Result<ValueType> WholeDivideRule(std::vector<Typed>& arguments) {
  for (Typed& side : arguments) {
    if (side.type.kind == Kind::kString || side.type.kind == Kind::kNull) {
      side = CastTo(std::move(side), ValueType::Integer());
    }
    if (side.type.kind != Kind::kInteger && side.type.kind != Kind::kDecimal) {
      return Refuse(
          fmt::format("expected integers or decimals, found {}", TypeName(side.type)));
    }
  }
  return ValueType::Integer();
}

}  // namespace assay::plan
