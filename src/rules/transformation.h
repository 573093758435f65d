// Computed fields: how a field is made of others of its container. Each transformation is one
// file in rules/transformations/: parameters in, expression out.

#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "plan/projection.h"
#include "plan/schema.h"

namespace assay::rules {

/// The declaration of a transformation; immutable.
struct Transformation {
  std::string name;                           // stable identifier, "cast"
  std::string summary;                        // one sentence
  int source_fields = 1;                      // how many fields it is given: 0 or 1
  std::vector<plan::FieldType> accepts = {};  // of the source; empty: every type
  Json properties_schema = Json::object();    // without "properties": it takes none
  /// `source` is null when it takes none. kInvalidInput naming the property.
  std::function<Result<plan::Expression>(const plan::Field* source, const Json& properties)>
      compile;
};

/// All, in the order in which documentation lists them.
std::span<const Transformation> AllTransformations();
/// nullptr when there is none.
const Transformation* FindTransformation(std::string_view name);

/// A computed field as users define it.
struct ComputedFieldDefinition {
  std::string name;
  std::string transformation;
  std::vector<std::string> source_fields = {};
  Json properties = Json::object();
};

/// The field over those of its container, `schema`. kInvalidInput, naming the key, when there
/// is a field of this name already, a source does not exist or has another type, or the
/// properties are not those of the transformation; kUnsupported as plan/parser.h, and for a
/// value that has no type.
Result<plan::NamedExpression> CompileComputedField(const ComputedFieldDefinition& definition,
                                                   const plan::Schema& schema);

}  // namespace assay::rules
