// Runs a check over a small table written in the test, as SQL in DuckDB.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rules/check.h"
#include "tests/rules/tables.h"

namespace assay::rules::testing {

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

/// Compiles and runs a check on a measure or on group sizes; the table is one file, and
/// `earlier` what a check on a change measured before. An error fails the test.
WholeOutcome RunWhole(const std::string& rule, const Json& properties, const Table& table,
                      const std::string& filter = "",
                      const std::optional<plan::Literal>& earlier = {});

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

/// The check of a rule's example over its table.
CheckDefinition ExampleCheck(const RuleType& rule);

}  // namespace assay::rules::testing
