#include "plan/bind_now.h"

namespace assay::plan {

Expression BindNow(const Expression& expression, Timestamp now) {
  if (expression.kind() != Expression::Kind::kCall) return expression;
  const Literal time = Literal::Time(now);
  if (expression.name() == "current_timestamp") return Expression::Constant(time);
  if (expression.name() == "current_date") {
    return Expression::Constant({LiteralKind::kDate, time.text.substr(0, time.text.find(' '))});
  }
  std::vector<Expression> arguments;
  bool changed = false;
  for (const Expression& argument : expression.arguments()) {
    arguments.push_back(BindNow(argument, now));
    changed = changed || !arguments.back().Shares(argument);
  }
  return changed ? Expression::Call(expression.name(), std::move(arguments)) : expression;
}

}  // namespace assay::plan
