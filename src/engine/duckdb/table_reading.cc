#include "engine/table_reading.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <atomic>
#include <sstream>

#include "engine/duckdb/query.h"
#include "engine/duckdb/session_internals.h"
#include "engine/duckdb/table_connection.h"
#include "engine/postgres/client.h"
#include "engine/postgres/query_columns.h"
#include "engine/reader_sql.h"

namespace assay::engine {
namespace {

std::string NewCopyName() {
  static std::atomic<uint64_t> counter = 0;
  return fmt::format("assay_copy_{}", counter.fetch_add(1));
}

std::string TextAt(duckdb::MaterializedQueryResult& rows, size_t column, size_t row) {
  const duckdb::Value value = rows.GetValue(column, row);
  return value.IsNull() ? "" : value.ToString();
}

}  // namespace

TableReading::TableReading(Session& session, const TableName& name, std::stop_token stop)
    : session_(session),
      database_(name.database),
      stop_(std::move(stop)),
      table_{.schema = name.schema, .name = name.table, .query = name.query},
      internals_(std::make_unique<Internals>()) {}

TableReading::~TableReading() {
  // Not left to the connection, which throws when the server is gone.
  if (internals_->connection) static_cast<void>(RunQuery(session_, *this, "ROLLBACK", {}));
  internals_->connection.reset();
  if (!copy_.empty())
    static_cast<void>(RunQuery(session_, "DROP TABLE IF EXISTS " + copy_, {}));
}

Result<std::shared_ptr<TableReading>> TableReading::Open(Session& session,
                                                         const TableName& name,
                                                         const std::stop_token& stop) {
  std::shared_ptr<TableReading> reading(new TableReading(session, name, stop));
  const auto open = [&]() -> Status {
    ASSAY_RETURN_IF_ERROR(reading->Begin(stop));
    if (!name.query.empty()) return reading->ReadQueryColumns(stop);
    ASSAY_RETURN_IF_ERROR(reading->ReadRelation(stop));
    return reading->ReadColumns(stop);
  };
  if (const Status opened = open(); !opened)
    return std::unexpected(reading->Explain(opened.error()));
  return reading;
}

Result<std::shared_ptr<TableReading>> TableReading::Copy(Session& session,
                                                         const std::string& statement,
                                                         const std::stop_token& stop) {
  std::shared_ptr<TableReading> reading(new TableReading(session, {}, stop));
  reading->copy_ = NewCopyName();
  reading->copied_rows_ = -1;
  ASSAY_RETURN_IF_ERROR(
      RunQuery(session, fmt::format("CREATE TABLE {} AS {}", reading->copy_, statement), stop));
  return reading;
}

Status TableReading::Begin(const std::stop_token& stop) {
  {
    const std::lock_guard lock(session_.internals().stores_mutex);
    const auto found = session_.internals().postgres.find(database_);
    if (found == session_.internals().postgres.end()) {
      return Fail(ErrorKind::kInternal,
                  fmt::format("no database is attached under this name: {}", database_));
    }
    internals_->target = found->second;
  }
  internals_->connection.emplace(*session_.internals().database);
  ASSAY_RETURN_IF_ERROR(RunQuery(session_, *this, "BEGIN", stop));
  return {};
}

Status TableReading::ReadRelation(const std::stop_token& stop) {
  ASSAY_TRY(
      const auto rows,
      RunQuery(session_, *this,
               "SELECT * FROM " + AtServer(RelationSql(table_.schema, table_.name)), stop));
  if (rows->RowCount() == 0) {
    return Fail(ErrorKind::kNotFound,
                fmt::format("there is no such table any more; sync to see what is there: {}.{}",
                            table_.schema, table_.name));
  }
  if (!rows->GetValue(0, 0).GetValue<bool>()) {
    return Fail(
        ErrorKind::kDenied,
        fmt::format("the right to read it is missing: GRANT SELECT ON TABLE {}.{} TO {}",
                    QuotePostgresName(table_.schema), QuotePostgresName(table_.name),
                    QuotePostgresName(internals_->target->user)));
  }
  std::istringstream oids(TextAt(*rows, 1, 0));
  for (std::string oid; std::getline(oids, oid, ',');) table_.parts.push_back(oid);
  table_.addresses = AddressesOf(table_.parts, rows->GetValue(2, 0).GetValue<bool>());
  return {};
}

Status TableReading::ReadColumns(const std::stop_token& stop) {
  ASSAY_TRY(
      const auto rows,
      RunQuery(session_, *this,
               "SELECT * FROM " + AtServer(ColumnsSql(table_.schema, table_.name)), stop));
  for (size_t row = 0; row < rows->RowCount(); ++row) {
    table_.columns.push_back({.name = TextAt(*rows, 0, row),
                              .type = TextAt(*rows, 1, row),
                              .element = TextAt(*rows, 2, row),
                              .modifier = rows->GetValue(3, row).GetValue<int32_t>()});
  }
  for (size_t i = 0; i < table_.columns.size(); ++i) {
    for (size_t k = 0; k < i; ++k) {
      const std::string& a = table_.columns[k].name;
      const std::string& b = table_.columns[i].name;
      if (strcasecmp(a.c_str(), b.c_str()) != 0) continue;
      return Fail(ErrorKind::kUnsupported,
                  fmt::format("names of columns that differ in case only cannot be told apart; "
                              "make a view with other names: {}, {}",
                              a, b));
    }
  }
  return {};
}

Status TableReading::ReadQueryColumns(const std::stop_token& stop) {
  // Asked by a session of its own: the engine's cannot have a statement described. When a type
  // changes in between, the read fails.
  ASSAY_TRY(const auto client, PostgresClient::Connect(*internals_->target, stop));
  ASSAY_RETURN_IF_ERROR(
      client->Query(PreferSchemaSql(table_.schema, SettingExtent::kSession), {}, stop));
  ASSAY_TRY(table_.columns, ColumnsOfQuery(*client, table_.query, stop));
  ASSAY_RETURN_IF_ERROR(RunQuery(
      session_, *this,
      "SELECT * FROM " + AtServer(PreferSchemaSql(table_.schema, SettingExtent::kTransaction)),
      stop));
  return {};
}

std::string TableReading::AtServer(const std::string& statement) const {
  return fmt::format("postgres_query({}, {})", QuoteText(database_), QuoteText(statement));
}

Status TableReading::MakeAddressable(int64_t max_rows, const std::stop_token& stop) {
  if (table_.addresses != RowAddresses::kNone) return {};
  const bool is_enough =
      !copy_.empty() && (copied_rows_ < 0 || (max_rows >= 0 && max_rows <= copied_rows_));
  if (is_enough) return {};
  if (!copy_.empty()) {
    ASSAY_RETURN_IF_ERROR(RunQuery(session_, "DROP TABLE " + copy_, stop));
    copy_.clear();
  }
  const std::string copy = NewCopyName();
  const std::string sql =
      fmt::format("CREATE TABLE {} AS SELECT * FROM {}", copy,
                  AtServer(engine::RowsSql(table_, AddressColumn::kNo, max_rows)));
  if (internals_->connection) {
    ASSAY_RETURN_IF_ERROR(RunQuery(session_, *this, sql, stop));
    ASSAY_RETURN_IF_ERROR(RunQuery(session_, *this, "COMMIT", stop));
    internals_->connection.reset();  // nothing more is asked of this snapshot
  } else {
    ASSAY_RETURN_IF_ERROR(RunQuery(session_, sql, stop, {}, internals_->server()));
  }
  copy_ = copy;
  copied_rows_ = max_rows;
  return {};
}

std::string TableReading::RowsSql(AddressColumn address, int64_t max_rows) const {
  if (copy_.empty()) return AtServer(engine::RowsSql(table_, address, max_rows));
  std::string sql = fmt::format("(SELECT *{} FROM {}",
                                address == AddressColumn::kYes ? ", rowid AS n" : "", copy_);
  if (max_rows >= 0) sql += fmt::format(" WHERE rowid < {}", max_rows);
  return sql + ")";
}

std::string TableReading::ChosenRowsSql(std::span<const int64_t> addresses) const {
  if (copy_.empty()) return AtServer(engine::ChosenRowsSql(table_, addresses));
  return fmt::format("(SELECT *, rowid AS n FROM {} WHERE rowid IN ({}))", copy_,
                     fmt::join(addresses, ", "));
}

Error TableReading::Explain(const Error& failure) const {
  switch (failure.kind) {
    case ErrorKind::kCancelled:
    case ErrorKind::kDenied:
    case ErrorKind::kNotFound:
    case ErrorKind::kUnsupported:
    case ErrorKind::kResourceLimit:
    case ErrorKind::kInternal: return failure;
    default: break;
  }
  if (!internals_->target) return failure;
  // The engine says no more than text. Whether the server is there is asked anew.
  const auto client = PostgresClient::Connect(*internals_->target, stop_);
  if (!client) {
    if (client.error().kind == ErrorKind::kCancelled) return client.error();
    return {client.error().kind,
            "the server went away while the table was read: " + client.error().message};
  }
  return {ErrorKind::kUnavailable, "the server did not finish the read: " + failure.message};
}

}  // namespace assay::engine
