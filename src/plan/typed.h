// Expressions with their types worked out and every implicit cast made visible: what dialects
// print.

#pragma once

#include <string_view>
#include <vector>

#include "plan/expression.h"
#include "plan/value_type.h"

namespace assay::plan {

struct Function;

/// A node of a typed tree. It refers to the schema it was made for, which must outlive it.
struct Typed {
  Expression::Kind kind = Expression::Kind::kLiteral;
  ValueType type;
  const Field* field = nullptr;        // of a column
  Literal literal;                     // of a literal; its kind agrees with `type` (or is null)
  const Function* function = nullptr;  // of a call
  std::vector<Typed> arguments;        // of a call, of the types that the function takes
};

/// A literal node of the literal's own type.
Typed TypedLiteral(Literal literal);

/// The node cast to `type`; unchanged when it has that type. Literals are cast right here where
/// every engine must agree on the outcome.
Typed CastTo(Typed node, ValueType type);

/// Resolves columns and functions, checks argument counts and types, inserts Spark's implicit
/// casts. kInvalidInput as for TypeOf (plan/parser.h); kUnsupported for list elements and
/// deeper trees than kMaxDepth.
Result<Typed> Analyze(const Expression& expression, const Schema& schema);

/// The deepest tree accepted, so that no recursion over one exhausts the stack.
constexpr int kMaxDepth = 200;

}  // namespace assay::plan
