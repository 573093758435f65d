// The things of datastores that a request names, by the names of its parameters and keys.

#pragma once

#include <vector>

#include "api/route.h"

namespace assay::api {

struct Subject {
  store::Thing thing = store::Thing::kDatastore;
  int64_t id = 0;

  friend bool operator==(const Subject&, const Subject&) = default;
};

/// Ids in the path ("container_id", "enrichment_id", ...), in query parameters that do not
/// repeat ("datastore", "container"; those that repeat are filters of a list), in keys of the
/// body ("datastore_id", "enrichment_datastore_id", "container_id", "source_container_id",
/// "left_container_id", "right_container_id"), also in its object "container", and, of the
/// items of a list, those keys and `id`.
std::vector<Subject> SubjectsOf(const Route& route, const Call& call);

/// Whether requests of the route can name any.
bool NamesSubjects(const Route& route);

}  // namespace assay::api
