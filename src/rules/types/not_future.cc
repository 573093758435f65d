// Rule "notFuture": no value lies after the time of the operation.

#include "rules/field_types.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json&) {
  return CompiledRule{.form = plan::RowCheck{plan::AtMost(target.OnlyColumn(),
                                                          plan::Literal::Time(target.now))},
                      .violation = "is in the future"};
}

}  // namespace

RuleType not_future() {
  return {.name = "notFuture",
          .summary =
              "No value lies after the start of the operation (UTC). A date counts as its "
              "first moment, so today passes.",
          .scope = FieldScope::kSingle,
          .accepts = TimeTypes(),
          .weight = 2,
          .example = {.fields = {{"created_at", plan::FieldType::kTimestamp}},
                      .rows = {{"2020-05-01 10:00:00"}, {"9000-01-01 00:00:00"}, {nullptr}},
                      .failing_rows = {1}},
          .compile = Compile};
}

}  // namespace assay::rules::types
