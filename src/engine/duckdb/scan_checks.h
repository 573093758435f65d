// The checks of a scan as SQL arguments of assay_scan.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/duckdb/scan_aggregate.h"
#include "engine/scan.h"

namespace assay::engine {

/// A dependency check in SQL.
struct DependencySql {
  std::vector<std::string> keys, values;
  std::string condition;  // which rows are asserted
  plan::DependencyCheck::Failing failing = plan::DependencyCheck::Failing::kAll;
};

/// An order check in SQL.
struct OrderSql {
  std::string value;
  std::string condition;   // which rows are asserted
  std::string comparison;  // with the value before it, of a row that fails
};

/// An entity check in SQL.
struct EntitySql {
  std::string name, distinction;
  std::string condition;  // which rows are asserted
  plan::names::Similarity similarity;
};

/// A membership check as SQL. In the pass over rows it is a row check that no row fails, which
/// counts the asserted ones.
struct PrintedMembership {
  size_t check_index = 0;  // into the checks of the scan
  std::string value;       // of a row; null when the row is not asserted
  std::string reference;   // into ScanOptions::references
  std::string reference_value;
  plan::MembershipCheck::Expected expected = plan::MembershipCheck::Expected::kPresent;
};

/// The checks that a pass over rows runs, and what became of the others.
struct ScanChecks {
  std::vector<ScanCollector::RowCheckArguments> row_checks;
  std::vector<std::string> row_conditions;  // per row check: true when the row fails it
  std::vector<size_t> unique_checks;
  std::string arguments;  // ", <expr>, <expr>..." in the order that ScanCollector describes
  std::vector<std::string> unique_keys;        // per unique check: "<expr>, <expr>"
  std::vector<std::string> unique_structs;     // per unique check: the same as one value
  std::vector<std::string> unique_conditions;  // per unique check: which rows are asserted
  std::map<size_t, DependencySql> dependency_checks;  // by check
  std::map<size_t, EntitySql> entity_checks;          // by check
  std::map<size_t, OrderSql> order_checks;            // by check
  std::vector<PrintedMembership> memberships;
  std::vector<std::string> refusals;  // per check of the scan: why it cannot run; empty: it can
};

/// Prints the checks; one that cannot be printed or bound, or whose reference is not there, is
/// refused with its reason. Measures and group sizes are row checks here that no row fails;
/// checks of the schema and those that run apart (RunsApart) are left out.
Result<ScanChecks> MakeScanChecks(Session& session, const Dataset& dataset,
                                  const DatasetSchema& schema,
                                  const std::vector<plan::Check>& checks,
                                  const std::map<std::string, ReferencedDataset>& references);

/// Compares the schema with what a check expects; empty when it holds, else what differs.
std::string SchemaDifferences(const plan::SchemaCheck& check, const plan::Schema& schema);

}  // namespace assay::engine
