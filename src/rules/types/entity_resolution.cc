// Rule "entityResolution": names of the same thing go with one value of another field.

#include <fmt/format.h>

#include "rules/field_lookup.h"
#include "rules/field_types.h"
#include "rules/property_type.h"
#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string distinction_field_name;
  bool pair_substrings = false;
  bool pair_homophones = false;
  double spelling_similarity = plan::names::Similarity().min_spelling;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      As(PropertyType::kField,
         Required("distinction_field_name", &Properties::distinction_field_name,
                  "The field that tells entities apart: one entity has one value of it.")),
      Optional("pair_substrings", &Properties::pair_substrings,
               "Whether names are one when all words of one stand side by side in the other."),
      Optional("pair_homophones", &Properties::pair_homophones,
               "Whether names are one that sound alike word by word (Metaphone, for English)."),
      Optional("spelling_similarity", &Properties::spelling_similarity,
               "From 0.5 to 1, 0.7 when absent: names are one whose spelling is at least so "
               "similar, which is 1 less the share of letters that were inserted, left out, "
               "replaced or exchanged with their neighbour. 1: no names are one by spelling."),
  };
  return fields;
}

Result<const plan::Field*> DistinctionField(const Target& target, const std::string& name) {
  const Result<const plan::Field*> field = FindField(name, target.schema);
  if (!field) return FailWithin("distinction_field_name", field.error());
  if (*field == target.fields.front()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("distinction_field_name: must be another field than '{}'", name));
  }
  return *field;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  ASSAY_TRY(const plan::Field* distinction,
            DistinctionField(target, properties.distinction_field_name));
  if (!(properties.spelling_similarity >= 0.5 && properties.spelling_similarity <= 1)) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("spelling_similarity: must be from 0.5 to 1, not {}",
                            properties.spelling_similarity));
  }
  return CompiledRule{
      .form = plan::EntityCheck{.name = target.OnlyColumn(),
                                .distinction = plan::Expression::Column(distinction->name),
                                .similarity = {.min_spelling = properties.spelling_similarity,
                                               .pairs_homophones = properties.pair_homophones,
                                               .pairs_substrings = properties.pair_substrings}},
      .violation =
          fmt::format("names an entity that has several values of {}", distinction->name)};
}

}  // namespace

RuleType entity_resolution() {
  return {.name = "entityResolution",
          .summary =
              "Names that are likely the same entity go with one value of another field. Case, "
              "accents, punctuation, legal forms (Inc., GmbH) and \"The\" in front never "
              "matter; names with other numbers in them are never one. Rows where either field "
              "is null, or the name is longer than 200 characters, are left out; over 100,000 "
              "different names the check is not asserted. docs/entity-resolution.md has the "
              "methods and their limits.",
          .scope = FieldScope::kSingle,
          .accepts = TextTypes(),
          .supports_coverage = false,
          .weight = 3,
          .properties_schema = PropertyFields().Schema(),
          .example = {.properties = {{"distinction_field_name", "id"}},
                      .fields = {{"name", plan::FieldType::kString}},
                      .other_fields = {{"id", plan::FieldType::kIntegral}},
                      .rows = {{"ACME Boxing", 1},
                               {"Frank's Flowers", 2},
                               {"ACME Boxes", 3},
                               {nullptr, 4},
                               {"Franks Flowers Ltd", 2}},
                      .failing_rows = {0, 2}},
          .compile = Compile};
}

}  // namespace assay::rules::types
