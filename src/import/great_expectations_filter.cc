#include "import/great_expectations_filter.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "import/sql_text.h"

namespace assay::imports {
namespace {

constexpr int kMaxDepth = 16;

std::unexpected<Error> Refuse(std::string what) {
  return Fail(ErrorKind::kUnsupported, "row_condition: " + std::move(what));
}

/// col("name") -> the name, .notNull() -> IS NOT NULL, date("...") -> DATE '...'.
Result<std::string> FromText(std::string text) {
  static const RE2 column(R"(col\(\s*["']([^"']*)["']\s*\))");
  static const RE2 not_null(R"((?i)\.notnull\(\))");
  static const RE2 date(R"(date\(\s*["']([^"']*)["']\s*\))");
  RE2::GlobalReplace(&text, column, R"(`\1`)");
  RE2::GlobalReplace(&text, not_null, " IS NOT NULL");
  RE2::GlobalReplace(&text, date, R"(DATE '\1')");
  const Result<std::string> condition = SqlCondition(text);
  if (!condition) return Refuse("no filter of ours, " + condition.error().message);
  return *condition;
}

Result<std::string> ColumnOf(const Json& condition) {
  const auto column = condition.find("column");
  if (column == condition.end()) return Refuse("names no column");
  const Json name = column->is_object() ? column->value("name", Json()) : *column;
  if (!name.is_string()) return Refuse("names no column");
  return SqlName(name.get<std::string>());
}

Result<std::string> FromComparison(const Json& condition) {
  ASSAY_TRY(const std::string column, ColumnOf(condition));
  const Json operation = condition.value("operator", Json());
  const Json value = condition.value("parameter", Json());
  if (operation == "IN" || operation == "NOT_IN") {
    if (!value.is_array() || value.empty()) return Refuse("the list is empty");
    return fmt::format("{} {}IN ({})", column, operation == "IN" ? "" : "NOT ",
                       SqlList(value.get<std::vector<Json>>()));
  }
  constexpr std::array kOperators = {"==", "!=", "<", "<=", ">", ">="};
  if (std::ranges::find(kOperators, operation) == kOperators.end() || value.is_structured() ||
      value.is_null()) {
    return Refuse("no such comparison is known");
  }
  return fmt::format("{} {} {}", column, operation.get<std::string>(), SqlTimeLiteral(value));
}

Result<std::string> FromObject(const Json& condition, int depth) {
  if (!condition.is_object() || depth > kMaxDepth) return Refuse("not understood");
  const Json type = condition.value("type", Json());
  if (type == "comparison") return FromComparison(condition);
  if (type == "nullity") {
    ASSAY_TRY(const std::string column, ColumnOf(condition));
    const bool is_null = condition.value("is_null", Json()) == Json(true);
    return fmt::format("{} IS {}NULL", column, is_null ? "" : "NOT ");
  }
  if (type == "and" || type == "or") {
    const Json parts = condition.value("conditions", Json());
    if (!parts.is_array() || parts.empty()) return Refuse("not understood");
    std::vector<std::string> conditions;
    for (const Json& part : parts) {
      ASSAY_TRY(std::string text, FromObject(part, depth + 1));
      conditions.push_back(std::move(text));
    }
    return SqlJoin(conditions, type == "and" ? "AND" : "OR");
  }
  if (type == "pass_through") {
    const Json text = condition.value("pass_through_filter", Json());
    if (text.is_string()) return FromText(text.get<std::string>());
  }
  return Refuse("no such kind of condition is known");
}

}  // namespace

Result<std::string> FilterOfRowCondition(const Json& row_condition) {
  if (row_condition.is_string()) return FromText(row_condition.get<std::string>());
  return FromObject(row_condition, 0);
}

}  // namespace assay::imports
