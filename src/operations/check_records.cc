#include "operations/check_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/rule_type.h"

namespace assay::operations {

rules::CheckDefinition ToDefinition(const store::QualityCheck& check) {
  rules::CheckDefinition definition;
  definition.rule = check.rule_type;
  definition.fields = check.fields;
  definition.filter = check.filter;
  definition.coverage = check.coverage;
  definition.properties = check.properties;
  definition.description = check.description;
  return definition;
}

ScanCheck ToScanCheck(const store::QualityCheck& check) {
  ScanCheck scan_check;
  scan_check.id = check.id;
  scan_check.definition = ToDefinition(check);
  scan_check.is_inferred = check.inferred;
  scan_check.message_field = check.anomaly_message_field;
  scan_check.tags = check.tags;
  scan_check.additional_metadata = check.additional_metadata;
  return scan_check;
}

Result<store::QualityCheck> ToRecord(const rules::CheckDefinition& definition,
                                     int64_t container_id) {
  const rules::RuleType* rule = rules::FindRuleType(definition.rule);
  if (rule == nullptr) {
    return Fail(ErrorKind::kInvalidInput, fmt::format("no rule type {}", definition.rule));
  }
  store::QualityCheck check;
  check.container_id = container_id;
  check.rule_type = rule->name;
  check.rule_weight = rule->weight;
  check.fields = definition.fields;
  check.filter = definition.filter;
  check.coverage = definition.coverage;
  check.properties = definition.properties;
  check.description = definition.description;
  return check;
}

std::string InferenceKey(const rules::CheckDefinition& definition) {
  std::vector<std::string> fields = definition.fields;
  std::ranges::sort(fields);
  Json relation = Json::object();
  for (const char* key : {"field_name", "determinants", "ref_container_name",
                          "ref_container_id", "interval_name"}) {
    if (definition.properties.contains(key)) relation[key] = definition.properties[key];
  }
  // Of a calculated check nothing else says what it is about.
  if (fields.empty() && definition.properties.contains("expression"))
    relation["expression"] = definition.properties["expression"];
  return PrintJson(
      Json::array({definition.rule, fields, definition.filter.value_or(""), relation}));
}

}  // namespace assay::operations
