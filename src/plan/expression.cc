#include "plan/expression.h"

#include <algorithm>
#include <set>

namespace assay::plan {
namespace {

/// Joins under an associative operator as one flat call, so that long chains stay shallow.
Expression Join(const char* function, Expression a, Expression b) {
  std::vector<Expression> arguments;
  for (Expression* side : {&a, &b}) {
    if (side->kind() == Expression::Kind::kCall && side->name() == function) {
      arguments.insert(arguments.end(), side->arguments().begin(), side->arguments().end());
    } else {
      arguments.push_back(std::move(*side));
    }
  }
  return Expression::Call(function, std::move(arguments));
}

Expression Compared(const char* function, Expression value, Literal bound) {
  return Expression::Call(function, {std::move(value), Expression::Constant(std::move(bound))});
}

void CollectFieldNames(const Expression& expression, std::set<std::string>& seen,
                       std::vector<std::string>& names) {
  if (expression.kind() == Expression::Kind::kColumn && seen.insert(expression.name()).second) {
    names.push_back(expression.name());
  }
  for (const Expression& argument : expression.arguments()) {
    CollectFieldNames(argument, seen, names);
  }
}

}  // namespace

Expression Expression::Column(std::string field_name) {
  return Expression(
      std::make_shared<const Node>(Node{Kind::kColumn, std::move(field_name), {}, {}, 1}));
}

Expression Expression::Constant(Literal literal) {
  return Expression(
      std::make_shared<const Node>(Node{Kind::kLiteral, {}, std::move(literal), {}, 1}));
}

Expression Expression::Call(std::string function, std::vector<Expression> arguments) {
  int depth = 0;
  for (const Expression& argument : arguments) depth = std::max(depth, argument.depth());
  return Expression(std::make_shared<const Node>(
      Node{Kind::kCall, std::move(function), {}, std::move(arguments), depth + 1}));
}

std::vector<std::string> Expression::FieldNames() const {
  std::set<std::string> seen;
  std::vector<std::string> names;
  CollectFieldNames(*this, seen, names);
  return names;
}

bool operator==(const Expression& a, const Expression& b) {
  if (a.node_ == b.node_) return true;
  return a.kind() == b.kind() && a.depth() == b.depth() && a.name() == b.name() &&
         a.literal() == b.literal() && a.arguments() == b.arguments();
}

Expression And(Expression a, Expression b) {
  return Join("and", std::move(a), std::move(b));
}

Expression Or(Expression a, Expression b) {
  return Join("or", std::move(a), std::move(b));
}

Expression Not(Expression a) {
  return Expression::Call("not", {std::move(a)});
}

Expression IsNull(Expression a) {
  return Expression::Call("is_null", {std::move(a)});
}

Expression IsNotNull(Expression a) {
  return Expression::Call("is_not_null", {std::move(a)});
}

Expression Equal(Expression a, Expression b) {
  return Expression::Call("equal", {std::move(a), std::move(b)});
}

Expression In(Expression value, std::vector<Literal> list) {
  std::vector<Expression> arguments = {std::move(value)};
  for (Literal& literal : list) arguments.push_back(Expression::Constant(std::move(literal)));
  return Expression::Call("in", std::move(arguments));
}

Expression Above(Expression value, Literal bound) {
  return Compared("above", std::move(value), std::move(bound));
}

Expression AtLeast(Expression value, Literal bound) {
  return Compared("at_least", std::move(value), std::move(bound));
}

Expression Below(Expression value, Literal bound) {
  return Compared("less", std::move(value), std::move(bound));
}

Expression AtMost(Expression value, Literal bound) {
  return Compared("less_or_equal", std::move(value), std::move(bound));
}

Expression CharacterLength(Expression text) {
  return Expression::Call("length", {std::move(text)});
}

Expression MatchesRegex(Expression text, std::string pattern) {
  return Compared("rlike", std::move(text), Literal::String(std::move(pattern)));
}

Expression TextIs(Expression text, std::string question) {
  return Compared("text_is", std::move(text), Literal::String(std::move(question)));
}

Expression CanCast(Expression text, FieldType type) {
  return Compared("can_cast", std::move(text), Literal::String(FieldTypeName(type)));
}

}  // namespace assay::plan
