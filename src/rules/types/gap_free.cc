// Rule "gapFree": no integer is missing between the least and the greatest of a field.

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

plan::Expression Exact(plan::Expression value) {
  return plan::Expression::Call(
      "cast",
      {std::move(value), plan::Expression::Constant(plan::Literal::String("decimal(20,0)"))});
}

Result<CompiledRule> Compile(const Target& target, const Json&) {
  const auto of_field = [&](const char* aggregate) {
    return plan::Expression::Call(aggregate, {target.OnlyColumn()});
  };
  const plan::Expression span = plan::Expression::Call(
      "add",
      {plan::Expression::Call("subtract", {Exact(of_field("max")), Exact(of_field("min"))}),
       plan::Expression::Constant(plan::Literal::Integer(1))});
  return CompiledRule{
      .form = plan::MeasureCheck{.measure = plan::Expression::Call(
                                     "subtract", {span, of_field("count_distinct")}),
                                 .max = plan::Bound{.value = plan::Literal::Integer(0)}},
      .violation = "is not 0",
      .wording = {.subject =
                      "the number of integers missing between the least and the greatest " +
                      target.OnlyField().name}};
}

}  // namespace

RuleType gap_free() {
  return {.name = "gapFree",
          .summary =
              "No integer is missing between the least and the greatest value. Nulls, "
              "repeated values and the order of rows do not matter.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral},
          .supports_coverage = false,
          .weight = 2,
          .example = {.fields = {{"invoice", plan::FieldType::kIntegral}},
                      .rows = {{11}, {10}, {nullptr}, {14}, {11}},
                      .verdict = RuleExample::Verdict::kFails},
          .compile = Compile};
}

}  // namespace assay::rules::types
