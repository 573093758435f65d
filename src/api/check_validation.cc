#include "api/check_validation.h"

#include <fmt/format.h>

#include <algorithm>

#include "api/authorization.h"
#include "engine/query_statement.h"
#include "operations/check_records.h"
#include "operations/reference_opener.h"
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

/// A container that a check refers to; its schema is empty while its fields are not known.
struct Reference {
  std::string key;
  rules::ReferencedContainer container;
};

Answer<Reference> FindReference(const Caller& caller, store::Access& access,
                                const store::QualityCheck& check,
                                const rules::ContainerReference& named) {
  const auto refuse = [&](std::string message) {
    return Refuse(
        Problem::Invalid({{{"body", "properties",
                            named.ref_container_id ? "ref_container_id" : "ref_container_name"},
                           std::move(message)}}));
  };
  API_TRY(const auto own, store::Containers(access).Get(check.container_id));
  const auto found = operations::FindReferenced(access, named, own.datastore_id);
  if (!found) {
    const ErrorKind kind = found.error().kind;
    if (kind == ErrorKind::kNotFound || kind == ErrorKind::kInvalidInput)
      return refuse(found.error().message);
    return Refuse(found.error());
  }
  API_TRY(const bool may_see, MaySeeRecords(caller, access, found->id));
  if (!may_see) {
    return refuse(
        fmt::format("no container {} whose records you may see; ask for the team "
                    "permission Viewer on its datastore",
                    found->id));
  }
  API_TRY(plan::Schema schema, KnownSchema(access, found->id));
  return Reference{named.Key(), {found->name, std::move(schema)}};
}

/// Why a statement could not be run. Nothing when all that can be told of it is well.
Status CheckForm(const plan::CheckForm& form) {
  const auto* query = std::get_if<plan::QueryCheck>(&form);
  return query == nullptr ? Status() : engine::CheckQuery(*query);
}

bool HasPlaceholders(const store::QualityCheck& check) {
  return check.filter.value_or("").find("{{") != std::string::npos ||
         PrintJson(check.properties).find("{{") != std::string::npos;
}

}  // namespace

Answer<void> ValidateCheck(const Caller& caller, store::Access& access,
                           const store::QualityCheck& check, Timestamp now) {
  if (rules::FindRuleType(check.rule_type) == nullptr) {
    return Refuse(Problem::InvalidKey("rule", rules::UnknownRuleMessage(check.rule_type)));
  }
  std::vector<Reference> found;
  for (const auto& named : rules::AllReferencesOf(check.properties)) {
    API_TRY(auto reference, FindReference(caller, access, check, named));
    found.push_back(std::move(reference));
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
  rules::References references;
  for (Reference& reference : found) {
    if (reference.container.schema.fields.empty()) return {};
    references.emplace(reference.key, std::move(reference.container));
  }
  const auto compiled =
      rules::Compile(operations::ToDefinition(check), schema, now, {}, references);
  if (compiled) return At({"body"}, CheckForm(compiled->plan.form));
  // What a rule cannot take is as much the caller's to mend as a wrong property.
  if (compiled.error().kind == ErrorKind::kUnsupported) {
    return Refuse(Problem::Invalid({{{"body"}, compiled.error().message}}));
  }
  return At({"body"}, Status(std::unexpected(compiled.error())));
}

}  // namespace assay::api
