// How the properties of a check name another container, and what rules get to know of it.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "plan/schema.h"
#include "rules/property_type.h"

namespace assay::rules {

/// The container with which a check compares its own: by ids on a server; by names in a check
/// file, or as a URI where nothing is stored.
struct ContainerReference {
  std::optional<int64_t> ref_datastore_id = {};
  std::optional<std::string> ref_datastore_name = {};
  std::optional<int64_t> ref_container_id = {};
  std::optional<std::string> ref_container_name = {};

  /// Equal for equal references.
  std::string Key() const;

  friend bool operator==(const ContainerReference&, const ContainerReference&) = default;
};

/// The declarations of these properties, for the fields of a rule's Properties struct `P`,
/// which derives from ContainerReference.
template <class P>
FieldDeclaration<P> RefDatastoreId() {
  return As(PropertyType::kDatastore,
            Optional<P, std::optional<int64_t>>(
                "ref_datastore_id", &P::ref_datastore_id,
                "The datastore of the other container; absent: the check's own."));
}
template <class P>
FieldDeclaration<P> RefDatastoreName() {
  return As(PropertyType::kDatastore,
            Optional<P, std::optional<std::string>>(
                "ref_datastore_name", &P::ref_datastore_name,
                "In place of ref_datastore_id: its name; on the command line a URI."));
}
template <class P>
FieldDeclaration<P> RefContainerId() {
  return As(PropertyType::kContainer, Optional<P, std::optional<int64_t>>(
                                          "ref_container_id", &P::ref_container_id,
                                          "The other container, by its id on the server."));
}
template <class P>
FieldDeclaration<P> RefContainerName() {
  return As(PropertyType::kContainer,
            Optional<P, std::optional<std::string>>(
                "ref_container_name", &P::ref_container_name,
                "In place of ref_container_id: its name; on the command line also a URI."));
}

/// The reference that `properties` of a check make; nullopt when they make none. What is not
/// well-formed is left to the rule.
std::optional<ContainerReference> ReferenceOf(const Json& properties);

/// A container with the name by which a check speaks of it, where it may refer to several.
struct NamedReference : ContainerReference {
  std::string name;

  static const Fields<NamedReference>& JsonFields();
};

/// All references that `properties` of a check make: by themselves, and in a list "references"
/// of NamedReference. In the same way.
std::vector<ContainerReference> AllReferencesOf(const Json& properties);

/// Another container as rules see it.
struct ReferencedContainer {
  std::string name;  // for people
  plan::Schema schema;
};

/// By ContainerReference::Key(). An error says why a container could not be opened.
using References = std::map<std::string, Result<ReferencedContainer>>;

/// kInvalidInput when the properties name no container, or it is not among `references`; the
/// error that is there when it could not be opened.
Result<const ReferencedContainer*> FindReference(const ContainerReference& reference,
                                                 const References& references);

/// Whether values of two fields can be compared: both numbers, both times, both texts or both
/// booleans. kInvalidInput naming both otherwise.
Status CheckComparable(const plan::Field& field, const plan::Field& reference_field);

}  // namespace assay::rules
