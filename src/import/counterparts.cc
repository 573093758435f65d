#include "import/counterparts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <utility>

#include "import/sql_text.h"

namespace assay::imports {
namespace {

/// Names of types in Python, pandas, Spark and the usual databases, in lower case.
constexpr auto kTypeNames = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"int", "Integral"},
    {"integer", "Integral"},
    {"int8", "Integral"},
    {"int16", "Integral"},
    {"int32", "Integral"},
    {"int64", "Integral"},
    {"uint8", "Integral"},
    {"uint16", "Integral"},
    {"uint32", "Integral"},
    {"uint64", "Integral"},
    {"bigint", "Integral"},
    {"smallint", "Integral"},
    {"tinyint", "Integral"},
    {"long", "Integral"},
    {"short", "Integral"},
    {"byteint", "Integral"},
    {"integertype", "Integral"},
    {"longtype", "Integral"},
    {"shorttype", "Integral"},
    {"float", "Fractional"},
    {"float16", "Fractional"},
    {"float32", "Fractional"},
    {"float64", "Fractional"},
    {"double", "Fractional"},
    {"real", "Fractional"},
    {"decimal", "Fractional"},
    {"numeric", "Fractional"},
    {"number", "Fractional"},
    {"money", "Fractional"},
    {"bignumeric", "Fractional"},
    {"double precision", "Fractional"},
    {"double_precision", "Fractional"},
    {"floattype", "Fractional"},
    {"doubletype", "Fractional"},
    {"decimaltype", "Fractional"},
    {"bool", "Boolean"},
    {"boolean", "Boolean"},
    {"booleantype", "Boolean"},
    {"str", "String"},
    {"string", "String"},
    {"text", "String"},
    {"varchar", "String"},
    {"char", "String"},
    {"nvarchar", "String"},
    {"character varying", "String"},
    {"character", "String"},
    {"stringtype", "String"},
    {"date", "Date"},
    {"datetype", "Date"},
    {"datetime", "Timestamp"},
    {"datetime64", "Timestamp"},
    {"timestamp", "Timestamp"},
    {"timestamp_ntz", "Timestamp"},
    {"timestamp_tz", "Timestamp"},
    {"timestamptz", "Timestamp"},
    {"timestamptype", "Timestamp"},
    {"timestamp with time zone", "Timestamp"},
    {"timestamp without time zone", "Timestamp"},
});

std::string AllConditions(const std::vector<std::string>& conditions, Match match,
                          Several several) {
  if (match == Match::kDoesNotMatch) {
    std::vector<std::string> negated;
    for (const std::string& condition : conditions) negated.push_back("NOT " + condition);
    return SqlJoin(negated, "AND");
  }
  return SqlJoin(conditions, several == Several::kAll ? "AND" : "OR");
}

void AddOperatorConditions(Draft& draft, const std::string& column, std::string_view operation,
                           const std::vector<std::string>& patterns, Match match,
                           Several several) {
  std::vector<std::string> conditions;
  for (const std::string& pattern : patterns) {
    conditions.push_back(
        fmt::format("{} {} {}", SqlName(column), operation, SqlLiteral(Json(pattern))));
  }
  draft.AddCondition(AllConditions(conditions, match, several));
}

}  // namespace

void AddNotNull(Draft& draft, const std::string& column) {
  draft.is_about_nulls = true;
  draft.Add("notNull", {column});
}

void AddNull(Draft& draft, const std::string& column) {
  draft.is_about_nulls = true;
  draft.AddCondition(SqlName(column) + " IS NULL");
}

void AddUnique(Draft& draft, std::vector<std::string> columns) {
  draft.Add("unique", std::move(columns));
}

void AddValuesIn(Draft& draft, const std::string& column, const std::vector<Json>& values) {
  draft.Add("expectedValues", {column}, {{"list", values}});
}

void AddValuesNotIn(Draft& draft, const std::string& column, const std::vector<Json>& values) {
  draft.AddCondition(fmt::format("{} NOT IN ({})", SqlName(column), SqlList(values)));
}

void AddPatterns(Draft& draft, const std::string& column,
                 const std::vector<std::string>& patterns, Match match, Several several) {
  if (match == Match::kMatches && patterns.size() == 1) {
    return draft.Add("matchesPattern", {column}, {{"pattern", patterns.front()}});
  }
  AddOperatorConditions(draft, column, "RLIKE", patterns, match, several);
}

void AddLikePatterns(Draft& draft, const std::string& column,
                     const std::vector<std::string>& patterns, Match match, Several several) {
  AddOperatorConditions(draft, column, "LIKE", patterns, match, several);
}

void AddFields(Draft& draft, const std::vector<std::string>& names, OtherFields others) {
  Json properties = {{"list", names}};
  if (others == OtherFields::kForbidden) properties["allow_other_fields"] = false;
  draft.Add("expectedSchema", {}, std::move(properties));
}

Status AddFieldType(Draft& draft, const std::string& column,
                    const std::vector<std::string>& type_names) {
  std::set<std::string> types;
  std::vector<std::string> unknown;
  for (const std::string& name : type_names) {
    const std::string type = FieldTypeOfName(name);
    if (type.empty()) {
      unknown.push_back(name);
    } else {
      types.insert(type);
    }
  }
  if (types.size() != 1) {
    return Fail(ErrorKind::kUnsupported,
                types.empty()
                    ? fmt::format("no counterpart for the type '{}'", type_names.front())
                    : "the types of the list are several of ours, and a field has one");
  }
  for (const std::string& name : unknown) {
    draft.Note(fmt::format("type '{}' is none of ours and was left out of the list", name));
  }
  draft.Add("expectedSchema", {},
            {{"list", Json::array({Json{{"name", column}, {"type", *types.begin()}}})}});
  return {};
}

void AddReference(Draft& draft, const std::string& rule, const std::string& column,
                  const std::string& parent, const std::string& parent_column) {
  draft.Add(rule, {column}, {{"ref_container_name", parent}, {"field_name", parent_column}});
}

void AddFailCondition(Draft& draft, const std::string& condition) {
  draft.AddCondition(fmt::format("NOT ({})", condition));
}

std::string FieldTypeOfName(std::string_view type_name) {
  std::string name(type_name.substr(0, type_name.find_first_of("([<")));
  while (name.ends_with(' ')) name.pop_back();
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
  const auto* found =
      std::ranges::find(kTypeNames, name, [](const auto& entry) { return entry.first; });
  return found == kTypeNames.end() ? "" : std::string(found->second);
}

}  // namespace assay::imports
