#include "engine/duckdb/table_filling.h"

#include <fmt/format.h>

#include <optional>

#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/duckdb/table_connection.h"

namespace assay::engine {
namespace {

/// The connection that the table was made on, or a new one in `own`, if any will do.
duckdb::Connection& ConnectionFor(const ScratchTable& table,
                                  std::optional<duckdb::Connection>& own) {
  const auto& reading = table.schema().table;
  if (reading && reading->internals().connection) return *reading->internals().connection;
  return own.emplace(*table.session().internals().database);
}

}  // namespace

Status FillTable(const ScratchTable& table, const std::string& columns,
                 const std::function<Status(duckdb::Appender&)>& append) {
  ASSAY_RETURN_IF_ERROR(RunQuery(table.session(), table.schema(),
                                 fmt::format("CREATE TABLE {} ({})", table.name(), columns),
                                 {}));
  try {
    std::optional<duckdb::Connection> own;
    duckdb::Appender appender(ConnectionFor(table, own), table.name());
    ASSAY_RETURN_IF_ERROR(append(appender));
    appender.Close();
    return {};
  } catch (const std::exception& exception) {
    return std::unexpected(ToError(duckdb::ErrorData(exception)));
  }
}

}  // namespace assay::engine
