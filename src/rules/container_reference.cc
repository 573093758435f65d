#include "rules/container_reference.h"

#include "rules/comparator.h"

namespace assay::rules {
namespace {

const Fields<ContainerReference>& ReferenceFields() {
  static const Fields<ContainerReference> fields = {
      RefDatastoreId<ContainerReference>(), RefDatastoreName<ContainerReference>(),
      RefContainerId<ContainerReference>(), RefContainerName<ContainerReference>()};
  return fields;
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

const Fields<NamedReference>& NamedReference::JsonFields() {
  static const Fields<NamedReference> fields = {
      Required("name", &NamedReference::name, "What it is called."),
      RefDatastoreId<NamedReference>(),
      RefDatastoreName<NamedReference>(),
      RefContainerId<NamedReference>(),
      RefContainerName<NamedReference>(),
  };
  return fields;
}

std::vector<ContainerReference> AllReferencesOf(const Json& properties) {
  std::vector<ContainerReference> references;
  if (const auto own = ReferenceOf(properties)) references.push_back(*own);
  if (!properties.is_object()) return references;
  const auto list = properties.find("references");
  if (list == properties.end() || !list->is_array()) return references;
  for (const Json& entry : *list) {
    if (const auto reference = ReferenceOf(entry)) references.push_back(*reference);
  }
  return references;
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
  if (field.type != plan::FieldType::kUnknown &&
      AreComparable(field.type, reference_field.type)) {
    return {};
  }
  return Fail(
      ErrorKind::kInvalidInput,
      fmt::format("a field of type {} cannot be compared with one of type {}: '{}' and "
                  "'{}'",
                  plan::FieldTypeName(field.type), plan::FieldTypeName(reference_field.type),
                  field.name, reference_field.name));
}

}  // namespace assay::rules
