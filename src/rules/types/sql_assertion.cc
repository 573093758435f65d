// Rule "sqlAssertion": a query of the user returns no rows.

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/rule_type.h"

namespace assay::rules::types {
namespace {

struct Properties {
  std::string query;
  std::vector<NamedReference> references;
};

const Fields<Properties>& PropertyFields() {
  static const Fields<Properties> fields = {
      Required(
          "query", &Properties::query,
          "One SELECT statement in the SQL of DuckDB, which reads from `this`, the container "
          "of the check, and from `references`. It may use subqueries, WITH, joins, windows "
          "and functions that only compute; everything that reads files, settings or the "
          "network is refused, as are random numbers and the time of day."),
      Optional(
          "references", &Properties::references,
          "Other containers that the query reads from: a list of {name, ref_datastore_id or "
          "ref_datastore_name, ref_container_id or ref_container_name}; `name` is what the "
          "query calls it."),
  };
  return fields;
}

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

/// By name in the query: the key of the container.
Result<std::map<std::string, std::string>> FindAll(const std::vector<NamedReference>& named,
                                                   const References& references) {
  std::map<std::string, std::string> keys;
  std::set<std::string> seen = {plan::QueryCheck::kContainer};
  for (size_t i = 0; i < named.size(); ++i) {
    const auto refuse = [&](const Error& error) {
      return FailWithin(fmt::format("references: item {}", i + 1), error);
    };
    const std::string& name = named[i].name;
    if (name.empty() || name.find('\0') != std::string::npos)
      return refuse({ErrorKind::kInvalidInput, "name: must not be empty"});
    if (!seen.insert(Lower(name)).second) {
      return refuse({ErrorKind::kInvalidInput,
                     fmt::format("name: there is a table of this name already: '{}'", name)});
    }
    const auto found = FindReference(named[i], references);
    if (!found) return refuse(found.error());
    keys.emplace(name, named[i].Key());
  }
  return keys;
}

Result<CompiledRule> Compile(const Target& target, const Json& json) {
  ASSAY_TRY(const Properties properties, PropertyFields().Parse(json));
  if (properties.query.find_first_not_of(" \t\r\n") == std::string::npos)
    return Fail(ErrorKind::kInvalidInput, "query: must not be empty");
  if (properties.query.find('\0') != std::string::npos)
    return Fail(ErrorKind::kInvalidInput, "query: holds a zero byte");
  ASSAY_TRY(auto references, FindAll(properties.references, target.references));
  return CompiledRule{
      .form = plan::QueryCheck{.sql = properties.query, .references = std::move(references)},
      .violation = "is returned by the query"};
}

}  // namespace

RuleType sql_assertion() {
  return {
      .name = "sqlAssertion",
      .summary =
          "A query in SQL returns no rows: each row that it returns is a failing record, of "
          "those fields that it selects.",
      .scope = FieldScope::kNone,
      .filterable = false,
      .supports_coverage = false,
      .weight = 3,
      .properties_schema = PropertyFields().Schema(),
      .example = {.properties = {{"query",
                                  "SELECT country, sum(amount) AS total FROM this GROUP BY "
                                  "country HAVING sum(amount) < 0"}},
                  .fields = {{"country", plan::FieldType::kString},
                             {"amount", plan::FieldType::kIntegral}},
                  .rows = {{"AT", 5}, {"PE", 3}, {"PE", -4}},
                  .verdict = RuleExample::Verdict::kFails},
      .compile = Compile};
}

}  // namespace assay::rules::types
