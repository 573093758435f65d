#include "engine/duckdb/repeated_rows.h"

#include <fmt/format.h>

#include <span>

#include "engine/duckdb/query.h"
#include "engine/duckdb/row_copy.h"
#include "engine/duckdb/table_filling.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

/// Fills the table with the repeated hashes; returns whether there are any.
Result<bool> FillHashes(const ScratchTable& table, const scan::RepeatedHashes& hashes,
                        const std::stop_token& stop) {
  bool has_any = false;
  ASSAY_RETURN_IF_ERROR(
      FillTable(table, "hash UBIGINT", [&](duckdb::Appender& appender) -> Status {
        const auto found = hashes.Find(
            [&](std::span<const uint64_t> repeated) -> Status {
              for (const uint64_t hash : repeated) appender.AppendRow(hash);
              has_any = true;
              return {};
            },
            stop);
        if (!found) return std::unexpected(found.error());
        return {};
      }));
  return has_any;
}

Result<std::vector<RowPosition>> Positions(const ScratchTable& table, const std::string& sql,
                                           const std::stop_token& stop) {
  ASSAY_TRY(const auto rows, RunQuery(table.session(), table.schema(), sql, stop));
  std::vector<RowPosition> positions;
  for (size_t row = 0; row < rows->RowCount(); ++row) {
    positions.emplace_back(rows->GetValue(0, row).GetValue<uint64_t>(),
                           rows->GetValue(1, row).GetValue<int64_t>());
  }
  return positions;
}

/// Several values as one.
std::string PackedSql(const std::vector<std::string>& values) {
  std::string members;
  for (size_t i = 0; i < values.size(); ++i)
    members += fmt::format("{}m{} := {}", i > 0 ? ", " : "", i, values[i]);
  return fmt::format("struct_pack({})", members);
}

/// The keys with several values as v0; where the most frequent values are spared, those as v1,
/// null when there is more than one such combination.
std::string ConflictsSql(const std::string& pairs, plan::DependencyCheck::Failing failing) {
  switch (failing) {
    case plan::DependencyCheck::Failing::kAll:
      return fmt::format(
          "SELECT v0 FROM (SELECT DISTINCT * FROM {}) GROUP BY v0 HAVING count(*) > 1", pairs);
    case plan::DependencyCheck::Failing::kMinority:
      // The two largest counts of a key, the largest first.
      return fmt::format(
          "SELECT v0, CASE WHEN counts[1] > counts[2] THEN most_frequent END AS v1 FROM "
          "(SELECT v0, max(copies, 2) AS counts, arg_max(v1, copies) AS most_frequent FROM "
          "(SELECT v0, v1, sum(copies) AS copies FROM {} GROUP BY v0, v1) GROUP BY v0 HAVING "
          "count(*) > 1)",
          pairs);
  }
  return "";
}

}  // namespace

Status FillPositions(const ScratchTable& table, const std::vector<RowPosition>& rows) {
  return FillTable(table, "file_index UBIGINT, row_number BIGINT",
                   [&](duckdb::Appender& appender) -> Status {
                     for (const auto& [file, row] : rows)
                       appender.AppendRow(static_cast<uint64_t>(file), row);
                     return {};
                   });
}

Result<SurplusRows> SurplusRows::Find(Session& session, const Dataset& dataset,
                                      const DatasetSchema& schema,
                                      const std::vector<size_t>& files,
                                      const ScanChecks& checks, size_t unique_index,
                                      const scan::RepeatedHashes& all_hashes, int64_t max_rows,
                                      const std::stop_token& stop) {
  const ScratchTable hashes(session, schema), candidates(session, schema);
  ASSAY_TRY(const bool has_repeats, FillHashes(hashes, all_hashes, stop));
  if (!has_repeats) return SurplusRows();
  const RowCopy copy{.values = {checks.unique_structs[unique_index]},
                     .condition = fmt::format("{} AND hash({}) IN (SELECT hash FROM {})",
                                              checks.unique_conditions[unique_index],
                                              checks.unique_keys[unique_index], hashes.name()),
                     .max_rows_per_file = max_rows};
  ASSAY_RETURN_IF_ERROR(CopyRowsAgain(candidates, dataset, files, copy, "its keys", stop));
  // Keys compare by the engine's equality; a key is seen first in the smallest file and row.
  return Of(session, schema,
            fmt::format("SELECT file_index, row_number FROM {} QUALIFY row_number() OVER "
                        "(PARTITION BY v0 ORDER BY file_index, row_number) > 1",
                        candidates.name()),
            stop);
}

Result<SurplusRows> SurplusRows::FindConflicting(Session& session, const Dataset& dataset,
                                                 const DatasetSchema& schema,
                                                 const std::vector<size_t>& files,
                                                 const DependencySql& check, int64_t max_rows,
                                                 const std::stop_token& stop) {
  const ScratchTable pairs(session, schema), conflicts(session, schema);
  const std::string keys = PackedSql(check.keys), values = PackedSql(check.values);
  const bool spares_majority = check.failing == plan::DependencyCheck::Failing::kMinority;
  ASSAY_RETURN_IF_ERROR(CopyRowsAgain(
      pairs, dataset, files,
      {.values = {keys, values},
       .condition = check.condition,
       .positions = RowCopy::Positions::kLeftOut,
       .repeats = spares_majority ? RowCopy::Repeats::kCounted : RowCopy::Repeats::kDropped,
       .max_rows_per_file = max_rows},
      "its keys and values", stop));
  ASSAY_RETURN_IF_ERROR(RunQuery(session, schema,
                                 fmt::format("CREATE TABLE {} AS {}", conflicts.name(),
                                             ConflictsSql(pairs.name(), check.failing)),
                                 stop));
  ASSAY_TRY(const auto found,
            RunQuery(session, schema, fmt::format("SELECT count(*) FROM {}", conflicts.name()),
                     stop));
  SurplusRows conflicting;
  if (found->GetValue(0, 0).GetValue<int64_t>() == 0) return conflicting;
  conflicting.table_ = std::make_unique<ScratchTable>(session, schema);
  std::string condition =
      fmt::format("{} AND {} IN (SELECT v0 FROM {})", check.condition, keys, conflicts.name());
  if (spares_majority) {
    condition += fmt::format(
        " AND struct_pack(k := {}, v := {}) NOT IN (SELECT struct_pack(k := v0, v := v1) FROM "
        "{} WHERE v1 IS NOT NULL)",
        keys, values, conflicts.name());
  }
  const RowCopy failing{.condition = std::move(condition), .max_rows_per_file = max_rows};
  ASSAY_RETURN_IF_ERROR(
      CopyRowsAgain(*conflicting.table_, dataset, files, failing, "its keys", stop));
  return conflicting;
}

Result<SurplusRows> SurplusRows::FindOutOfOrder(Session& session, const Dataset& dataset,
                                                const DatasetSchema& schema,
                                                const std::vector<size_t>& files,
                                                const OrderSql& check, int64_t max_rows,
                                                const std::stop_token& stop) {
  const ScratchTable values(session, schema);
  const RowCopy copy{
      .values = {check.value}, .condition = check.condition, .max_rows_per_file = max_rows};
  ASSAY_RETURN_IF_ERROR(CopyRowsAgain(values, dataset, files, copy, "its values", stop));
  return Of(session, schema,
            fmt::format("SELECT file_index, row_number FROM {} QUALIFY v0 {} lag(v0) OVER "
                        "(PARTITION BY file_index ORDER BY row_number)",
                        values.name(), check.comparison),
            stop);
}

Result<SurplusRows> SurplusRows::Of(Session& session, const DatasetSchema& schema,
                                    const std::string& query, const std::stop_token& stop) {
  SurplusRows rows;
  rows.table_ = std::make_unique<ScratchTable>(session, schema);
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session, schema, fmt::format("CREATE TABLE {} AS {}", rows.table_->name(), query), stop));
  return rows;
}

Result<std::vector<int64_t>> SurplusRows::CountByFile(size_t file_count,
                                                      const std::stop_token& stop) const {
  std::vector<int64_t> counts(file_count, 0);
  if (table_ == nullptr) return counts;
  ASSAY_TRY(const auto rows,
            Positions(*table_,
                      fmt::format("SELECT file_index, count(*) FROM {} GROUP BY file_index",
                                  table_->name()),
                      stop));
  for (const auto& [file, count] : rows) counts[file] = count;
  return counts;
}

Result<std::vector<RowPosition>> SurplusRows::First(int64_t limit,
                                                    const std::stop_token& stop) const {
  if (table_ == nullptr) return std::vector<RowPosition>();
  return Positions(*table_,
                   fmt::format("SELECT file_index, row_number FROM {} ORDER BY ALL LIMIT {}",
                               table_->name(), limit),
                   stop);
}

Result<std::vector<RowPosition>> SurplusRows::Among(const ScratchTable& rows,
                                                    const std::stop_token& stop) const {
  if (table_ == nullptr) return std::vector<RowPosition>();
  return Positions(*table_,
                   fmt::format("SELECT file_index, row_number FROM {} SEMI JOIN {} USING "
                               "(file_index, row_number)",
                               rows.name(), table_->name()),
                   stop);
}

}  // namespace assay::engine
