#include "plan/coercion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "plan/number_text.h"

namespace assay::plan {
namespace {

using Kind = ValueType::Kind;

bool IsTime(ValueType type) {
  return type.kind == Kind::kDate || type.kind == Kind::kTimestamp;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ')
    text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

/// A text under a cast to an integer: a fraction is cut off.
Literal IntegerFromText(std::string_view text) {
  const auto digits = ReadDecimal(Trimmed(text));
  if (!digits) return Literal::Null();
  DecimalDigits whole = *digits;
  whole.fraction.clear();
  whole.negative = whole.negative && !whole.whole.empty();
  const Literal literal{LiteralKind::kInteger, whole.Text()};
  return TypeOfLiteral(literal).precision == 64 ? literal : Literal::Null();
}

Literal TimeFromText(std::string_view text, ValueType type) {
  const auto time = Literal::DateOrTime(Trimmed(text));
  if (!time) return Literal::Null();
  return FoldCast(*time, type).value_or(*time);
}

std::optional<Literal> FoldText(const Literal& literal, ValueType type) {
  switch (type.kind) {
    case Kind::kInteger:
      if (type.precision != 64) return std::nullopt;
      return IntegerFromText(literal.text);
    case Kind::kDouble: {
      const auto value = ReadDouble(Trimmed(literal.text));
      // The engine knows further spellings of infinity and NaN.
      return value ? std::optional(Literal::Double(*value)) : std::nullopt;
    }
    case Kind::kDate:
    case Kind::kTimestamp: {
      const Literal time = TimeFromText(literal.text, type);
      // The engine reads more forms, such as 2026-1-5.
      return time.kind == LiteralKind::kNull ? std::nullopt : std::optional(time);
    }
    default: return std::nullopt;
  }
}

}  // namespace

bool CastExists(ValueType from, ValueType to) {
  if (from == to || from.kind == Kind::kNull) return true;
  if (from.kind == Kind::kOther || from.kind == Kind::kInterval || to.kind == Kind::kInterval)
    return false;
  switch (to.kind) {
    case Kind::kString: return true;
    case Kind::kBoolean: return from.IsNumber() || from.kind == Kind::kString;
    case Kind::kInteger:
    case Kind::kDecimal:
    case Kind::kDouble: return from.kind != Kind::kDate;
    case Kind::kDate: return from.kind == Kind::kString || from.kind == Kind::kTimestamp;
    case Kind::kTimestamp: return from.kind != Kind::kBoolean;
    case Kind::kNull:
    case Kind::kInterval:
    case Kind::kOther: return false;
  }
  return false;
}

std::optional<Literal> FoldCast(const Literal& literal, ValueType type) {
  const ValueType from = TypeOfLiteral(literal);
  if (from == type || literal.kind == LiteralKind::kNull) return literal;
  if (literal.kind == LiteralKind::kString) return FoldText(literal, type);
  if (literal.kind == LiteralKind::kInteger || literal.kind == LiteralKind::kDecimal) {
    if (type.kind == Kind::kDouble)
      return Literal::Double(ReadDouble(literal.text).value_or(0));
    if (type.kind == Kind::kString) return Literal::String(literal.text);
  }
  if (literal.kind == LiteralKind::kDate) {
    if (type.kind == Kind::kTimestamp)
      return Literal{LiteralKind::kTimestamp, literal.text + " 00:00:00"};
    if (type.kind == Kind::kString) return Literal::String(literal.text);
  }
  if (literal.kind == LiteralKind::kTimestamp && type.kind == Kind::kDate) {
    return Literal{LiteralKind::kDate, literal.text.substr(0, literal.text.find(' '))};
  }
  if (literal.kind == LiteralKind::kBoolean && type.kind == Kind::kString) {
    return Literal::String(literal.text);
  }
  return std::nullopt;
}

std::optional<ValueType> WiderType(ValueType a, ValueType b) {
  if (a == b || b.kind == Kind::kNull) return a;
  if (a.kind == Kind::kNull) return b;
  if (IsTime(a) && IsTime(b)) return ValueType::Timestamp();
  if (!a.IsNumber() || !b.IsNumber()) return std::nullopt;
  if (a.kind == Kind::kDouble || b.kind == Kind::kDouble) return ValueType::Double();
  if (a.kind == Kind::kInteger && b.kind == Kind::kInteger) {
    return ValueType::Integer(std::max(a.precision, b.precision));
  }
  a = AsDecimal(a);
  b = AsDecimal(b);
  const int scale = std::max(a.scale, b.scale);
  const int whole = std::max(a.precision - a.scale, b.precision - b.scale);
  return ValueType::Decimal(std::min(whole + scale, 38), std::min(scale, 38));
}

std::optional<ValueType> WiderTypeOrText(ValueType a, ValueType b) {
  if (const auto wider = WiderType(a, b)) return wider;
  const auto becomes_text = [](ValueType type) { return type.IsNumber() || IsTime(type); };
  const bool text_wins = (a.kind == Kind::kString && becomes_text(b)) ||
                         (b.kind == Kind::kString && becomes_text(a));
  return text_wins ? std::optional(ValueType::String()) : std::nullopt;
}

ValueType DecimalOperand(const Typed& operand) {
  if (operand.kind == Expression::Kind::kLiteral &&
      operand.literal.kind == LiteralKind::kInteger) {
    const size_t sign = operand.literal.text.starts_with('-') ? 1 : 0;
    return ValueType::Decimal(static_cast<int>(operand.literal.text.size() - sign), 0);
  }
  return AsDecimal(operand.type);
}

Status MakeComparable(Typed& a, Typed& b) {
  const auto refused = [&] {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("cannot compare {} with {}", TypeName(a.type), TypeName(b.type)));
  };
  for (const Typed* side : {&a, &b}) {
    if (side->type.kind == Kind::kOther || side->type.kind == Kind::kInterval) return refused();
  }
  if (a.type == b.type) return {};
  for (const auto& [side, other] : {std::pair(&a, &b), std::pair(&b, &a)}) {
    if (side->type.kind == Kind::kNull) {
      *side = CastTo(std::move(*side), other->type);
      return {};
    }
    if (side->type.kind == Kind::kString) {
      // Spark finds no decimal type for a text and compares both as doubles.
      // A literal can do better.
      const bool as_double = other->type.kind == Kind::kDecimal;
      if (as_double && side->kind == Expression::Kind::kLiteral) {
        if (const auto number = Literal::Number(Trimmed(side->literal.text))) {
          *side = TypedLiteral(*number);
          return {};
        }
      }
      if (as_double) *other = CastTo(std::move(*other), ValueType::Double());
      *side = CastTo(std::move(*side), other->type);
      return {};
    }
    if (side->type.kind == Kind::kBoolean && other->type.IsNumber()) {
      *side = CastTo(std::move(*side), ValueType::Integer());
      return {};
    }
  }
  const auto wider = WiderType(a.type, b.type);
  if (!wider) return refused();
  const bool one_is_literal =
      (a.kind == Expression::Kind::kLiteral) != (b.kind == Expression::Kind::kLiteral);
  if (a.type.IsNumber() && (one_is_literal || wider->kind == Kind::kInteger)) return {};
  a = CastTo(std::move(a), *wider);
  b = CastTo(std::move(b), *wider);
  return {};
}

}  // namespace assay::plan
