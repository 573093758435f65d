// Small tables written in the tests of rules.

#pragma once

#include <string>
#include <vector>

#include "rules/check.h"

namespace assay::rules::testing {

inline const Json kNull = nullptr;

/// The values of one field from row 0. Times are texts; "NaN" and "Infinity" are allowed for
/// fractions.
struct Column {
  plan::FieldType type = plan::FieldType::kUnknown;
  std::vector<Json> values;
  std::string name = "field";
};

Column Integers(std::vector<Json> values);
Column Fractions(std::vector<Json> values);
Column Booleans(std::vector<Json> values);
Column Texts(std::vector<Json> values);
Column Dates(std::vector<Json> values);
Column Timestamps(std::vector<Json> values);
/// The same column under another name.
Column Named(std::string name, Column column);

/// Columns of equal length.
struct Table {
  Table(Column column) : columns({std::move(column)}) {}  // NOLINT: a column is a table
  Table(std::vector<Column> several) : columns(std::move(several)) {}  // NOLINT
  /// With a container that checks can name as ref_container_name.
  Table(std::vector<Column> several, std::string other, std::vector<Column> other_columns)
      : columns(std::move(several)),
        other_name(std::move(other)),
        other_columns(std::move(other_columns)) {}

  plan::Schema Schema() const;

  std::vector<Column> columns;
  std::string other_name;  // empty: there is none
  std::vector<Column> other_columns;
};

/// What the table's other container is to a check.
References ReferencesOf(const Table& table);

/// The table of an example: the fields of its check, then the further ones.
Table ExampleTable(const RuleExample& example);

/// A query that yields the table in DuckDB, with its row numbers in column n.
std::string PrintTable(const Table& table);

}  // namespace assay::rules::testing
