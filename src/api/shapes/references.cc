#include "api/shapes/references.h"

#include "connectors/connector_type.h"

#include <set>

namespace assay::api {

const Fields<NamedReference>& NamedReference::JsonFields() {
  static const Fields<NamedReference> fields = {
      Required("id", &NamedReference::id, "Its id."),
      Required("name", &NamedReference::name, "Its name."),
  };
  return fields;
}

const Fields<ConnectionReference>& ConnectionReference::JsonFields() {
  static const Fields<ConnectionReference> fields = {
      Required("id", &ConnectionReference::id, "Its id."),
      Required("name", &ConnectionReference::name, "Its name."),
      Required("type", &ConnectionReference::type, "Its connector."),
  };
  return fields;
}

const Fields<DatastoreReference>& DatastoreReference::JsonFields() {
  static const Fields<DatastoreReference> fields = {
      Required("id", &DatastoreReference::id, "Its id."),
      Required("name", &DatastoreReference::name, "Its name."),
      Required("store_type", &DatastoreReference::store_type, "Its family: dfs or jdbc."),
      Required("type", &DatastoreReference::type, "Its connector."),
  };
  return fields;
}

DatastoreReference ReferenceTo(const store::Datastore& datastore) {
  return {.id = datastore.id,
          .name = datastore.name,
          .store_type = connectors::StoreFamilyName(connectors::FamilyOfType(datastore.type)),
          .type = datastore.type};
}

const Fields<ContainerReference>& ContainerReference::JsonFields() {
  static const Fields<ContainerReference> fields = {
      Required("id", &ContainerReference::id, "Its id."),
      Required("name", &ContainerReference::name, "Its name."),
      Required("container_type", &ContainerReference::container_type,
               "What it is: file, table or view."),
  };
  return fields;
}

const Fields<TagReference>& TagReference::JsonFields() {
  static const Fields<TagReference> fields = {
      Required("type", &TagReference::type, "Always global."),
      Required("name", &TagReference::name, "Its name."),
      Required("color", &TagReference::color, "As #RRGGBB."),
  };
  return fields;
}

Result<TagLookup> TagLookup::Load(store::Access& access,
                                  const std::vector<std::string>& names) {
  const std::set<std::string> distinct(names.begin(), names.end());
  TagLookup lookup;
  if (distinct.empty()) return lookup;
  ASSAY_TRY(std::vector<store::Tag> tags,
            store::Tags(access).FindAll({distinct.begin(), distinct.end()}));
  for (store::Tag& tag : tags) lookup.tags_.emplace(tag.name, tag);
  return lookup;
}

std::vector<TagReference> TagLookup::References(const std::vector<std::string>& names) const {
  std::vector<TagReference> references;
  for (const std::string& name : names) {
    if (const auto found = tags_.find(name); found != tags_.end()) {
      references.push_back({.name = name, .color = found->second.color});
    }
  }
  return references;
}

}  // namespace assay::api
