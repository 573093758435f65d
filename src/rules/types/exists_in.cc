// Rule "existsIn": every value is found in a field of another container.

#include "rules/membership.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json& properties) {
  return CompileMembership(target, properties, plan::MembershipCheck::Expected::kPresent);
}

}  // namespace

RuleType exists_in() {
  return {
      .name = "existsIn",
      .summary =
          "Every non-null value is among the values of a field of another container, in "
          "the same datastore or any other.",
      .scope = FieldScope::kSingle,
      .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                  plan::FieldType::kBoolean, plan::FieldType::kString, plan::FieldType::kDate,
                  plan::FieldType::kTimestamp},
      .weight = 2,
      .properties_schema = MembershipProperties(),
      .example = {.properties = {{"ref_container_name", "countries"}, {"field_name", "code"}},
                  .fields = {{"country", plan::FieldType::kString}},
                  .rows = {{"AR"}, {"XX"}, {nullptr}, {"at"}},
                  .failing_rows = {1, 3},
                  .reference = {.name = "countries",
                                .fields = {{"code", plan::FieldType::kString}},
                                .rows = {{"AR"}, {"AT"}, {"AR"}, {nullptr}}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
