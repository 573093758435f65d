#include "plan/parser.h"

#include <fmt/format.h>

#include "plan/lexer.h"
#include "plan/syntax.h"
#include "plan/typed.h"

namespace assay::plan {

Result<Expression> ParseExpression(std::string_view text, const Variables& variables) {
  ASSAY_TRY(std::vector<Token> tokens, Tokenize(text));
  return Syntax(text, std::move(tokens), variables).Whole();
}

Result<Expression> ParsePredicate(std::string_view text, const Schema& schema,
                                  const Variables& variables) {
  ASSAY_TRY(Expression expression, ParseExpression(text, variables));
  ASSAY_RETURN_IF_ERROR(CheckPredicate(expression, schema));
  return expression;
}

Status CheckPredicate(const Expression& expression, const Schema& schema) {
  ASSAY_TRY(const Typed typed, Analyze(expression, schema));
  if (typed.type.kind == ValueType::Kind::kBoolean) return {};
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("a condition must be true or false, this one is {}", TypeName(typed.type)));
}

Result<Expression> ParseAggregate(std::string_view text, const Schema& schema,
                                  const Variables& variables) {
  ASSAY_TRY(std::vector<Token> tokens, Tokenize(text));
  ASSAY_TRY(Expression expression,
            Syntax(text, std::move(tokens), variables, Syntax::Aggregates::kExpected).Whole());
  ASSAY_RETURN_IF_ERROR(Analyze(expression, schema));
  return expression;
}

}  // namespace assay::plan
