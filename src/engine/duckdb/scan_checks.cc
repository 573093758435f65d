#include "engine/duckdb/scan_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "engine/duckdb/apart_checks.h"
#include "engine/duckdb/query.h"
#include "engine/reader_sql.h"
#include "plan/aggregates.h"
#include "plan/dialects/duckdb.h"

namespace assay::engine {
namespace {

/// What one check asks of a row, in SQL.
struct PrintedCheck {
  std::string fails;                                // row checks
  std::string asserted;                             // the filter; empty: every row
  std::vector<std::string> keys;                    // unique checks
  DependencySql dependency;                         // dependency checks
  EntitySql entity;                                 // entity checks
  OrderSql order;                                   // order checks
  std::optional<plan::Dialect::Comparable> values;  // membership checks: here and there
};

Result<DependencySql> PrintDependency(const plan::DependencyCheck& check,
                                      const std::string& filter, const plan::Schema& schema) {
  DependencySql sql{.condition = fmt::format("({}) IS TRUE", filter.empty() ? "true" : filter),
                    .failing = check.failing};
  const auto print = [&](const std::vector<plan::Expression>& expressions,
                         std::vector<std::string>& printed) -> Status {
    for (const plan::Expression& expression : expressions) {
      ASSAY_TRY(std::string value, plan::dialects::DuckDb().Print(expression, schema));
      sql.condition += fmt::format(" AND ({}) IS NOT NULL", value);
      printed.push_back(std::move(value));
    }
    return {};
  };
  ASSAY_RETURN_IF_ERROR(print(check.keys, sql.keys));
  ASSAY_RETURN_IF_ERROR(print(check.values, sql.values));
  return sql;
}

Result<EntitySql> PrintEntity(const plan::EntityCheck& check, const std::string& filter,
                              const plan::Schema& schema) {
  const plan::Dialect& dialect = plan::dialects::DuckDb();
  EntitySql sql{.similarity = check.similarity};
  ASSAY_TRY(sql.name, dialect.Print(check.name, schema));
  ASSAY_TRY(sql.distinction, dialect.Print(check.distinction, schema));
  // Null for a name that is.
  ASSAY_TRY(const std::string is_short,
            dialect.Print(plan::AtMost(plan::CharacterLength(check.name),
                                       plan::Literal::Integer(plan::EntityCheck::kLongestName)),
                          schema));
  sql.condition = fmt::format("({}) IS TRUE AND ({}) IS TRUE AND ({}) IS NOT NULL",
                              filter.empty() ? "true" : filter, is_short, sql.distinction);
  return sql;
}

const char* ComparisonOfFailure(plan::OrderCheck::Order order) {
  using enum plan::OrderCheck::Order;
  switch (order) {
    case kAscending: return "<";
    case kStrictlyAscending: return "<=";
    case kDescending: return ">";
    case kStrictlyDescending: return ">=";
  }
  return "";
}

Result<OrderSql> PrintOrder(const plan::OrderCheck& check, const std::string& filter,
                            const plan::Schema& schema) {
  ASSAY_TRY(std::string value, plan::dialects::DuckDb().Print(check.value, schema));
  std::string condition =
      fmt::format("({}) IS TRUE AND ({}) IS NOT NULL", filter.empty() ? "true" : filter, value);
  return OrderSql{.value = std::move(value),
                  .condition = std::move(condition),
                  .comparison = ComparisonOfFailure(check.order)};
}

using References = std::map<std::string, ReferencedDataset>;

Result<plan::Dialect::Comparable> PrintMembership(const plan::MembershipCheck& check,
                                                  const plan::Schema& schema,
                                                  const References& references) {
  const auto reference = references.find(check.reference);
  if (reference == references.end())
    return Fail(ErrorKind::kUnsupported, "containers cannot be compared here");
  return plan::dialects::DuckDb().PrintComparable(check.value, schema, check.reference_value,
                                                  reference->second.schema->schema);
}

Result<PrintedCheck> PrintCheck(const plan::Check& check, const plan::Schema& schema,
                                const References& references) {
  const plan::Dialect& dialect = plan::dialects::DuckDb();
  PrintedCheck printed;
  if (check.filter) {
    ASSAY_TRY(printed.asserted, dialect.Print(*check.filter, schema));
  }
  if (const auto* row = std::get_if<plan::RowCheck>(&check.form)) {
    if (plan::HasAggregates(row->predicate)) {
      return Fail(ErrorKind::kUnsupported,
                  "the values of its aggregates over all rows are not known");
    }
    ASSAY_TRY(const std::string predicate, dialect.Print(row->predicate, schema));
    printed.fails = fmt::format("NOT ({})", predicate);
    if (!printed.asserted.empty())
      printed.fails = fmt::format("({}) AND {}", printed.asserted, printed.fails);
  } else if (const auto* membership = std::get_if<plan::MembershipCheck>(&check.form)) {
    printed.fails = "false";
    ASSAY_TRY(printed.values, PrintMembership(*membership, schema, references));
  } else if (const auto* unique = std::get_if<plan::UniqueCheck>(&check.form)) {
    for (const plan::Expression& argument : unique->keys) {
      ASSAY_TRY(std::string key, dialect.Print(argument, schema));
      printed.keys.push_back(std::move(key));
    }
  } else {
    // Its rows are only counted in this pass.
    printed.fails = "false";
  }
  if (const auto* dependency = std::get_if<plan::DependencyCheck>(&check.form)) {
    ASSAY_TRY(printed.dependency, PrintDependency(*dependency, printed.asserted, schema));
    printed.asserted = printed.dependency.condition;
  }
  if (const auto* entity = std::get_if<plan::EntityCheck>(&check.form)) {
    ASSAY_TRY(printed.entity, PrintEntity(*entity, printed.asserted, schema));
    printed.asserted = printed.entity.condition;
  }
  if (const auto* order = std::get_if<plan::OrderCheck>(&check.form)) {
    ASSAY_TRY(printed.order, PrintOrder(*order, printed.asserted, schema));
    printed.asserted = printed.order.condition;
  }
  return printed;
}

}  // namespace

Result<ScanChecks> MakeScanChecks(Session& session, const Dataset& dataset,
                                  const DatasetSchema& schema,
                                  const std::vector<plan::Check>& checks,
                                  const std::map<std::string, ReferencedDataset>& references) {
  ScanChecks result;
  result.refusals.resize(checks.size());
  const std::string shape = ShapeSql(dataset, schema);
  std::string unique_arguments;
  for (size_t i = 0; i < checks.size(); ++i) {
    if (std::holds_alternative<plan::SchemaCheck>(checks[i].form) || RunsApart(checks[i].form))
      continue;  // not in the pass over rows
    if (std::holds_alternative<plan::OrderCheck>(checks[i].form) && schema.table) {
      result.refusals[i] = "the rows of a table have no order";
      continue;
    }
    Result<PrintedCheck> printed = PrintCheck(checks[i], schema.schema, references);
    if (!printed) {
      result.refusals[i] = printed.error().message;
      continue;
    }
    const std::string asserted = printed->asserted.empty() ? "true" : printed->asserted;
    std::string condition = fmt::format("({}) IS TRUE", asserted);
    for (const std::string& key : printed->keys)
      condition += fmt::format(" AND ({}) IS NOT NULL", key);
    const std::string keys = fmt::format("{}", fmt::join(printed->keys, ", "));
    const bool is_row_check = printed->keys.empty();
    const std::string probe =
        is_row_check
            ? fmt::format("CAST({} AS BOOLEAN), CAST({} AS BOOLEAN), {}", printed->fails,
                          asserted, printed->values ? printed->values->a : "NULL")
            : fmt::format("hash({}), {}", keys, condition);
    if (const auto bound =
            DescribeQuery(session, fmt::format("SELECT {} FROM {}", probe, shape));
        !bound) {
      result.refusals[i] = bound.error().message;
      continue;
    }
    if (is_row_check) {
      result.row_conditions.push_back(fmt::format("CAST({} AS BOOLEAN)", printed->fails));
      result.arguments += ", " + result.row_conditions.back();
      if (!printed->asserted.empty())
        result.arguments += fmt::format(", CAST({} AS BOOLEAN)", printed->asserted);
      result.row_checks.push_back({.check_index = i, .has_filter = !printed->asserted.empty()});
      if (!printed->dependency.keys.empty())
        result.dependency_checks.emplace(i, std::move(printed->dependency));
      if (!printed->entity.name.empty())
        result.entity_checks.emplace(i, std::move(printed->entity));
      if (!printed->order.value.empty())
        result.order_checks.emplace(i, std::move(printed->order));
      if (const auto* membership = std::get_if<plan::MembershipCheck>(&checks[i].form)) {
        result.memberships.push_back({.check_index = i,
                                      .value = printed->asserted.empty()
                                                   ? printed->values->a
                                                   : fmt::format("CASE WHEN {} THEN {} END",
                                                                 condition, printed->values->a),
                                      .reference = membership->reference,
                                      .reference_value = printed->values->b,
                                      .expected = membership->expected});
      }
    } else {
      unique_arguments += fmt::format(", CASE WHEN {} THEN hash({}) END", condition, keys);
      result.unique_checks.push_back(i);
      result.unique_keys.push_back(keys);
      std::string members;
      for (size_t k = 0; k < printed->keys.size(); ++k) {
        members += fmt::format("{}key_{} := {}", k > 0 ? ", " : "", k, printed->keys[k]);
      }
      result.unique_structs.push_back(fmt::format("struct_pack({})", members));
      result.unique_conditions.push_back(condition);
    }
  }
  result.arguments += unique_arguments;
  return result;
}

std::string SchemaDifferences(const plan::SchemaCheck& check, const plan::Schema& schema) {
  std::vector<std::string> differences;
  for (const auto& expected : check.fields) {
    const plan::Field* field = schema.Find(expected.name);
    if (!field) {
      differences.push_back(fmt::format("'{}' is missing", expected.name));
    } else if (expected.type && field->type != *expected.type) {
      differences.push_back(fmt::format("'{}' is {} instead of {}", expected.name,
                                        plan::FieldTypeName(field->type),
                                        plan::FieldTypeName(*expected.type)));
    }
  }
  if (check.other_fields == plan::SchemaCheck::OtherFields::kForbidden) {
    for (const plan::Field& field : schema.fields) {
      // Members of a struct belong to their column.
      const bool is_expected =
          field.path.size() > 1 || std::ranges::any_of(check.fields, [&](const auto& expected) {
            return schema.Find(expected.name) == &field;
          });
      if (!is_expected) differences.push_back(fmt::format("'{}' is not expected", field.name));
    }
  }
  return fmt::format("{}", fmt::join(differences, ", "));
}

}  // namespace assay::engine
