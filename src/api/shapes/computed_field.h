// Computed fields as the API reads and prints them.

#pragma once

#include <vector>

#include "api/route.h"
#include "store/computed_fields.h"

namespace assay::api {

Shape ComputedFieldShape();
Json PrintComputedField(const store::ComputedField& field);

/// Bodies of POST and PUT.
Shape ComputedFieldCreateShape();
Shape ComputedFieldUpdateShape();

/// Changes `field` as the body says; what is absent keeps its value.
Answer<void> ApplyToComputedField(const Json& body, store::ComputedField& field);

/// What a transformation takes.
Shape TransformationShape();
std::vector<Json> PrintTransformations();

}  // namespace assay::api
