// Rule "notExistsIn": no value is found in a field of another container.

#include "rules/membership.h"

namespace assay::rules::types {
namespace {

Result<CompiledRule> Compile(const Target& target, const Json& properties) {
  return CompileMembership(target, properties, plan::MembershipCheck::Expected::kAbsent);
}

}  // namespace

RuleType not_exists_in() {
  return {.name = "notExistsIn",
          .summary =
              "No non-null value is among the values of a field of another container, in the "
              "same datastore or any other.",
          .scope = FieldScope::kSingle,
          .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                      plan::FieldType::kBoolean, plan::FieldType::kString,
                      plan::FieldType::kDate, plan::FieldType::kTimestamp},
          .weight = 2,
          .properties_schema = MembershipProperties(),
          .example = {.properties = {{"ref_container_name", "unsupported_regions"},
                                     {"field_name", "name"}},
                      .fields = {{"region", plan::FieldType::kString}},
                      .rows = {{"Antarctica"}, {"Argentina"}, {"Atlantida"}, {nullptr}},
                      .failing_rows = {0},
                      .reference = {.name = "unsupported_regions",
                                    .fields = {{"name", plan::FieldType::kString}},
                                    .rows = {{"Antarctica"}, {"Mars"}, {nullptr}}}},
          .compile = Compile};
}

}  // namespace assay::rules::types
