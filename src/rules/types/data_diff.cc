// Rule "dataDiff": the container and another one hold the same records.

#include <fmt/format.h>

#include <algorithm>

#include "rules/comparator.h"
#include "rules/field_lookup.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties : ContainerReference, Comparators {
  std::vector<std::string> row_identifiers;
  std::vector<std::string> passthrough_fields;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      RefDatastoreId<Properties>(),
      RefDatastoreName<Properties>(),
      RefContainerId<Properties>(),
      RefContainerName<Properties>(),
      As(PropertyType::kFields,
         Optional(
             "row_identifiers", &Properties::row_identifiers,
             "Names of the fields that tell records apart, in both containers: then a record "
             "whose other fields differ is changed. Without, it is one removed and one "
             "added.")),
      As(PropertyType::kFields,
         Optional("passthrough_fields", &Properties::passthrough_fields,
                  "Names of fields to show with differing records, without comparing them.")),
      NumericComparatorField<Properties>(),
      DurationComparatorField<Properties>(),
      StringComparatorField<Properties>(),
  };
  return fields;
}

bool Contains(const std::vector<const plan::Field*>& fields, const plan::Field* field) {
  return std::ranges::find(fields, field) != fields.end();
}

/// A field of the target and its namesake in the other container.
Result<plan::DifferenceCheck::Value> Paired(const plan::Field& field,
                                            const ReferencedContainer& reference) {
  const auto find = [&]() -> Result<const plan::Field*> {
    ASSAY_TRY(const plan::Field* other, FindField(field.name, reference.schema));
    ASSAY_RETURN_IF_ERROR(CheckComparable(field, *other));
    return other;
  };
  const Result<const plan::Field*> other = find();
  if (!other) return FailWithin("in " + reference.name, other.error());
  return plan::DifferenceCheck::Value{
      .name = field.name,
      .value = plan::Expression::Column(field.name),
      .reference_value = plan::Expression::Column((*other)->name)};
}

/// Whether two values of the field count as equal; nullopt when no comparator is about it.
Result<std::optional<plan::Expression>> EqualWithin(const Comparators& comparators,
                                                    const plan::Field& field) {
  ASSAY_TRY(const Comparison comparison, Comparison::Make(comparators, field.type));
  if (comparison.Margin().empty()) return std::optional<plan::Expression>();
  return std::optional(
      comparison.Equal(plan::Expression::Column(plan::DifferenceCheck::kValue),
                       plan::Expression::Column(plan::DifferenceCheck::kReferenceValue)));
}

Result<std::vector<const plan::Field*>> FindAll(const char* property,
                                                const std::vector<std::string>& names,
                                                const plan::Schema& schema) {
  std::vector<const plan::Field*> fields;
  for (const std::string& name : names) {
    const Result<const plan::Field*> field = FindField(name, schema);
    if (!field) return FailWithin(property, field.error());
    if (!Contains(fields, *field)) fields.push_back(*field);
  }
  return fields;
}

/// The filter, for the other container as well if that has all of its fields.
std::optional<plan::Expression> ReferenceFilter(const Target& target,
                                                const ReferencedContainer& reference) {
  if (!target.filter) return std::nullopt;
  const auto is_there = [&](const std::string& name) {
    return reference.schema.Find(name) != nullptr;
  };
  return std::ranges::all_of(target.filter->FieldNames(), is_there) ? target.filter
                                                                    : std::nullopt;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const ReferencedContainer* reference, FindReference(properties, target.references));
  ASSAY_TRY(const auto identifiers,
            FindAll("row_identifiers", properties.row_identifiers, target.schema));
  ASSAY_TRY(const auto shown,
            FindAll("passthrough_fields", properties.passthrough_fields, target.schema));
  plan::DifferenceCheck check{.reference = properties.Key(),
                              .identifiers = {},
                              .reference_filter = ReferenceFilter(target, *reference)};
  for (const plan::Field* field : identifiers) {
    ASSAY_TRY(auto value, Paired(*field, *reference));
    check.identifiers.push_back(std::move(value));
  }
  for (const plan::Field* field : target.fields) {
    if (Contains(identifiers, field)) continue;
    ASSAY_TRY(auto value, Paired(*field, *reference));
    ASSAY_TRY(auto equal, EqualWithin(properties, *field));
    if (!identifiers.empty()) {
      check.compared.push_back({std::move(value), std::move(equal)});
    } else if (equal) {
      return Fail(
          ErrorKind::kInvalidInput,
          "row_identifiers: are needed to tell which records to compare within a margin");
    } else {
      check.identifiers.push_back(std::move(value));
    }
  }
  for (const plan::Field* field : shown) {
    if (Contains(identifiers, field) || Contains(target.fields, field)) continue;
    plan::DifferenceCheck::Shown& entry = check.shown.emplace_back(
        field->name, plan::Expression::Column(field->name), std::nullopt);
    if (const plan::Field* other = reference->schema.Find(field->name))
      entry.reference_value = plan::Expression::Column(other->name);
  }
  return CompiledRule{.form = std::move(check),
                      .violation = "differs from " + reference->name,
                      .reference_name = reference->name};
}

}  // namespace

RuleType data_diff() {
  return {
      .name = "dataDiff",
      .summary =
          "The named fields of the records, and of those of another container, are the same, "
          "in both directions: whatever the order of records, and each as often. Null is the "
          "same as null. A filter applies to both if the other container has its fields.",
      .scope = FieldScope::kMultiple,
      .accepts = {plan::FieldType::kIntegral, plan::FieldType::kFractional,
                  plan::FieldType::kBoolean, plan::FieldType::kString, plan::FieldType::kDate,
                  plan::FieldType::kTimestamp},
      .weight = 3,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"ref_container_name", "replica"},
                                 {"row_identifiers", {"id"}}},
                  .fields = {{"id", plan::FieldType::kIntegral},
                             {"country", plan::FieldType::kString}},
                  .rows = {{1, "Austria"}, {2, "United States"}, {3, nullptr}},
                  .failing_rows = {1},
                  .reference = {.name = "replica",
                                .fields = {{"id", plan::FieldType::kIntegral},
                                           {"country", plan::FieldType::kString}},
                                .rows = {{3, nullptr}, {2, "USA"}, {1, "Austria"}}}},
      .compile = Compile};
}

}  // namespace assay::rules::types
