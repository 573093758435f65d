// Writing and reading the conditions of satisfiesExpression and of filters (plan/parser.h).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace assay::imports {

/// The field's name as an expression reads it; in backquotes where it must be.
std::string SqlName(std::string_view field);

/// A literal: 'text' (r'...' for a text with backslashes), 12.5, TRUE, NULL. Of a list or
/// object, which has no literal, NULL.
std::string SqlLiteral(const Json& value);

/// DATE '2026-01-31' or TIMESTAMP '...' for a text that is one (plan::Literal::DateOrTime),
/// else as SqlLiteral.
std::string SqlTimeLiteral(const Json& value);

/// "a, b, c" of the literals.
std::string SqlList(const std::vector<Json>& values);

/// The conditions joined by AND or OR, each in parentheses when there are several.
std::string SqlJoin(const std::vector<std::string>& conditions, std::string_view operation);

/// `text` without blanks around, if it is an expression of ours; otherwise kInvalidInput or
/// kUnsupported with the place of what is not.
Result<std::string> SqlCondition(std::string_view text);

/// The fields that an expression uses; none when it is no expression of ours.
std::vector<std::string> SqlFields(std::string_view expression);

/// The condition of a plain query for the rows that fail, "SELECT ... FROM one WHERE
/// condition"; kUnsupported for any other.
Result<std::string> WhereOfQuery(std::string_view query);

/// Whether the text is a number, or a date or time, as plan::Literal reads them.
bool IsNumberText(std::string_view text);
bool IsTimeText(std::string_view text);

}  // namespace assay::imports
