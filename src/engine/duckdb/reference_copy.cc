#include "engine/duckdb/reference_copy.h"

#include <fmt/format.h>

#include "engine/duckdb/table_connection.h"

namespace assay::engine {

Result<std::string> CopyWhole(Session& session, const Dataset& dataset,
                              const DatasetSchema& schema, const RowCopy& copy,
                              const ScratchDatabase& database, const std::stop_token& stop) {
  if (!schema.failures.empty())
    return FailWithin(schema.failures.front().relative_path, schema.failures.front().error);
  // On a connection of its own: a statement that fails ends the transaction it is in.
  const PostgresTarget* server = schema.table ? schema.table->internals().server() : nullptr;
  const std::string table = database.Table();
  ASSAY_RETURN_IF_ERROR(CopyRows(
      session, dataset, schema, schema.readable, copy, table,
      [&](const std::string& sql) { return RunQuery(session, sql, stop, {}, server); }));
  return table;
}

Result<std::string> CopyReference(Session& session, const ReferencedDataset& reference,
                                  const RowCopy& copy, const ScratchDatabase& database,
                                  const std::stop_token& stop) {
  Result<std::string> table =
      CopyWhole(session, *reference.dataset, *reference.schema, copy, database, stop);
  if (table || table.error().kind == ErrorKind::kCancelled) return table;
  return Fail(table.error().kind,
              fmt::format("{}, with which it compares, could not be read as a whole: {}",
                          reference.dataset->name, table.error().message));
}

}  // namespace assay::engine
