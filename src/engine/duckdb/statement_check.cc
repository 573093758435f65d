#include "engine/duckdb/statement_check.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "engine/duckdb/query.h"
#include "engine/duckdb/statement_functions.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

constexpr size_t kLongestText = 20'000;
constexpr int kDeepestTree = 1'000;  // levels of JSON

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return text;
}

/// " at line 2, column 5" of the byte at `offset`; nothing when that is not in the text.
std::string PlaceOf(const std::string& sql, uint64_t offset) {
  if (offset > sql.size()) return "";
  const auto at = sql.begin() + static_cast<std::ptrdiff_t>(offset);
  const auto line = std::count(sql.begin(), at, '\n') + 1;
  const auto column =
      at - std::find(std::make_reverse_iterator(at), sql.rend(), '\n').base() + 1;
  return fmt::format(" at line {}, column {}", line, column);
}

/// A walk over the tree that json_serialize_sql makes of a statement. Whatever is not known
/// here is refused, and every member of an object is looked at, so that nothing hides in a
/// member that a later DuckDB adds.
class StatementWalk {
 public:
  StatementWalk(const std::string& sql, const std::set<std::string>& tables) : sql_(sql) {
    for (const std::string& table : tables) names_.insert(Lower(table));
  }

  Status Visit(const Json& node, int depth = 0) {
    if (depth > kDeepestTree) return Refuse(node, "it nests too deeply");
    if (node.is_array()) {
      for (const Json& item : node) ASSAY_RETURN_IF_ERROR(Visit(item, depth + 1));
      return {};
    }
    if (!node.is_object()) return {};
    if (const auto kind = node.find("class"); kind != node.end())
      return VisitExpression(node, *kind, depth);
    ASSAY_RETURN_IF_ERROR(CheckSample(node));
    if (const auto type = node.find("type"); type != node.end() && type->is_string())
      ASSAY_RETURN_IF_ERROR(CheckType(node, type->get<std::string>()));
    const auto with = node.find("cte_map");
    return with == node.end() ? VisitMembers(node, depth) : VisitWith(node, *with, depth);
  }

 private:
  using Names = std::set<std::string>;

  Status VisitMembers(const Json& node, int depth, const char* except = "") {
    for (const auto& [name, member] : node.items()) {
      if (name != except) ASSAY_RETURN_IF_ERROR(Visit(member, depth + 1));
    }
    return {};
  }

  /// What WITH names is seen by what comes after it in the same query, and by nothing else.
  Status VisitWith(const Json& node, const Json& with, int depth) {
    const Names outside = names_;
    for (const Json& entry : with.at("map")) {
      ASSAY_RETURN_IF_ERROR(Visit(entry.at("value"), depth + 1));
      names_.insert(Lower(entry.at("key").get<std::string>()));
    }
    ASSAY_RETURN_IF_ERROR(VisitMembers(node, depth, "cte_map"));
    names_ = outside;
    return {};
  }

  Status VisitExpression(const Json& node, const Json& kind, int depth) {
    static const std::set<std::string> known = {
        "BETWEEN",  "CASE",        "CAST",     "COLLATE", "COLUMN_REF", "COMPARISON",
        "CONSTANT", "CONJUNCTION", "FUNCTION", "LAMBDA",  "OPERATOR",   "POSITIONAL_REFERENCE",
        "STAR",     "SUBQUERY",    "WINDOW"};
    const auto name = kind.is_string() ? kind.get<std::string>() : std::string();
    if (name == "PARAMETER") return Refuse(node, "parameters have no values here");
    if (!known.contains(name))
      return Refuse(node, fmt::format("it is not understood here ({})", Lower(name)));
    if (name == "CONSTANT") return {};  // holds but a value
    if (name == "FUNCTION" || name == "WINDOW")
      ASSAY_RETURN_IF_ERROR(CheckFunction(node, node.at("function_name").get<std::string>()));
    return VisitMembers(node, depth);
  }

  Status CheckFunction(const Json& node, const std::string& name) const {
    if (MayCall(Lower(name))) return {};
    return Refuse(node, fmt::format("the function {} cannot be used in checks", name));
  }

  Status CheckSample(const Json& node) const {
    const auto sample = node.find("sample");
    if (sample == node.end() || sample->is_null()) return {};
    return Refuse(node, "samples differ from run to run; use a condition or LIMIT");
  }

  Status CheckType(const Json& node, const std::string& type) const {
    static const std::set<std::string> known = {"SELECT_NODE",
                                                "SET_OPERATION_NODE",
                                                "SUBQUERY",
                                                "JOIN",
                                                "EMPTY",
                                                "EXPRESSION_LIST",
                                                "ORDER_MODIFIER",
                                                "LIMIT_MODIFIER",
                                                "LIMIT_PERCENT_MODIFIER",
                                                "DISTINCT_MODIFIER",
                                                "ORDER_DEFAULT",
                                                "ASCENDING",
                                                "DESCENDING"};
    if (type == "BASE_TABLE") return CheckTable(node);
    if (type == "TABLE_FUNCTION") {
      return Refuse(node,
                    fmt::format("the table function {} cannot be used in checks",
                                node.at("function").at("function_name").get<std::string>()));
    }
    if (type == "RECURSIVE_CTE_NODE")
      return Refuse(node, "WITH RECURSIVE cannot be used in checks");
    if (known.contains(type) || type.ends_with("_TYPE_INFO")) return {};
    return Refuse(node, fmt::format("it is not understood here ({})", Lower(type)));
  }

  Status CheckTable(const Json& node) const {
    const auto text = [&](const char* member) { return node.at(member).get<std::string>(); };
    const std::string name = text("table_name");
    const bool is_plain = text("catalog_name").empty() && text("schema_name").empty() &&
                          node.at("at_clause").is_null();
    if (is_plain && names_.contains(Lower(name))) return {};
    return Refuse(node, fmt::format("there is no table {}", name),
                  fmt::format("; known here: {}", fmt::join(names_, ", ")));
  }

  Status Refuse(const Json& node, const std::string& reason,
                const std::string& advice = "") const {
    std::string place;
    if (const auto location = node.find("query_location");
        location != node.end() && location->is_number_unsigned()) {
      place = PlaceOf(sql_, location->get<uint64_t>());
    }
    return Fail(ErrorKind::kInvalidInput, reason + place + advice);
  }

  const std::string& sql_;
  Names names_;  // in lower case: those that FROM may name
};

/// Why DuckDB's parser did not make a tree of it.
Error ParseFailure(const std::string& sql, const Json& answer) {
  if (answer.value("error_type", "") != "parser")
    return {ErrorKind::kInvalidInput, "only one SELECT statement can be a check"};
  const std::string message = answer.value("error_message", "it cannot be parsed");
  if (message.contains("expression depth"))  // it goes on to name a setting of DuckDB's
    return {ErrorKind::kInvalidInput, "the statement nests too deeply"};
  uint64_t offset = sql.size() + 1;
  const std::string position = answer.value("position", "");
  std::from_chars(position.data(), position.data() + position.size(), offset);
  return {ErrorKind::kInvalidInput, message + PlaceOf(sql, offset)};
}

Result<std::string> TextOf(Session& session, const std::string& expression) {
  ASSAY_TRY(const auto rows, RunQuery(session, "SELECT " + expression, {}));
  return rows->GetValue(0, 0).GetValue<std::string>();
}

}  // namespace

Result<std::string> CheckStatement(Session& session, const std::string& sql,
                                   const std::set<std::string>& tables) {
  if (sql.size() > kLongestText) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("the statement is longer than {} bytes", kLongestText));
  }
  ASSAY_TRY(const std::string text,
            TextOf(session, fmt::format("json_serialize_sql({})", QuoteText(sql))));
  ASSAY_TRY(const Json answer, ParseJson(text));
  try {
    if (answer.at("error").get<bool>()) return std::unexpected(ParseFailure(sql, answer));
    if (answer.at("statements").size() != 1)
      return Fail(ErrorKind::kInvalidInput, "only one SELECT statement can be a check");
    ASSAY_RETURN_IF_ERROR(StatementWalk(sql, tables).Visit(answer.at("statements")));
  } catch (const Json::exception& exception) {
    return Fail(
        ErrorKind::kInternal,
        fmt::format("the engine describes statements in a new way: {}", exception.what()));
  }
  return TextOf(session, fmt::format("json_deserialize_sql({})", QuoteText(text)));
}

}  // namespace assay::engine
