#include "plan/aggregates.h"

#include <algorithm>

#include "plan/functions.h"

namespace assay::plan {
namespace {

bool IsAggregate(const Expression& expression) {
  if (expression.kind() != Expression::Kind::kCall) return false;
  const Function* function = FindFunction(expression.name());
  return function != nullptr && function->sees == Function::Sees::kAllRows;
}

bool IsInnermost(const Expression& expression) {
  return IsAggregate(expression) && std::ranges::none_of(expression.arguments(), HasAggregates);
}

void Collect(const Expression& expression, std::vector<Expression>& found) {
  if (IsInnermost(expression)) {
    if (std::ranges::find(found, expression) == found.end()) found.push_back(expression);
    return;
  }
  for (const Expression& argument : expression.arguments()) Collect(argument, found);
}

}  // namespace

bool HasAggregates(const Expression& expression) {
  return IsAggregate(expression) || std::ranges::any_of(expression.arguments(), HasAggregates);
}

std::vector<Expression> InnermostAggregates(const Expression& expression) {
  std::vector<Expression> found;
  Collect(expression, found);
  return found;
}

Expression ReplaceInnermostAggregates(
    const Expression& expression,
    const std::function<Expression(const Expression&)>& value_of) {
  if (IsInnermost(expression)) return value_of(expression);
  if (expression.kind() != Expression::Kind::kCall) return expression;
  std::vector<Expression> arguments;
  bool changed = false;
  for (const Expression& argument : expression.arguments()) {
    arguments.push_back(ReplaceInnermostAggregates(argument, value_of));
    changed = changed || !arguments.back().Shares(argument);
  }
  return changed ? Expression::Call(expression.name(), std::move(arguments)) : expression;
}

}  // namespace assay::plan
