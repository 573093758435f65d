#include "operations/fingerprint.h"

#include <algorithm>
#include <bit>
#include <set>

#include "base/hash.h"

namespace assay::operations {
namespace {

int64_t Fingerprint(const Json& parts) {
  return std::bit_cast<int64_t>(StableHash64(CanonicalJson(parts)));
}

Json SchemaDifference(const plan::SchemaCheck& check, const plan::Schema& schema) {
  std::set<std::string> missing, of_other_type, expected, forbidden;
  for (const plan::SchemaCheck::ExpectedField& field : check.fields) {
    const plan::Field* found = schema.Find(field.name);
    if (found == nullptr) {
      missing.insert(field.name);
      continue;
    }
    expected.insert(found->name);
    if (field.type && found->type != *field.type) {
      of_other_type.insert(found->name + " " + plan::FieldTypeName(found->type));
    }
  }
  if (check.other_fields == plan::SchemaCheck::OtherFields::kForbidden) {
    for (const plan::Field& field : schema.fields) {
      if (!expected.contains(field.name)) forbidden.insert(field.name);
    }
  }
  return {{"missing", missing}, {"types", of_other_type}, {"forbidden", forbidden}};
}

Json Measured(const engine::CheckOutcome& outcome) {
  Json measured = Json::object();
  measured["measure"] = outcome.measure ? Json(outcome.measure->text) : Json(nullptr);
  if (outcome.compared_with) measured["compared_with"] = outcome.compared_with->text;
  return measured;
}

Json FailingGroup(const plan::CheckForm& form, const engine::CheckOutcome& outcome,
                  const plan::Schema& schema) {
  if (const auto* schema_check = std::get_if<plan::SchemaCheck>(&form))
    return SchemaDifference(*schema_check, schema);
  if (plan::IsMeasured(form)) return Measured(outcome);
  if (plan::IsOfGroups(form))
    return {{"groups", outcome.groups.failing_groups}, {"rows", outcome.total.failing_rows}};
  return outcome.total.failing_rows;
}

}  // namespace

std::string CanonicalJson(const Json& value) {
  // The library's unordered sibling keeps its keys in a std::map.
  return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string CheckIdentity(const rules::CheckDefinition& definition) {
  const rules::RuleType* rule = rules::FindRuleType(definition.rule);
  std::vector<std::string> fields = definition.fields;
  std::ranges::sort(fields);
  return CanonicalJson({{"rule", rule == nullptr ? definition.rule : rule->name},
                        {"fields", fields},
                        {"filter", definition.filter.value_or("")},
                        {"properties", definition.properties}});
}

int64_t RecordFingerprint(std::vector<std::string> check_identities, const Json& record) {
  std::ranges::sort(check_identities);
  return Fingerprint({{"checks", check_identities}, {"record", record}});
}

int64_t ShapeFingerprint(const std::string& check_identity, const std::string& container,
                         const rules::CompiledCheck& check, const engine::CheckOutcome& outcome,
                         const plan::Schema& schema) {
  return Fingerprint({{"check", check_identity},
                      {"container", container},
                      {"failing_group", FailingGroup(check.plan.form, outcome, schema)}});
}

}  // namespace assay::operations
