// Resolution of fields and functions, and TypeOf.

#include <fmt/format.h>

#include "plan/coercion.h"
#include "plan/functions.h"
#include "plan/parser.h"
#include "plan/typed.h"

namespace assay::plan {
namespace {

Result<Typed> AnalyzeColumn(const std::string& name, const Schema& schema) {
  const Field* field = schema.Find(name);
  if (field == nullptr) {
    std::vector<std::string> names;
    for (const Field& known : schema.fields) names.push_back(known.name);
    const std::string nearest = NearestName(name, names);
    return Fail(ErrorKind::kInvalidInput,
                nearest.empty()
                    ? fmt::format("no such field: '{}'", name)
                    : fmt::format("no such field: '{}'; did you mean '{}'?", name, nearest));
  }
  if (field->name.ends_with("[]")) {
    return Fail(
        ErrorKind::kUnsupported,
        fmt::format("elements of a list cannot be used in an expression: '{}'", field->name));
  }
  Typed node;
  node.kind = Expression::Kind::kColumn;
  node.type = TypeOfField(*field);
  node.field = field;
  return node;
}

/// How a function is called in messages.
const std::string& Display(const Function& function) {
  return function.syntax.empty() ? function.name : function.syntax;
}

Result<Typed> AnalyzeNode(const Expression& expression, const Schema& schema) {
  if (expression.kind() == Expression::Kind::kColumn)
    return AnalyzeColumn(expression.name(), schema);
  if (expression.kind() == Expression::Kind::kLiteral)
    return TypedLiteral(expression.literal());
  const Function* function = FindFunction(expression.name());
  if (function == nullptr) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("unknown function: '{}'", expression.name()));
  }
  ASSAY_RETURN_IF_ERROR(CheckArgumentCount(*function, expression.arguments().size()));
  Typed node;
  node.kind = Expression::Kind::kCall;
  node.function = function;
  node.arguments.reserve(expression.arguments().size());
  for (const Expression& argument : expression.arguments()) {
    ASSAY_TRY(Typed typed, AnalyzeNode(argument, schema));
    node.arguments.push_back(std::move(typed));
  }
  Result<ValueType> type = function->type(node.arguments);
  if (!type) return FailWithin(Display(*function), type.error());
  node.type = *type;
  return node;
}

}  // namespace

Typed TypedLiteral(Literal literal) {
  Typed node;
  node.type = TypeOfLiteral(literal);
  node.literal = std::move(literal);
  return node;
}

Typed CastTo(Typed node, ValueType type) {
  if (node.type == type) return node;
  if (node.kind == Expression::Kind::kLiteral) {
    if (auto folded = FoldCast(node.literal, type)) {
      node.literal = *std::move(folded);
      node.type = type;
      return node;
    }
  }
  Typed cast;
  cast.kind = Expression::Kind::kCall;
  cast.type = type;
  cast.function = FindFunction("cast");
  cast.arguments.push_back(std::move(node));
  return cast;
}

Result<Typed> Analyze(const Expression& expression, const Schema& schema) {
  if (expression.depth() > kMaxDepth) {
    return Fail(ErrorKind::kUnsupported,
                fmt::format("an expression may be nested {} levels deep", kMaxDepth));
  }
  return AnalyzeNode(expression, schema);
}

Result<FieldType> TypeOf(const Expression& expression, const Schema& schema) {
  ASSAY_TRY(const Typed typed, Analyze(expression, schema));
  return ToFieldType(typed.type);
}

}  // namespace assay::plan
