// Changes to containers as the API reads them.

#pragma once

#include "api/problem.h"
#include "api/route.h"
#include "store/containers.h"
#include "store/fields.h"

namespace assay::api {

/// Body of PUT /api/containers/{id}. What is absent keeps its value; a read option or a
/// file_name that is null is forgotten, so that the automatic one holds again. Of a computed
/// container also its name and what it is made of.
Shape ContainerUpdateShape();

/// Body of POST /api/containers: what a computed container is made of, and what else users
/// decide about containers.
enum class Naming { kRequired, kOptional };
Shape ComputedContainerShape(Naming naming);

/// Changes `container` as the body says. 422: a pattern that leaves the datastore's root, a
/// read option that is not one, a field to exclude that is not among `fields`, another
/// container_type.
Answer<void> ApplyToContainer(const Json& body, const std::vector<store::Field>& fields,
                              store::Container& container);

/// Fields whose status changes when exactly those of the read options are excluded: Excluded
/// for them, Active for those that were.
std::vector<store::Field> StatusChanges(const std::vector<store::Field>& fields,
                                        const Json& read_options);

}  // namespace assay::api
