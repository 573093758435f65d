// A check as users write, store and edit it, and its compilation.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/rule_type.h"

namespace assay::rules {

/// What a user (or inference) asks to hold for a container.
struct CheckDefinition {
  std::string rule = {};                   // name of a rule type
  std::vector<std::string> fields = {};    // as FieldScope says
  std::optional<std::string> filter = {};  // Spark SQL condition; rows for which it is not true
                                           // are left out
  double coverage = 1;                     // share of those rows that must pass, in [0, 1]
  Json properties = Json::object();
  std::string description = {};

  static const Fields<CheckDefinition>& JsonFields();
};

/// A definition compiled for one container.
struct CompiledCheck {
  plan::Check plan;
  std::string violation;            // see CompiledRule
  std::vector<std::string> fields;  // the fields it is about, calculated ones included
  /// Further fields of the same row that their values are compared with.
  std::vector<std::string> compared_fields = {};
  Wording wording = {};
  std::string reference_name = {};  // see CompiledRule
};

/// kInvalidInput (naming rule, field and property) when the definition does not fit the schema:
/// unknown rule or field, refused type, wrong properties, filter or coverage not supported. For
/// a check that names another container `references` has that one; the error there, if it could
/// not be opened.
Result<CompiledCheck> Compile(const CheckDefinition& definition, const plan::Schema& schema,
                              Timestamp now, const plan::Variables& variables = {},
                              const References& references = {});

/// What can be said before the container is known, as of a template: whether there is such a
/// rule, the filter can be read (unless it holds {{ placeholders }}), and the rule takes a
/// filter, the coverage and any properties at all. Fields are not looked at, nor values of
/// properties. kInvalidInput as Compile.
Status CheckWithoutSchema(const CheckDefinition& definition);

}  // namespace assay::rules
