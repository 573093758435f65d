#include "plan/syntax.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <array>

#include "plan/typed.h"

namespace assay::plan {
namespace {

constexpr std::array<std::pair<std::string_view, const char*>, 9> kComparisons = {{
    {"=", "equal"},
    {"==", "equal"},
    {"<=>", "not_distinct"},
    {"<>", "not_equal"},
    {"!=", "not_equal"},
    {"<", "less"},
    {"<=", "less_or_equal"},
    {">", "greater"},
    {">=", "greater_or_equal"},
}};

/// What Spark knows and this language does not, by the token that shows it.
const char* UnsupportedSyntax(const Token& token) {
  static constexpr std::array<std::pair<std::string_view, const char*>, 12> kKnown = {{
      {"->", "a lambda function"},
      {"=>", "a named argument"},
      {"[", "an element of a list or map"},
      {"&", "a bitwise operator"},
      {"|", "a bitwise operator"},
      {"^", "a bitwise operator"},
      {"~", "a bitwise operator"},
      {"<<", "a bitwise operator"},
      {">>", "a bitwise operator"},
      {":", "a path into a variant"},
      {"OVER", "a window function"},
      {"SELECT", "a subquery"},
  }};
  if (token.kind != TokenKind::kSymbol && token.kind != TokenKind::kWord) return nullptr;
  for (const auto& [text, what] : kKnown) {
    if (token.text.size() == text.size() &&
        strncasecmp(token.text.data(), text.data(), text.size()) == 0)
      return what;
  }
  return nullptr;
}

}  // namespace

Result<Expression> Syntax::Whole() {
  ASSAY_TRY(Expression expression, Or());
  if (Peek().kind != TokenKind::kEnd) return Expected("an operator or the end");
  if (aggregates_ == Aggregates::kExpected && aggregate_calls_ == 0) {
    return Refuse(ErrorKind::kInvalidInput, tokens_.front(),
                  "expected a value of all rows, such as count(*) or sum(field)");
  }
  return expression;
}

Result<Expression> Syntax::Or() {
  std::vector<Expression> terms;
  do {
    ASSAY_TRY(Expression term, And());
    terms.push_back(std::move(term));
  } while (TakeWord("OR"));
  return terms.size() == 1 ? Result<Expression>(std::move(terms.front()))
                           : Call("or", std::move(terms));
}

Result<Expression> Syntax::And() {
  std::vector<Expression> terms;
  do {
    ASSAY_TRY(Expression term, Not());
    terms.push_back(std::move(term));
  } while (TakeWord("AND"));
  if (IsSymbol("&&"))
    return Refuse(ErrorKind::kInvalidInput, Peek(), "write AND in place of &&");
  return terms.size() == 1 ? Result<Expression>(std::move(terms.front()))
                           : Call("and", std::move(terms));
}

Result<Expression> Syntax::Not() {
  int negations = 0;
  while (TakeWord("NOT") || TakeSymbol("!")) ++negations;
  ASSAY_TRY(Expression expression, Predicate());
  for (; negations > 0; --negations) {
    ASSAY_TRY(expression, Call("not", {std::move(expression)}));
  }
  return expression;
}

Result<Expression> Syntax::Predicate() {
  ASSAY_TRY(Expression value, Comparison());
  if (TakeWord("IS")) return IsPredicate(std::move(value));
  const bool negated = TakeWord("NOT");
  Result<Expression> result = [&]() -> Result<Expression> {
    if (TakeWord("IN")) return InPredicate(std::move(value));
    if (TakeWord("LIKE")) return LikePredicate("like", std::move(value));
    if (TakeWord("ILIKE")) return LikePredicate("ilike", std::move(value));
    if (TakeWord("RLIKE") || TakeWord("REGEXP")) {
      ASSAY_TRY(Expression pattern, Sum());
      return Call("rlike", {std::move(value), std::move(pattern)});
    }
    if (TakeWord("BETWEEN")) {
      ASSAY_TRY(Expression low, Sum());
      ASSAY_RETURN_IF_ERROR(Expect("AND"));
      ASSAY_TRY(Expression high, Sum());
      return Call("between", {std::move(value), std::move(low), std::move(high)});
    }
    if (negated) return Expected("IN, BETWEEN, LIKE, ILIKE or RLIKE");
    return value;
  }();
  if (!result || !negated) return result;
  return Call("not", {*std::move(result)});
}

Result<Expression> Syntax::IsPredicate(Expression value) {
  const bool negated = TakeWord("NOT");
  if (TakeWord("NULL")) return Call(negated ? "is_not_null" : "is_null", {std::move(value)});
  Result<Expression> result = [&]() -> Result<Expression> {
    if (TakeWord("TRUE")) return Call("is_true", {std::move(value)});
    if (TakeWord("FALSE")) return Call("is_false", {std::move(value)});
    // IS UNKNOWN is IS NULL of a condition.
    if (TakeWord("UNKNOWN")) return Call("is_null", {std::move(value)});
    if (!TakeWord("DISTINCT")) return Expected("NULL, TRUE, FALSE or DISTINCT FROM");
    ASSAY_RETURN_IF_ERROR(Expect("FROM"));
    ASSAY_TRY(Expression other, Sum());
    ASSAY_TRY(Expression same, Call("not_distinct", {std::move(value), std::move(other)}));
    return negated ? same : Call("not", {std::move(same)});
  }();
  if (!result || !negated || result->name() == "not_distinct") return result;
  return Call("not", {*std::move(result)});
}

Result<Expression> Syntax::InPredicate(Expression value) {
  ASSAY_RETURN_IF_ERROR(Expect("("));
  std::vector<Expression> arguments = {std::move(value)};
  do {
    ASSAY_TRY(Expression item, Or());
    arguments.push_back(std::move(item));
  } while (TakeSymbol(","));
  ASSAY_RETURN_IF_ERROR(Expect(")"));
  return Call("in", std::move(arguments));
}

Result<Expression> Syntax::LikePredicate(const char* function, Expression value) {
  if (IsWord("ANY") || IsWord("ALL") || IsWord("SOME")) {
    return Refuse(ErrorKind::kUnsupported, Peek(), "LIKE ANY and LIKE ALL are not supported");
  }
  ASSAY_TRY(Expression pattern, Sum());
  std::vector<Expression> arguments = {std::move(value), std::move(pattern)};
  if (TakeWord("ESCAPE")) {
    if (Peek().kind != TokenKind::kString) return Expected("the escape character in quotes");
    arguments.push_back(Expression::Constant(Literal::String(Take().text)));
  }
  return Call(function, std::move(arguments));
}

Result<Expression> Syntax::Comparison() {
  ASSAY_TRY(Expression left, Sum());
  while (Peek().kind == TokenKind::kSymbol) {
    const auto* found = std::ranges::find_if(
        kComparisons, [&](const auto& known) { return IsSymbol(known.first); });
    if (found == kComparisons.end()) break;
    Take();
    ASSAY_TRY(Expression right, Sum());
    ASSAY_TRY(left, Call(found->second, {std::move(left), std::move(right)}));
  }
  return left;
}

Result<Expression> Syntax::Sum() {
  ASSAY_TRY(Expression left, Product());
  while (IsSymbol("+") || IsSymbol("-") || IsSymbol("||")) {
    if (IsSymbol("||")) {
      std::vector<Expression> parts = {std::move(left)};
      while (TakeSymbol("||")) {
        ASSAY_TRY(Expression part, Product());
        parts.push_back(std::move(part));
      }
      ASSAY_TRY(left, Call("concat", std::move(parts)));
      continue;
    }
    const char* function = Take().text == "+" ? "add" : "subtract";
    ASSAY_TRY(Expression right, Product());
    ASSAY_TRY(left, Call(function, {std::move(left), std::move(right)}));
  }
  return left;
}

Result<Expression> Syntax::Product() {
  ASSAY_TRY(Expression left, Unary());
  while (true) {
    const char* function = IsSymbol("*")   ? "multiply"
                           : IsSymbol("/") ? "divide"
                           : IsSymbol("%") ? "remainder"
                           : IsWord("div") ? "integer_divide"
                                           : nullptr;
    if (function == nullptr) return left;
    Take();
    ASSAY_TRY(Expression right, Unary());
    ASSAY_TRY(left, Call(function, {std::move(left), std::move(right)}));
  }
}

Result<Expression> Syntax::Unary() {
  int negations = 0;
  while (IsSymbol("-") || IsSymbol("+")) {
    if (Take().text != "-") continue;
    // The sign belongs to a literal, so that the least integer can be written.
    if (Peek().kind == TokenKind::kNumber && !IsSymbol("::", 1)) {
      ASSAY_TRY(Expression number, Number(true));
      for (; negations > 0; --negations) {
        ASSAY_TRY(number, Call("negate", {std::move(number)}));
      }
      return number;
    }
    if (IsWord("INTERVAL") && negations == 0 && Peek(1).kind != TokenKind::kSymbol)
      return Interval(true);
    ++negations;
  }
  ASSAY_TRY(Expression expression, Postfix());
  for (; negations > 0; --negations) {
    ASSAY_TRY(expression, Call("negate", {std::move(expression)}));
  }
  return expression;
}

Result<Expression> Syntax::Postfix() {
  // Every way down to an inner expression leads through here.
  if (++nesting_ > kMaxDepth) {
    return Refuse(ErrorKind::kUnsupported, Peek(),
                  fmt::format("nested more than {} levels deep", kMaxDepth));
  }
  ASSAY_TRY(Expression expression, Primary());
  --nesting_;
  while (TakeSymbol("::")) {
    ASSAY_TRY(std::string type, Type());
    ASSAY_TRY(expression,
              Call("cast", {std::move(expression),
                            Expression::Constant(Literal::String(std::move(type)))}));
  }
  return expression;
}

const Token& Syntax::Peek(size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token Syntax::Take() {
  Token token = Peek();
  if (token.kind != TokenKind::kEnd) ++next_;
  return token;
}

bool Syntax::IsSymbol(std::string_view symbol, size_t ahead) const {
  return Peek(ahead).kind == TokenKind::kSymbol && Peek(ahead).text == symbol;
}

bool Syntax::IsWord(std::string_view word, size_t ahead) const {
  const Token& token = Peek(ahead);
  return token.kind == TokenKind::kWord && token.text.size() == word.size() &&
         strncasecmp(token.text.data(), word.data(), word.size()) == 0;
}

bool Syntax::TakeSymbol(std::string_view symbol) {
  if (!IsSymbol(symbol)) return false;
  Take();
  return true;
}

bool Syntax::TakeWord(std::string_view word) {
  if (!IsWord(word)) return false;
  Take();
  return true;
}

Status Syntax::Expect(std::string_view symbol_or_word) {
  if (TakeSymbol(symbol_or_word) || TakeWord(symbol_or_word)) return {};
  return Expected(fmt::format("{}", symbol_or_word));
}

Result<Expression> Syntax::Call(std::string function, std::vector<Expression> arguments) const {
  Expression call = Expression::Call(std::move(function), std::move(arguments));
  if (call.depth() <= kMaxDepth) return call;
  return Refuse(ErrorKind::kUnsupported, Peek(),
                fmt::format("more than {} operators in a row or levels deep", kMaxDepth));
}

std::unexpected<Error> Syntax::Refuse(ErrorKind kind, const Token& at,
                                      const std::string& what) const {
  return Fail(kind, fmt::format("{}: {}", Position(text_, at.offset), what));
}

std::unexpected<Error> Syntax::Expected(const std::string& what) const {
  const Token& found = Peek();
  if (const char* unsupported = UnsupportedSyntax(found)) {
    return Refuse(ErrorKind::kUnsupported, found,
                  fmt::format("{} is not supported here: '{}'", unsupported, found.text));
  }
  const std::string shown = found.kind == TokenKind::kEnd ? "the end"
                            : found.kind == TokenKind::kString
                                ? "a text"
                                : fmt::format("'{}'", found.text);
  return Refuse(ErrorKind::kInvalidInput, found,
                fmt::format("expected {}, found {}", what, shown));
}

}  // namespace assay::plan
