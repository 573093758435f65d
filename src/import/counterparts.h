// The checks that several tools have under other names.

#pragma once

#include <string>
#include <vector>

#include "import/draft.h"

namespace assay::imports {

void AddNotNull(Draft& draft, const std::string& column);
/// satisfiesExpression `column IS NULL`.
void AddNull(Draft& draft, const std::string& column);
void AddUnique(Draft& draft, std::vector<std::string> columns);

void AddValuesIn(Draft& draft, const std::string& column, const std::vector<Json>& values);
/// satisfiesExpression `column NOT IN (...)`.
void AddValuesNotIn(Draft& draft, const std::string& column, const std::vector<Json>& values);

enum class Match { kMatches, kDoesNotMatch };
enum class Several { kAny, kAll };

/// matchesPattern for a single pattern that must match; otherwise satisfiesExpression. With
/// several patterns, kDoesNotMatch means that none matches, whatever `several`.
void AddPatterns(Draft& draft, const std::string& column,
                 const std::vector<std::string>& patterns, Match match, Several several);
/// The same with patterns of LIKE.
void AddLikePatterns(Draft& draft, const std::string& column,
                     const std::vector<std::string>& patterns, Match match, Several several);

enum class OtherFields { kAllowed, kForbidden };

/// expectedSchema with the names.
void AddFields(Draft& draft, const std::vector<std::string>& names, OtherFields others);
/// expectedSchema with the field's type. kUnsupported for names of types that are not known.
Status AddFieldType(Draft& draft, const std::string& column,
                    const std::vector<std::string>& type_names);

/// existsIn or notExistsIn another container. `parent` is its name.
void AddReference(Draft& draft, const std::string& rule, const std::string& column,
                  const std::string& parent, const std::string& parent_column);

/// Rows for which the condition is true fail: satisfiesExpression `NOT (condition)`.
void AddFailCondition(Draft& draft, const std::string& condition);

/// "Integral" for int, BIGINT, IntegerType, ...; empty when the name is not known. Lengths and
/// precisions in parentheses are left out.
std::string FieldTypeOfName(std::string_view type_name);

}  // namespace assay::imports
