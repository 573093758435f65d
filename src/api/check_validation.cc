#include "api/check_validation.h"

#include <fmt/format.h>

#include <algorithm>

#include "operations/check_records.h"
#include "plan/schema.h"
#include "rules/rule_type.h"
#include "store/fields.h"

namespace assay::api {
namespace {

Result<plan::Schema> KnownSchema(store::Access& access, int64_t container_id) {
  ASSAY_TRY(const auto fields, store::FieldRecords(access).OfContainer(container_id));
  plan::Schema schema;
  for (const store::Field& field : fields) {
    if (field.status == "Excluded") continue;
    ASSAY_TRY(const plan::FieldType type, plan::ParseFieldType(field.type));
    schema.fields.push_back({.name = field.name,
                             .path = {field.name},
                             .type = type,
                             .native_type = field.native_type,
                             .is_partition = field.is_partition});
  }
  return schema;
}

bool HasPlaceholders(const store::QualityCheck& check) {
  return check.filter.value_or("").find("{{") != std::string::npos ||
         PrintJson(check.properties).find("{{") != std::string::npos;
}

}  // namespace

Answer<void> ValidateCheck(store::Access& access, const store::QualityCheck& check,
                           Timestamp now) {
  if (rules::FindRuleType(check.rule_type) == nullptr) {
    return Refuse(
        Problem::InvalidKey("rule", fmt::format("there is no rule '{}'", check.rule_type)));
  }
  API_TRY(const plan::Schema schema, KnownSchema(access, check.container_id));
  if (schema.fields.empty()) return {};
  const auto& message_field = check.anomaly_message_field;
  if (message_field && std::ranges::find(schema.fields, *message_field, &plan::Field::name) ==
                           schema.fields.end()) {
    return Refuse(Problem::InvalidKey("anomaly_message_field",
                                      fmt::format("there is no field '{}'", *message_field)));
  }
  if (HasPlaceholders(check)) return {};
  const auto compiled = rules::Compile(operations::ToDefinition(check), schema, now);
  if (compiled) return {};
  // What a rule cannot take is as much the caller's to mend as a wrong property.
  if (compiled.error().kind == ErrorKind::kUnsupported) {
    return Refuse(Problem::Invalid({{{"body"}, compiled.error().message}}));
  }
  return At({"body"}, Status(std::unexpected(compiled.error())));
}

}  // namespace assay::api
