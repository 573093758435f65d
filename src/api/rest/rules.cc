// What rules there are and what each needs.

#include <algorithm>

#include "api/route.h"
#include "base/fields.h"
#include "plan/schema.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::api::rest {
namespace {

struct PropertyView {
  std::string name;
  std::string type;
  std::vector<std::string> values;
  bool required = false;
  std::string description;

  static const Fields<PropertyView>& JsonFields() {
    static const Fields<PropertyView> fields = {
        Required("name", &PropertyView::name, "Its key."),
        Required(
            "type", &PropertyView::type,
            "How a form asks for it: boolean, container, datastore, datetime, enum, field, "
            "fields, list, number, sparksql, string, numeric_comparator, "
            "duration_comparator or string_comparator."),
        Required("values", &PropertyView::values, "Of an enum: what it may be."),
        Required("required", &PropertyView::required, "Whether the rule needs it."),
        Required("description", &PropertyView::description, "What it means."),
    };
    return fields;
  }
};

struct RuleView {
  std::string rule;
  std::string description;
  std::string fields;
  std::vector<std::string> field_types;
  bool filter = false;
  bool coverage = false;
  int64_t weight = 0;
  std::vector<PropertyView> properties;
};

const Fields<RuleView>& ViewFields() {
  static const Fields<RuleView> fields = {
      Required("rule", &RuleView::rule, "Its name."),
      Required("description", &RuleView::description, "What passes."),
      Required(
          "fields", &RuleView::fields,
          "How many fields it takes: single, multi, calculated (of its expression) or none."),
      Required("field_types", &RuleView::field_types, "Types it takes; empty: all."),
      Required("filter", &RuleView::filter, "Whether it takes a filter."),
      Required("coverage", &RuleView::coverage, "Whether it takes a coverage below 1."),
      Required("weight", &RuleView::weight, "How much its failures matter, 1 to 3."),
      Required("properties", &RuleView::properties, "What it needs."),
  };
  return fields;
}

const char* ScopeName(rules::FieldScope scope) {
  switch (scope) {
    case rules::FieldScope::kSingle: return "single";
    case rules::FieldScope::kMultiple: return "multi";
    case rules::FieldScope::kCalculated: return "calculated";
    case rules::FieldScope::kNone: return "none";
  }
  return "";
}

Json Print(const rules::RuleType& rule) {
  RuleView view{.rule = rule.name,
                .description = rule.summary,
                .fields = ScopeName(rule.scope),
                .field_types = {},
                .filter = rule.filterable,
                .coverage = rule.supports_coverage,
                .weight = rule.weight,
                .properties = {}};
  for (const plan::FieldType type : rule.accepts) {
    view.field_types.push_back(plan::FieldTypeName(type));
  }
  const Json required = rule.properties_schema.value("required", Json::array());
  const Json properties = rule.properties_schema.value("properties", Json::object());
  for (const auto& [name, schema] : properties.items()) {
    view.properties.push_back(
        {.name = name,
         .type = rules::PropertyTypeOf(schema),
         .values = schema.value(rules::kPropertyValuesKey, std::vector<std::string>()),
         .required = std::ranges::find(required, Json(name)) != required.end(),
         .description = schema.value("description", "")});
  }
  return ViewFields().Print(view);
}

Answer<Reply> List(const Call&) {
  Json list = Json::array();
  for (const rules::RuleType& rule : rules::AllRuleTypes()) list.push_back(Print(rule));
  return Ok(std::move(list));
}

}  // namespace

RouteGroup rules() {
  return {.title = "Rules",
          .routes = {{.method = "GET",
                      .path = "/api/quality-checks/specifications/rules",
                      .summary = "Lists all rules.",
                      .answers = {{.description = "The rules, by name.",
                                   .shape = Shape{"Rule", ViewFields().Schema()},
                                   .form = AnswerDocumentation::Form::kList}},
                      .handle = List}}};
}

}  // namespace assay::api::rest
