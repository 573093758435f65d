#include "engine/duckdb/entities.h"

#include <fmt/format.h>

#include "engine/duckdb/query.h"
#include "engine/duckdb/row_copy.h"
#include "engine/duckdb/table_filling.h"
#include "plan/names/clusters.h"

namespace assay::engine {
namespace {

/// The different names of `pairs`, which has them as v0.
Result<std::vector<std::string>> DistinctNames(const ScratchTable& pairs,
                                               const std::stop_token& stop) {
  constexpr int64_t kMost = plan::EntityCheck::kMostNames;
  ASSAY_TRY(const auto rows, RunQuery(pairs.session(), pairs.schema(),
                                      fmt::format("SELECT DISTINCT v0 FROM {} LIMIT {}",
                                                  pairs.name(), kMost + 1),
                                      stop));
  if (std::cmp_greater(rows->RowCount(), kMost)) {
    return Fail(ErrorKind::kResourceLimit,
                fmt::format("there are more than {} different names, which is too many to "
                            "compare; narrow the check with a filter",
                            kMost));
  }
  std::vector<std::string> names;
  for (size_t row = 0; row < rows->RowCount(); ++row)
    names.push_back(rows->GetValue(0, row).GetValue<std::string>());
  return names;
}

/// Fills the table with (name, cluster).
Status FillClusters(const ScratchTable& table, const std::vector<std::string>& names,
                    const std::vector<size_t>& clusters) {
  return FillTable(
      table, "name VARCHAR, cluster UBIGINT", [&](duckdb::Appender& appender) -> Status {
        for (size_t i = 0; i < names.size(); ++i) {
          appender.AppendRow(duckdb::Value(names[i]), static_cast<uint64_t>(clusters[i]));
        }
        return {};
      });
}

}  // namespace

Result<SurplusRows> FindMixedEntities(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema,
                                      const std::vector<size_t>& files, const EntitySql& check,
                                      int64_t max_rows_per_file, const std::stop_token& stop) {
  const ScratchTable pairs(session, schema), clusters(session, schema), mixed(session, schema),
      failing(session, schema);
  ASSAY_RETURN_IF_ERROR(CopyRowsAgain(pairs, dataset, files,
                                      {.values = {check.name, check.distinction},
                                       .condition = check.condition,
                                       .positions = RowCopy::Positions::kLeftOut,
                                       .repeats = RowCopy::Repeats::kDropped,
                                       .max_rows_per_file = max_rows_per_file},
                                      "its names", stop));
  ASSAY_TRY(const std::vector<std::string> names, DistinctNames(pairs, stop));
  ASSAY_TRY(const auto numbers, plan::names::Cluster(names, check.similarity, stop));
  ASSAY_RETURN_IF_ERROR(FillClusters(clusters, names, numbers));
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session, schema,
      fmt::format("CREATE TABLE {2} AS SELECT name FROM {1} WHERE cluster IN (SELECT cluster "
                  "FROM {0} JOIN {1} ON v0 = name GROUP BY cluster HAVING count(DISTINCT v1) > "
                  "1)",
                  pairs.name(), clusters.name(), mixed.name()),
      stop));
  ASSAY_TRY(
      const auto found,
      RunQuery(session, schema, fmt::format("SELECT count(*) FROM {}", mixed.name()), stop));
  if (found->GetValue(0, 0).GetValue<int64_t>() == 0) return SurplusRows();
  ASSAY_RETURN_IF_ERROR(
      CopyRowsAgain(failing, dataset, files,
                    {.condition = fmt::format("{} AND {} IN (SELECT name FROM {})",
                                              check.condition, check.name, mixed.name()),
                     .max_rows_per_file = max_rows_per_file},
                    "its names", stop));
  return SurplusRows::Of(session, schema,
                         fmt::format("SELECT file_index, row_number FROM {}", failing.name()),
                         stop);
}

}  // namespace assay::engine
