// The profile of all columns as one DuckDB aggregate.

#pragma once

#include <atomic>
#include <memory>
#include <mutex>

#include "engine/duckdb/duckdb_library.h"
#include "engine/holdout.h"
#include "engine/profile/profile_state.h"

namespace assay::engine {

/// Where a running query leaves its state. Must outlive the query.
struct ProfileCollector {
  std::shared_ptr<const profile::ProfilePlan> plan;
  Holdout holdout;

  std::mutex mutex;
  std::unique_ptr<profile::ProfileState> training;  // rows that are not held out; null: no rows
  std::unique_ptr<profile::ProfileState> held_out;  // the others
};

/// assay_profile(collector address UBIGINT, row number BIGINT, column...) -> BIGINT rows.
/// The columns are those of the collector's plan.
duckdb::AggregateFunction MakeProfileAggregate();

}  // namespace assay::engine
