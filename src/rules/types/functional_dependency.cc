// Rule "functionalDependency": equal values of some fields go with equal values of the others.

#include <fmt/ranges.h>

#include <algorithm>

#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::vector<std::string> determinants;
  std::string failing = "all";
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kFields,
         Required("determinants", &Properties::determinants,
                  "Those of the check's fields that determine the others.")),
      OneOf({"all", "minority"},
            Optional("failing", &Properties::failing,
                     "Which rows fail of those with the same determinants and several values: "
                     "all, or minority: those without the most frequent values (all when there "
                     "are several such values).")),
  };
  return fields;
}

Result<plan::DependencyCheck::Failing> FailingRows(const std::string& name) {
  if (name == "all") return plan::DependencyCheck::Failing::kAll;
  if (name == "minority") return plan::DependencyCheck::Failing::kMinority;
  return Fail(ErrorKind::kInvalidInput,
              fmt::format("failing: must be all or minority, not '{}'", name));
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::DependencyCheck::Failing failing, FailingRows(properties.failing));
  std::vector<const plan::Field*> determinants;
  for (const std::string& name : properties.determinants) {
    const plan::Field* field = target.schema.Find(name);
    if (std::ranges::find(target.fields, field) == target.fields.end()) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("determinants: not a field of the check: '{}'", name));
    }
    determinants.push_back(field);
  }
  plan::DependencyCheck check{.keys = {}, .values = {}, .failing = failing};
  std::vector<std::string> keys, values;
  for (const plan::Field* field : target.fields) {
    const bool is_key = std::ranges::find(determinants, field) != determinants.end();
    (is_key ? check.keys : check.values).push_back(plan::Expression::Column(field->name));
    (is_key ? keys : values).push_back(field->name);
  }
  if (keys.empty())
    return Fail(ErrorKind::kInvalidInput, "determinants: must name at least one field");
  if (values.empty()) {
    return Fail(ErrorKind::kInvalidInput,
                "determinants: at least one field of the check must be left to be determined");
  }
  return CompiledRule{.form = std::move(check),
                      .violation = fmt::format("do not keep to {} -> {}", fmt::join(keys, ", "),
                                               fmt::join(values, ", "))};
}

}  // namespace

RuleType functional_dependency() {
  return {.name = "functionalDependency",
          .summary =
              "Rows with equal determinants have equal values in the other fields. Of "
              "determinants with several values all rows fail, or the minority; rows with a "
              "null among the fields are left out.",
          .scope = FieldScope::kMultiple,
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"determinants", {"zip"}}},
                      .fields = {{"zip", plan::FieldType::kString},
                                 {"city", plan::FieldType::kString}},
                      .rows = {{"10115", "Berlin"},
                               {"50667", "Köln"},
                               {"50667", "Cologne"},
                               {"10115", "Berlin"},
                               {"50667", nullptr}},
                      .failing_rows = {1, 2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
