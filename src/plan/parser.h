// Text of filters and expressions (a subset of Spark SQL) to Expression.

#pragma once

#include <map>
#include <string>
#include <string_view>

#include "plan/expression.h"

namespace assay::plan {

/// Values for `{{ name }}` placeholders; each is itself a literal in SQL text, such as
/// "TIMESTAMP '2026-01-31'". Text that is not one literal is refused.
using Variables = std::map<std::string, std::string>;

/// Parses one expression. Errors are kInvalidInput (or kUnsupported for known SQL outside the
/// subset) and say what was found at which line and column.
/// Depth of nesting is limited (200), so no input exhausts the stack. Linear in the text.
Result<Expression> ParseExpression(std::string_view text, const Variables& variables = {});

/// What an expression yields over a schema, or why it cannot be evaluated: unknown field (with
/// the nearest name), unknown function, wrong number or type of arguments.
Result<FieldType> TypeOf(const Expression& expression, const Schema& schema);

/// ParseExpression, and TypeOf must give Boolean.
Result<Expression> ParsePredicate(std::string_view text, const Schema& schema,
                                  const Variables& variables = {});

/// As TypeOf, which must give Boolean: kInvalidInput otherwise.
Status CheckPredicate(const Expression& expression, const Schema& schema);

/// Parses an expression that is one value of all rows, such as "sum(a) / count(*)": it has an
/// aggregate (plan/functions.h), and fields stand in the arguments of aggregates only, which do
/// not nest. `count(a) FILTER (WHERE b > 1)` is understood. Errors as ParseExpression and
/// TypeOf.
Result<Expression> ParseAggregate(std::string_view text, const Schema& schema,
                                  const Variables& variables = {});

}  // namespace assay::plan
