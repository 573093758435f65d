#include "engine/duckdb/apart_checks.h"

#include "engine/duckdb/difference.h"
#include "engine/duckdb/distribution.h"
#include "engine/duckdb/file_checks.h"
#include "engine/duckdb/query_check.h"

namespace assay::engine {
namespace {

Result<CheckOutcome> Run(Session& session, const Dataset& dataset, const DatasetSchema& schema,
                         const PassedRows& passed, const plan::Check& check,
                         const ScanOptions& options, const std::stop_token& stop) {
  if (std::holds_alternative<plan::DifferenceCheck>(check.form))
    return FindDifferences(session, dataset, schema, passed.files, check, options, stop);
  if (std::holds_alternative<plan::QueryCheck>(check.form))
    return FindReturnedRows(session, dataset, schema, passed, check, options, stop);
  if (std::holds_alternative<plan::FileCheck>(check.form))
    return CheckFiles(session, dataset, schema, check, options, stop);
  return MeasureDistribution(session, dataset, schema, passed.files, check, options, stop);
}

}  // namespace

bool RunsApart(const plan::CheckForm& form) {
  return std::holds_alternative<plan::DifferenceCheck>(form) ||
         std::holds_alternative<plan::DistributionCheck>(form) ||
         std::holds_alternative<plan::QueryCheck>(form) ||
         std::holds_alternative<plan::FileCheck>(form);
}

Result<CheckOutcome> RunApart(Session& session, const Dataset& dataset,
                              const DatasetSchema& schema, const PassedRows& passed,
                              const plan::Check& check, const ScanOptions& options,
                              const std::stop_token& stop) {
  Result<CheckOutcome> outcome = Run(session, dataset, schema, passed, check, options, stop);
  if (outcome || outcome.error().kind == ErrorKind::kCancelled) return outcome;
  CheckOutcome unasserted;
  unasserted.detail = outcome.error().message;
  return unasserted;
}

}  // namespace assay::engine
