#include "rules/container_reference.h"

namespace assay::rules {
namespace {

const Fields<ContainerReference>& ReferenceFields() {
  static const Fields<ContainerReference> fields = {
      RefDatastoreId<ContainerReference>(), RefDatastoreName<ContainerReference>(),
      RefContainerId<ContainerReference>(), RefContainerName<ContainerReference>()};
  return fields;
}

/// Types between whose values "equal" has a meaning that does not surprise.
enum class Family { kNone, kNumber, kTime, kText, kBoolean };

Family FamilyOf(plan::FieldType type) {
  switch (type) {
    case plan::FieldType::kIntegral:
    case plan::FieldType::kFractional: return Family::kNumber;
    case plan::FieldType::kDate:
    case plan::FieldType::kTimestamp: return Family::kTime;
    case plan::FieldType::kString: return Family::kText;
    case plan::FieldType::kBoolean: return Family::kBoolean;
    case plan::FieldType::kUnknown: return Family::kNone;
  }
  return Family::kNone;
}

}  // namespace

std::string ContainerReference::Key() const {
  return PrintJson(ReferenceFields().Print(*this));
}

std::optional<ContainerReference> ReferenceOf(const Json& properties) {
  if (!properties.is_object()) return std::nullopt;
  const auto reference = ReferenceFields().Parse(properties, UnknownKeys::kIgnore);
  if (!reference || (!reference->ref_container_id && !reference->ref_container_name))
    return std::nullopt;
  return *reference;
}

Result<const ReferencedContainer*> FindReference(const ContainerReference& reference,
                                                 const References& references) {
  if (!reference.ref_container_id && !reference.ref_container_name) {
    return Fail(ErrorKind::kInvalidInput,
                "ref_container_id: is required, or ref_container_name with a name");
  }
  if (reference.ref_container_id && reference.ref_container_name) {
    return Fail(ErrorKind::kInvalidInput,
                "ref_container_id and ref_container_name: give one of them");
  }
  if (reference.ref_datastore_id && reference.ref_datastore_name) {
    return Fail(ErrorKind::kInvalidInput,
                "ref_datastore_id and ref_datastore_name: give one of them");
  }
  const char* const key =
      reference.ref_container_id ? "ref_container_id" : "ref_container_name";
  const auto found = references.find(reference.Key());
  if (found == references.end()) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("{}: containers cannot be compared here", key));
  }
  if (!found->second) return FailWithin(key, found->second.error());
  return &*found->second;
}

Status CheckComparable(const plan::Field& field, const plan::Field& reference_field) {
  const Family family = FamilyOf(field.type);
  if (family != Family::kNone && family == FamilyOf(reference_field.type)) return {};
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("a field of type {} cannot be compared with one of type {}: '{}' and "
                  "'{}'",
                  plan::FieldTypeName(field.type), plan::FieldTypeName(reference_field.type),
                  field.name, reference_field.name));
}

}  // namespace assay::rules
