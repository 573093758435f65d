// Checking a JSON value against a JSON Schema, and writing such schemas.

#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "api/problem.h"
#include "base/json.h"

namespace assay::api {

/// Every fault of `value` under `schema`, none when it fits. `location` is where the value
/// stands.
///
/// Understood: type, nullable, enum, minimum, maximum, minLength and maxLength (code points),
/// items, minItems, maxItems, properties, required, additionalProperties. A null for a property
/// that is not required counts as absent; keys that the schema does not know are let through,
/// since clients send back all that they read. O(size of the value).
std::vector<Fault> CheckSchema(const Json& schema, const Json& value,
                               std::vector<Json> location);

/// `schema` with keywords added to some of its properties:
/// `Constrain(NameFields().Schema(), {{"name", {{"maxLength", 255}}}})`.
Json Constrain(Json schema, std::initializer_list<std::pair<const char*, Json>> keywords);

/// `schema` of a request for the OpenAPI document and CheckSchema: properties that are not
/// required may be null.
Json AllowNullForOptional(Json schema);

/// `schema` of a request as above with keywords added; not empty, `required` takes the place of
/// the keys that the declaration requires: those of a new thing, where a change may name any.
Json RequestSchema(Json schema, const std::vector<std::string>& required,
                   std::initializer_list<std::pair<const char*, Json>> keywords);

}  // namespace assay::api
