// How many rows the groups of a check have.

#pragma once

#include <string>
#include <vector>

#include "engine/duckdb/collected_rows.h"
#include "engine/duckdb/whole_checks.h"

namespace assay::engine {

/// The group-size checks with a key of a scan, in one pass over their keys. What a file gives
/// is one row a group.
class GroupSizes {
 public:
  GroupSizes(Session& session, const Dataset& dataset, const DatasetSchema& schema,
             int64_t max_rows_per_file)
      : session_(session),
        schema_(schema),
        rows_(session, dataset, schema, max_rows_per_file) {}

  /// `check`, a plan::GroupSizeCheck with a key, at `index` of the scan; must outlive this.
  /// Fails when it cannot be printed or bound.
  Status Add(size_t index, const plan::Check& check);

  /// Sets outcomes or refusals of the checks that were added. Fails only when stopped.
  Status Run(const RunContext& context, WholeChecks& whole);

 private:
  struct Added {
    size_t index;
    const plan::Check& check;
    size_t query;
    plan::Field key;  // as the table of the query holds it
  };

  Result<CheckOutcome> OutcomeOf(const Added& added, const std::stop_token& stop) const;
  Result<CheckOutcome> OfAllGroups(const Added& added, const std::stop_token& stop) const;
  Result<CheckOutcome> OfExpectedGroups(const Added& added, const std::stop_token& stop) const;

  Session& session_;
  const DatasetSchema& schema_;
  CollectedRows rows_;
  std::vector<Added> added_;
};

}  // namespace assay::engine
