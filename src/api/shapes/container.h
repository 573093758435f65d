// Containers as the API reads and prints them.

#pragma once

#include <map>
#include <vector>

#include "api/route.h"
#include "store/containers.h"
#include "store/field_tags.h"
#include "store/fields.h"

namespace assay::api {

Shape ContainerShape();

/// One object a container, in order. Numbers that change by themselves stand in `metrics`.
Result<std::vector<Json>> PrintContainers(store::Access& access,
                                          const std::vector<store::Container>& containers);

/// {id, name, container_type}: the bare list for choosers.
Shape ContainerListingShape();

/// {id, name, type, native_type, type_declared, is_partition, status, field_tags}.
Shape FieldShape();
Json PrintField(const store::Field& field, const std::vector<store::FieldTag>& tags);

}  // namespace assay::api
