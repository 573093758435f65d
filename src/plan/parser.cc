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
  ASSAY_TRY(const Typed typed, Analyze(expression, schema));
  if (typed.type.kind == ValueType::Kind::kBoolean) return expression;
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("a condition must be true or false, this one is {}", TypeName(typed.type)));
}

}  // namespace assay::plan
