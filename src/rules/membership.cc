#include "rules/membership.h"

#include <fmt/format.h>

#include "rules/field_lookup.h"
#include "rules/property_type.h"

namespace assay::rules {
namespace {

struct Properties : ContainerReference {
  std::string field_name;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      RefDatastoreId<Properties>(),
      RefDatastoreName<Properties>(),
      RefContainerId<Properties>(),
      RefContainerName<Properties>(),
      As(PropertyType::kField,
         Required(
             "field_name", &Properties::field_name,
             "The field of the other container whose values are looked up; numbers compare "
             "with numbers, times with times, texts with texts.")),
  };
  return fields;
}

}  // namespace

const Json& MembershipProperties() {
  static const Json schema = PropertyFields().Schema();
  return schema;
}

Result<CompiledRule> CompileMembership(const Target& target, const Json& properties,
                                       plan::MembershipCheck::Expected expected) {
  ASSAY_TRY(const Properties parsed, PropertyFields().Parse(properties));
  ASSAY_TRY(const ReferencedContainer* reference, FindReference(parsed, target.references));
  const auto find_comparable = [&]() -> Result<const plan::Field*> {
    ASSAY_TRY(const plan::Field* field, FindField(parsed.field_name, reference->schema));
    ASSAY_RETURN_IF_ERROR(CheckComparable(target.OnlyField(), *field));
    return field;
  };
  const Result<const plan::Field*> field = find_comparable();
  if (!field) {
    return FailWithin(fmt::format("field_name: of {}", reference->name), field.error());
  }
  const bool must_exist = expected == plan::MembershipCheck::Expected::kPresent;
  return CompiledRule{
      .form = plan::MembershipCheck{.value = target.OnlyColumn(),
                                    .reference = parsed.Key(),
                                    .reference_value = plan::Expression::Column((*field)->name),
                                    .expected = expected},
      .violation = fmt::format("{} in {} of {}", must_exist ? "does not exist" : "exists",
                               (*field)->name, reference->name),
      .reference_name = reference->name};
}

}  // namespace assay::rules
