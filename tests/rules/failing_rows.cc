#include "tests/rules/failing_rows.h"

#include <duckdb.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "plan/dialects/duckdb.h"

namespace assay::rules::testing {
namespace {

/// One in-memory database for all tests of the process.
class Database {
 public:
  Database() {
    if (duckdb_open(nullptr, &database_) == DuckDBError ||
        duckdb_connect(database_, &connection_) == DuckDBError) {
      ADD_FAILURE() << "cannot open DuckDB";
    }
  }
  ~Database() {
    duckdb_disconnect(&connection_);
    duckdb_close(&database_);
  }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// The first column of the result.
  std::vector<int64_t> Query(const std::string& sql) {
    duckdb_result result;
    std::vector<int64_t> values;
    if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBError) {
      ADD_FAILURE() << duckdb_result_error(&result) << "\nin: " << sql;
    } else {
      for (idx_t row = 0; row < duckdb_row_count(&result); ++row) {
        values.push_back(duckdb_value_int64(&result, 0, row));
      }
    }
    duckdb_destroy_result(&result);
    return values;
  }

 private:
  duckdb_database database_ = nullptr;
  duckdb_connection connection_ = nullptr;
};

Database& SharedDatabase() {
  static Database database;
  return database;
}

const plan::Dialect& Sql() {
  return plan::dialects::DuckDb();
}

std::string NativeType(plan::FieldType type) {
  switch (type) {
    case plan::FieldType::kIntegral: return "BIGINT";
    case plan::FieldType::kFractional: return "DOUBLE";
    case plan::FieldType::kBoolean: return "BOOLEAN";
    case plan::FieldType::kDate: return "DATE";
    case plan::FieldType::kTimestamp: return "TIMESTAMP";
    case plan::FieldType::kString:
    case plan::FieldType::kUnknown: return "VARCHAR";
  }
  return "VARCHAR";
}

std::string PrintCell(const Json& value, plan::FieldType type) {
  const std::string text = value.is_null()     ? "NULL"
                           : value.is_string() ? Sql().QuoteString(value.get<std::string>())
                                               : value.dump();
  return fmt::format("CAST({} AS {})", text, NativeType(type));
}

/// A query that yields the table with its row numbers in column n.
std::string PrintTable(const Table& table) {
  std::vector<std::string> names = {"n"};
  for (const Column& column : table.columns)
    names.push_back(Sql().QuoteIdentifier(column.name));
  std::vector<std::string> rows;
  const size_t row_count = table.columns.front().values.size();
  for (size_t row = 0; row < row_count; ++row) {
    std::vector<std::string> cells = {std::to_string(row)};
    for (const Column& column : table.columns) {
      cells.push_back(PrintCell(column.values.at(row), column.type));
    }
    rows.push_back(fmt::format("({})", fmt::join(cells, ", ")));
  }
  if (!rows.empty()) {
    return fmt::format("SELECT * FROM (VALUES {}) AS t({})", fmt::join(rows, ", "),
                       fmt::join(names, ", "));
  }
  std::vector<std::string> cells = {"0"};
  for (const Column& column : table.columns) cells.push_back(PrintCell(nullptr, column.type));
  return fmt::format("SELECT * FROM (VALUES ({})) AS t({}) WHERE false", fmt::join(cells, ", "),
                     fmt::join(names, ", "));
}

/// What the table's other container is to a check.
References ReferencesOf(const Table& table) {
  References references;
  if (table.other_name.empty()) return references;
  const ContainerReference name{
      .ref_datastore_id = {}, .ref_container_id = {}, .ref_container_name = table.other_name};
  references.emplace(
      name.Key(), ReferencedContainer{table.other_name, Table(table.other_columns).Schema()});
  return references;
}

/// Queries for the failing and for the asserted rows.
struct CheckSql {
  std::string failing, asserted;
};

Result<CheckSql> PrintCheck(const plan::Check& check, const Table& table) {
  const plan::Schema schema = table.Schema();
  std::string filter = "true";
  if (check.filter) {
    ASSAY_TRY(filter, Sql().Print(*check.filter, schema));
  }
  const std::string data =
      fmt::format("(SELECT * FROM ({}) WHERE ({}) IS TRUE)", PrintTable(table), filter);
  if (const auto* row_check = std::get_if<plan::RowCheck>(&check.form)) {
    ASSAY_TRY(const std::string predicate, Sql().Print(row_check->predicate, schema));
    return CheckSql{
        fmt::format("SELECT n FROM {} WHERE ({}) IS FALSE ORDER BY n", data, predicate),
        fmt::format("SELECT n FROM {}", data)};
  }
  if (const auto* aggregate = std::get_if<plan::AggregateCheck>(&check.form)) {
    std::vector<std::string> keys, conditions;
    for (const plan::Expression& argument : aggregate->arguments) {
      ASSAY_TRY(const std::string key, Sql().Print(argument, schema));
      keys.push_back(key);
      conditions.push_back(fmt::format("({}) IS NOT NULL", key));
    }
    const std::string asserted = fmt::format(
        "SELECT n, row_number() OVER (PARTITION BY {} ORDER BY n) AS occurrence FROM {} WHERE "
        "{}",
        fmt::join(keys, ", "), data, fmt::join(conditions, " AND "));
    return CheckSql{fmt::format("SELECT n FROM ({}) WHERE occurrence > 1 ORDER BY n", asserted),
                    asserted};
  }
  if (const auto* membership = std::get_if<plan::MembershipCheck>(&check.form)) {
    const Table other(table.other_columns);
    ASSAY_TRY(const auto values,
              Sql().PrintComparable(membership->value, schema, membership->reference_value,
                                    other.Schema()));
    const bool must_exist = membership->expected == plan::MembershipCheck::Expected::kPresent;
    return CheckSql{
        fmt::format("SELECT n FROM {} WHERE ({}) {}IN (SELECT {} AS v FROM ({}) WHERE v IS NOT "
                    "NULL) ORDER BY n",
                    data, values.a, must_exist ? "NOT " : "", values.b, PrintTable(other)),
        fmt::format("SELECT n FROM {}", data)};
  }
  if (const auto* difference = std::get_if<plan::DifferenceCheck>(&check.form)) {
    // Without repeated rows, those that were changed or removed.
    const Table other(table.other_columns);
    std::string other_filter = "true", values, other_values;
    if (difference->reference_filter) {
      ASSAY_TRY(other_filter, Sql().Print(*difference->reference_filter, other.Schema()));
    }
    std::vector<plan::DifferenceCheck::Value> all = difference->identifiers;
    all.insert(all.end(), difference->compared.begin(), difference->compared.end());
    for (size_t i = 0; i < all.size(); ++i) {
      ASSAY_TRY(
          const auto sides,
          Sql().PrintComparable(all[i].value, schema, all[i].reference_value, other.Schema()));
      values += fmt::format("{}m{} := {}", i == 0 ? "" : ", ", i, sides.a);
      other_values += fmt::format("{}m{} := {}", i == 0 ? "" : ", ", i, sides.b);
    }
    return CheckSql{
        fmt::format(
            "SELECT n FROM (SELECT n, struct_pack({}) AS v FROM {}) WHERE v NOT IN (SELECT "
            "struct_pack({}) FROM ({}) WHERE ({}) IS TRUE) ORDER BY n",
            values, data, other_values, PrintTable(other), other_filter),
        fmt::format("SELECT n FROM {}", data)};
  }
  return Fail(ErrorKind::kUnsupported, "this form has no failing rows");
}

}  // namespace

Column Integers(std::vector<Json> values) {
  return {plan::FieldType::kIntegral, std::move(values)};
}
Column Fractions(std::vector<Json> values) {
  return {plan::FieldType::kFractional, std::move(values)};
}
Column Booleans(std::vector<Json> values) {
  return {plan::FieldType::kBoolean, std::move(values)};
}
Column Texts(std::vector<Json> values) {
  return {plan::FieldType::kString, std::move(values)};
}
Column Dates(std::vector<Json> values) {
  return {plan::FieldType::kDate, std::move(values)};
}
Column Timestamps(std::vector<Json> values) {
  return {plan::FieldType::kTimestamp, std::move(values)};
}

Column Named(std::string name, Column column) {
  column.name = std::move(name);
  return column;
}

plan::Schema Table::Schema() const {
  plan::Schema schema;
  for (const Column& column : columns) {
    schema.fields.push_back({.name = column.name,
                             .path = {column.name},
                             .type = column.type,
                             .native_type = NativeType(column.type)});
  }
  return schema;
}

Timestamp TestNow() {
  return ParseTimestamp("2026-06-15T12:00:00Z").value();
}

Result<Outcome> RunCheck(const CheckDefinition& definition, const Table& table,
                         const plan::Variables& variables) {
  ASSAY_TRY(const CompiledCheck compiled,
            Compile(definition, table.Schema(), TestNow(), variables, ReferencesOf(table)));
  ASSAY_TRY(const CheckSql sql, PrintCheck(compiled.plan, table));
  return Outcome{
      .failing_rows = SharedDatabase().Query(sql.failing),
      .asserted_rows = static_cast<int64_t>(SharedDatabase().Query(sql.asserted).size())};
}

CheckDefinition CheckOver(const std::string& rule, const Json& properties, const Table& table) {
  CheckDefinition definition = {.rule = rule, .properties = properties};
  const RuleType* type = FindRuleType(rule);
  if (type != nullptr &&
      (type->scope == FieldScope::kSingle || type->scope == FieldScope::kMultiple)) {
    for (const Column& column : table.columns) definition.fields.push_back(column.name);
  }
  return definition;
}

std::vector<int64_t> FailingRows(const std::string& rule, const Json& properties,
                                 const Table& table, const std::string& filter) {
  CheckDefinition definition = CheckOver(rule, properties, table);
  if (!filter.empty()) definition.filter = filter;
  const Result<Outcome> outcome = RunCheck(definition, table);
  if (!outcome) {
    ADD_FAILURE() << outcome.error().message;
    return {-1};
  }
  return outcome->failing_rows;
}

std::string Refusal(const CheckDefinition& definition, const Table& table) {
  const Result<CompiledCheck> compiled =
      Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table));
  if (compiled) {
    ADD_FAILURE() << "not refused";
    return "";
  }
  EXPECT_EQ(compiled.error().kind, ErrorKind::kInvalidInput);
  return compiled.error().message;
}

std::string Refusal(const std::string& rule, const Json& properties, const Table& table) {
  return Refusal(CheckOver(rule, properties, table), table);
}

std::string Violation(const std::string& rule, const Json& properties, const Table& table) {
  const CheckDefinition definition = CheckOver(rule, properties, table);
  const Result<CompiledCheck> compiled =
      Compile(definition, table.Schema(), TestNow(), {}, ReferencesOf(table));
  if (!compiled) ADD_FAILURE() << compiled.error().message;
  return compiled ? compiled->violation : "";
}

}  // namespace assay::rules::testing
