// Runs a check over a small table written in the test, as SQL in DuckDB.

#pragma once

#include <cstdint>
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

/// "Now" of all runs: 2026-06-15T12:00:00Z.
Timestamp TestNow();

/// What a check found.
struct Outcome {
  std::vector<int64_t> failing_rows;  // from 0, ascending
  int64_t asserted_rows = 0;
};

/// What a check about all rows together found.
struct WholeOutcome {
  std::optional<bool> holds;         // nothing when it is not asserted
  std::string measure;               // of a measure, as text; "null"
  std::vector<int64_t> group_sizes;  // of group sizes, by key or as expected
  int64_t failing_groups = 0;
};

/// Compiles and runs a check on a measure or on group sizes; the table is one file. An error
/// fails the test.
WholeOutcome RunWhole(const std::string& rule, const Json& properties, const Table& table,
                      const std::string& filter = "");

/// What the table's other container is to a check.
References ReferencesOf(const Table& table);

/// Compiles and runs a check; errors are those of Compile.
Result<Outcome> RunCheck(const CheckDefinition& definition, const Table& table,
                         const plan::Variables& variables = {});

/// A check of `rule` over all columns of the table, or none where the rule names none.
CheckDefinition CheckOver(const std::string& rule, const Json& properties, const Table& table);

/// The rows that fail; an error fails the test.
std::vector<int64_t> FailingRows(const std::string& rule, const Json& properties,
                                 const Table& table, const std::string& filter = "");

std::vector<int64_t> FailingRows(const CheckDefinition& definition, const Table& table);

/// The rows for which a condition is true; an error fails the test.
std::vector<int64_t> RowsWhere(const plan::Expression& condition, const Table& table);

/// The message with which the check is refused as kInvalidInput; anything else fails the test.
std::string Refusal(const std::string& rule, const Json& properties, const Table& table);
std::string Refusal(const CheckDefinition& definition, const Table& table);

/// How the rule speaks of failing rows; an error fails the test.
std::string Violation(const std::string& rule, const Json& properties, const Table& table);
std::string Violation(const CheckDefinition& definition, const Table& table);

/// The table of an example: the fields of its check, then the further ones.
Table ExampleTable(const RuleExample& example);
/// The check of a rule's example over its table.
CheckDefinition ExampleCheck(const RuleType& rule);

}  // namespace assay::rules::testing
