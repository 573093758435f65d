#include "connectors/postgres_connector.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>

#include "base/id.h"
#include "engine/postgres/client.h"
#include "engine/postgres/column_reading.h"
#include "engine/postgres/query_columns.h"
#include "engine/session.h"

namespace assay::connectors {
namespace {

constexpr const char* kMaintenanceDatabase = "postgres";  // there on nearly every server
constexpr std::array<std::string_view, 6> kSslModes = {"disable", "allow",     "prefer",
                                                       "require", "verify-ca", "verify-full"};

std::string NewAttachedName() {
  static std::atomic<int64_t> counter = 0;
  return fmt::format("source_{}", counter.fetch_add(1));
}

/// What belongs to places of files.
Status CheckNothingOfOtherTypes(const ConnectionSettings& settings) {
  const char* given = !settings.uri.empty()          ? "uri"
                      : !settings.endpoint.empty()   ? "endpoint"
                      : !settings.region.empty()     ? "region"
                      : !settings.kms_key_id.empty() ? "kms_key_id"
                                                     : nullptr;
  if (given == nullptr) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("a PostgreSQL server takes no {}", given));
}

Status CheckSslMode(const std::string& mode) {
  if (mode.empty() || std::ranges::find(kSslModes, mode) != kSslModes.end()) return {};
  return Fail(ErrorKind::kInvalidInput, fmt::format("sslmode: must be one of {}, not {}",
                                                    fmt::join(kSslModes, ", "), mode));
}

// One row for a schema that is there, without tables: whether it may be used. Then one a table:
// name, kind, whether it may be read, its pages' bytes, a digest of its columns. Without locks.
constexpr const char* kListSql =
    "SELECT c.relname, c.relkind, has_table_privilege(c.oid, 'SELECT'), "
    "greatest(c.relpages, 0)::int8 * current_setting('block_size')::int8, "
    "md5((SELECT string_agg(format('%s %s %s %s', a.attname, a.atttypid, a.atttypmod, "
    "a.attnum), ',' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid "
    "AND a.attnum > 0 AND NOT a.attisdropped)) "
    "FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace "
    "WHERE s.nspname = $1 AND c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition "
    "ORDER BY c.relname COLLATE \"C\"";

/// kNotFound, kDenied with the right to grant.
Status CheckSchema(engine::PostgresClient& client, const engine::PostgresTarget& target,
                   const std::string& schema, const std::stop_token& stop) {
  ASSAY_TRY(const auto rows, client.Query("SELECT has_schema_privilege(oid, 'USAGE') FROM "
                                          "pg_catalog.pg_namespace WHERE nspname = $1",
                                          {schema}, stop));
  if (rows.empty()) {
    ASSAY_TRY(const auto others,
              client.Query("SELECT string_agg(nspname, ', ' ORDER BY nspname) FROM "
                           "pg_catalog.pg_namespace WHERE nspname <> 'information_schema' AND "
                           "nspname NOT LIKE 'pg\\_%'",
                           {}, stop));
    return Fail(ErrorKind::kNotFound,
                fmt::format("there is no such schema; those of the database are {}: {}",
                            others[0][0].value_or("none"), schema));
  }
  if (rows[0][0] == "t") return {};
  return Fail(
      ErrorKind::kDenied,
      fmt::format(
          "the right to look into the schema is missing: GRANT USAGE ON SCHEMA {} TO {}",
          engine::QuotePostgresName(schema), engine::QuotePostgresName(target.user)));
}

}  // namespace

Result<std::vector<ListedTable>> PostgresTables::List(std::stop_token stop) {
  ASSAY_TRY(const auto client, engine::PostgresClient::Connect(target_, stop));
  ASSAY_RETURN_IF_ERROR(CheckSchema(*client, target_, schema_, stop));
  ASSAY_TRY(const auto rows, client->Query(kListSql, {schema_}, stop));
  std::vector<ListedTable> tables;
  for (const auto& row : rows) {
    ListedTable& table = tables.emplace_back();
    table.name = {.database = attached_as_, .schema = schema_, .table = row[0].value_or("")};
    table.is_view = row[1] == "v" || row[1] == "m";
    table.size_bytes = std::stoll(row[3].value_or("0"));
    table.columns_digest = row[4].value_or("no columns");
    if (row[2] == "t") continue;
    table.unreadable_because = fmt::format(
        "the right to read it is missing: GRANT SELECT ON TABLE {}.{} TO {}",
        engine::QuotePostgresName(schema_), engine::QuotePostgresName(table.name.table),
        engine::QuotePostgresName(target_.user));
  }
  return tables;
}

engine::TableName PostgresTables::TableOf(const std::string& query) const {
  return {.database = attached_as_, .schema = schema_, .table = {}, .query = query};
}

Result<std::vector<std::string>> PostgresTables::ColumnsOf(const std::string& query,
                                                           std::stop_token stop) {
  ASSAY_TRY(const auto client, engine::PostgresClient::Connect(target_, stop));
  ASSAY_RETURN_IF_ERROR(client->Query(
      engine::PreferSchemaSql(schema_, engine::SettingExtent::kSession), {}, stop));
  ASSAY_TRY(const auto columns, engine::ColumnsOfQuery(*client, query, stop));
  std::vector<std::string> names;
  for (const engine::PostgresColumn& column : columns) names.push_back(column.name);
  return names;
}

PostgresConnector::PostgresConnector(engine::PostgresTarget target, std::string schema)
    : target_(std::move(target)),
      schema_(std::move(schema)),
      attached_as_(NewAttachedName()),
      tables_(target_, schema_, attached_as_) {}

std::string PostgresConnector::root_uri() const {
  return fmt::format("postgresql://{}/{}", target_.Name(), schema_);
}

std::optional<net::HostAndPort> PostgresConnector::server() const {
  return net::HostAndPort{.host = target_.host, .port = static_cast<uint16_t>(target_.port)};
}

Status PostgresConnector::AttachTo(engine::Session& session) {
  engine::PostgresTarget target = target_;
  // How a stop request finds the statements of this session, and no others.
  target.application_name = "assay " + NewUuid();
  return session.AttachPostgres(attached_as_, target);
}

Result<std::unique_ptr<Connector>> OpenPostgresConnector(const ConnectionSettings& settings,
                                                         std::stop_token /*stop*/) {
  ASSAY_RETURN_IF_ERROR(CheckNothingOfOtherTypes(settings));
  ASSAY_RETURN_IF_ERROR(CheckSslMode(settings.ssl_mode));
  if (settings.host.empty()) return Fail(ErrorKind::kInvalidInput, "host: is required");
  if (!settings.database.empty() && settings.schema.empty())
    return Fail(ErrorKind::kInvalidInput, "schema: is required with a database");
  engine::PostgresTarget target;
  target.host = settings.host;
  if (settings.port != 0) target.port = settings.port;
  target.user = settings.username;
  target.password = settings.password;
  target.database = settings.database.empty() ? kMaintenanceDatabase : settings.database;
  target.ssl_mode = settings.ssl_mode;
  target.ca_bundle_path = settings.ca_bundle_path;
  return std::make_unique<PostgresConnector>(std::move(target),
                                             settings.database.empty() ? "" : settings.schema);
}

}  // namespace assay::connectors
