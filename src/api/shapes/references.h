// How answers name other things: an object with id and name in place of a bare id.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "store/access.h"
#include "store/datastores.h"
#include "store/tags.h"

namespace assay::api {

/// {id, name}: a team, an assignee, an enrichment datastore.
struct NamedReference {
  int64_t id = 0;
  std::string name;

  static const Fields<NamedReference>& JsonFields();
};

/// {id, name, type}.
struct ConnectionReference {
  int64_t id = 0;
  std::string name;
  std::string type;

  static const Fields<ConnectionReference>& JsonFields();
};

/// {id, name, store_type, type}; store_type is "dfs" for places that hold files, "jdbc" for
/// databases.
struct DatastoreReference {
  int64_t id = 0;
  std::string name;
  std::string store_type;
  std::string type;

  static const Fields<DatastoreReference>& JsonFields();
};
DatastoreReference ReferenceTo(const store::Datastore& datastore);

/// {id, name, container_type}.
struct ContainerReference {
  int64_t id = 0;
  std::string name;
  std::string container_type;

  static const Fields<ContainerReference>& JsonFields();
};

/// {type, name, color}; type is always "global".
struct TagReference {
  std::string type = "global";
  std::string name;
  std::string color;

  static const Fields<TagReference>& JsonFields();
};

/// Tags by name, for the things of one answer: one read for all of them.
class TagLookup {
 public:
  static Result<TagLookup> Load(store::Access& access, const std::vector<std::string>& names);

  /// In the order of `names`; unknown ones are left out.
  std::vector<TagReference> References(const std::vector<std::string>& names) const;

 private:
  std::map<std::string, store::Tag> tags_;
};

}  // namespace assay::api
