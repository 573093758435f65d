#include "tests/rules/tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "plan/dialects/duckdb.h"

namespace assay::rules::testing {
namespace {

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
  const std::string text = value.is_null() ? "NULL"
                           : value.is_string()
                               ? plan::dialects::DuckDb().QuoteString(value.get<std::string>())
                               : value.dump();
  return fmt::format("CAST({} AS {})", text, NativeType(type));
}

std::vector<Column> ToColumns(const std::vector<RuleExample::Field>& fields,
                              const std::vector<std::vector<Json>>& rows) {
  std::vector<Column> columns;
  for (size_t i = 0; i < fields.size(); ++i) {
    Column column = {fields[i].type, {}, fields[i].name};
    for (const std::vector<Json>& row : rows) column.values.push_back(row.at(i));
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

References ReferencesOf(const Table& table) {
  References references;
  if (table.other_name.empty()) return references;
  const ContainerReference name{
      .ref_datastore_id = {}, .ref_container_id = {}, .ref_container_name = table.other_name};
  references.emplace(
      name.Key(), ReferencedContainer{table.other_name, Table(table.other_columns).Schema()});
  return references;
}

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

Table ExampleTable(const RuleExample& example) {
  std::vector<RuleExample::Field> fields = example.fields;
  fields.insert(fields.end(), example.other_fields.begin(), example.other_fields.end());
  return Table(ToColumns(fields, example.rows), example.reference.name,
               ToColumns(example.reference.fields, example.reference.rows));
}

std::string PrintTable(const Table& table) {
  std::vector<std::string> names = {"n"};
  for (const Column& column : table.columns)
    names.push_back(plan::dialects::DuckDb().QuoteIdentifier(column.name));
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

}  // namespace assay::rules::testing
