#include "plan/typing.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/coercion.h"

namespace assay::plan {
namespace {

using Kind = ValueType::Kind;

std::unexpected<Error> Refuse(std::string message) {
  return Fail(ErrorKind::kInvalidInput, std::move(message));
}

Status Require(Typed& argument, ValueType type, const char* wanted) {
  const ValueType from = argument.type;
  const bool text_to_boolean = from.kind == Kind::kString && type.kind == Kind::kBoolean;
  const bool number_to_boolean = from.IsNumber() && type.kind == Kind::kBoolean;
  const bool number_to_time = from.IsNumber() && ToFieldType(type) >= FieldType::kDate;
  if (!CastExists(from, type) || text_to_boolean || number_to_boolean || number_to_time) {
    return Refuse(fmt::format("expected {}, found {}", wanted, TypeName(from)));
  }
  // Narrower integers need no cast.
  const bool is_integer = from.kind == Kind::kInteger && type.kind == Kind::kInteger &&
                          from.precision <= type.precision;
  if (!is_integer) argument = CastTo(std::move(argument), type);
  return {};
}

Status RequireNumber(Typed& argument) {
  if (argument.type.IsNumber()) return {};
  if (argument.type.kind != Kind::kString && argument.type.kind != Kind::kNull) {
    return Refuse(fmt::format("expected a number, found {}", TypeName(argument.type)));
  }
  argument = CastTo(std::move(argument), ValueType::Double());
  return {};
}

Status RequireLiteral(Typed& argument, LiteralKind kind, const char* wanted) {
  if (argument.kind == Expression::Kind::kLiteral && argument.literal.kind == kind) return {};
  return Refuse(fmt::format("expected {}, which must be written out", wanted));
}

Status TakeOne(Typed& argument, char letter) {
  switch (letter) {
    case 's': return Require(argument, ValueType::String(), "a text");
    case 'i': return Require(argument, ValueType::Integer(), "an integer");
    case 'n': return RequireNumber(argument);
    case 'd': return Require(argument, ValueType::Double(), "a number");
    case 'b': return Require(argument, ValueType::Boolean(), "a condition");
    case 'D': return Require(argument, ValueType::Date(), "a date");
    case 't': return Require(argument, ValueType::Timestamp(), "a timestamp");
    case 'l': return RequireLiteral(argument, LiteralKind::kString, "a text");
    case 'k': return RequireLiteral(argument, LiteralKind::kInteger, "an integer");
    default: return {};
  }
}

Status TakeAll(const std::string& parameters, std::vector<Typed>& arguments) {
  for (size_t i = 0; i < arguments.size(); ++i) {
    const char letter = parameters[std::min(i, parameters.size() - 1)];
    if (Status status = TakeOne(arguments[i], letter); !status) {
      return FailWithin(fmt::format("argument {}", i + 1), status.error());
    }
  }
  return {};
}

/// Casts all `arguments` at `positions` to one type.
template <class Wider>
Result<ValueType> Unify(std::vector<Typed*> values, Wider wider) {
  ValueType common = ValueType::Null();
  for (const Typed* value : values) {
    const auto next = wider(common, value->type);
    if (!next || next->kind == Kind::kOther || next->kind == Kind::kInterval) {
      return Refuse(fmt::format("{} and {} have no common type", TypeName(common),
                                TypeName(value->type)));
    }
    common = *next;
  }
  for (Typed* value : values) *value = CastTo(std::move(*value), common);
  return common;
}

std::vector<Typed*> Pointers(std::vector<Typed>& arguments) {
  std::vector<Typed*> pointers;
  for (Typed& argument : arguments) pointers.push_back(&argument);
  return pointers;
}

}  // namespace

TypeRule Takes(std::string parameters, ValueType result) {
  return [=](std::vector<Typed>& arguments) -> Result<ValueType> {
    ASSAY_RETURN_IF_ERROR(TakeAll(parameters, arguments));
    return result;
  };
}

TypeRule KeepsType(std::string parameters) {
  return [=](std::vector<Typed>& arguments) -> Result<ValueType> {
    ASSAY_RETURN_IF_ERROR(TakeAll(parameters, arguments));
    return arguments.front().type;
  };
}

Result<ValueType> LogicRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(TakeAll("b", arguments));
  return ValueType::Boolean();
}

Result<ValueType> ComparisonRule(std::vector<Typed>& arguments) {
  // Twice, because a later argument may widen the first.
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 1; i < arguments.size(); ++i) {
      ASSAY_RETURN_IF_ERROR(MakeComparable(arguments[0], arguments[i]));
    }
  }
  return ValueType::Boolean();
}

Result<ValueType> InRule(std::vector<Typed>& arguments) {
  const auto is_literal = [](const Typed& value) {
    return value.kind == Expression::Kind::kLiteral;
  };
  const auto is_number = [](const Typed& value) {
    return value.type.IsNumber() || value.type.kind == Kind::kNull;
  };
  // Numbers are compared exactly with literals, each for itself.
  if (std::ranges::all_of(arguments, is_number) && arguments.front().type.IsNumber() &&
      std::all_of(arguments.begin() + 1, arguments.end(), is_literal)) {
    return ValueType::Boolean();
  }
  ASSAY_RETURN_IF_ERROR(Unify(Pointers(arguments), WiderTypeOrText));
  return ValueType::Boolean();
}

Result<ValueType> CaseRule(std::vector<Typed>& arguments) {
  std::vector<Typed*> values;
  for (size_t i = 0; i + 1 < arguments.size(); i += 2) {
    ASSAY_RETURN_IF_ERROR(TakeOne(arguments[i], 'b'));
    values.push_back(&arguments[i + 1]);
  }
  if (arguments.size() % 2 == 1) values.push_back(&arguments.back());
  return Unify(values, WiderTypeOrText);
}

Result<ValueType> SwitchRule(std::vector<Typed>& arguments) {
  std::vector<Typed*> values;
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 1; i + 1 < arguments.size(); i += 2) {
      ASSAY_RETURN_IF_ERROR(MakeComparable(arguments[0], arguments[i]));
    }
  }
  for (size_t i = 2; i < arguments.size(); i += 2) values.push_back(&arguments[i]);
  if (arguments.size() % 2 == 0) values.push_back(&arguments.back());
  return Unify(values, WiderTypeOrText);
}

Result<ValueType> IfRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(TakeOne(arguments[0], 'b'));
  return Unify({&arguments[1], &arguments[2]}, WiderTypeOrText);
}

Result<ValueType> IfNotNullRule(std::vector<Typed>& arguments) {
  return Unify({&arguments[1], &arguments[2]}, WiderTypeOrText);
}

Result<ValueType> NullIfRule(std::vector<Typed>& arguments) {
  const ValueType type = arguments[0].type;
  ASSAY_RETURN_IF_ERROR(MakeComparable(arguments[0], arguments[1]));
  return type.kind == Kind::kNull ? type : arguments[0].type;
}

Result<ValueType> CommonTypeRule(std::vector<Typed>& arguments) {
  return Unify(Pointers(arguments), WiderTypeOrText);
}

Result<ValueType> ExtremeRule(std::vector<Typed>& arguments) {
  return Unify(Pointers(arguments), WiderType);
}

Result<ValueType> CastRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(RequireLiteral(arguments[1], LiteralKind::kString, "a type"));
  ASSAY_TRY(const ValueType type, ParseTypeName(arguments[1].literal.text));
  if (!CastExists(arguments[0].type, type)) {
    return Refuse(fmt::format("there is no cast from {} to {}", TypeName(arguments[0].type),
                              TypeName(type)));
  }
  return type;
}

Result<ValueType> CanCastRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(RequireLiteral(arguments[1], LiteralKind::kString, "a field type"));
  ASSAY_TRY(const FieldType type, ParseFieldType(arguments[1].literal.text));
  const Kind from = arguments[0].type.kind;
  if (type == FieldType::kUnknown || from == Kind::kOther || from == Kind::kInterval) {
    return Refuse(fmt::format("there is no cast from {} to {}", TypeName(arguments[0].type),
                              FieldTypeName(type)));
  }
  return ValueType::Boolean();
}

Result<ValueType> RoundRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(TakeAll("nk", arguments));
  const ValueType type = arguments[0].type;
  const Literal digits = arguments.size() == 2 ? arguments[1].literal : Literal::Integer(0);
  if (Less(digits, Literal::Integer(-38)) || Less(Literal::Integer(38), digits)) {
    return Refuse("the number of digits to round to must lie between -38 and 38");
  }
  if (type.kind != Kind::kDecimal)
    return type.kind == Kind::kInteger ? ValueType::Integer() : type;
  const int scale = std::stoi(digits.text);
  if (scale >= type.scale) return type;
  return BoundedDecimal(type.precision - type.scale + std::max(scale, 0) + 1,
                        std::max(scale, 0));
}

Result<ValueType> WholeRule(std::vector<Typed>& arguments) {
  ASSAY_RETURN_IF_ERROR(RequireNumber(arguments[0]));
  const ValueType type = arguments[0].type;
  if (type.kind != Kind::kDecimal) return ValueType::Integer();
  return ValueType::Decimal(std::min(type.precision - type.scale + 1, 38), 0);
}

}  // namespace assay::plan
