#include "store/migrations.h"

#include <fmt/format.h>

#include <string>

#include "store/schema/computed_data.h"
#include "store/schema/container_keys.h"
#include "store/schema/field_tags.h"
#include "store/schema/initial.h"
#include "store/schema/measurements.h"
#include "store/schema/people.h"
#include "store/schema/templates.h"
#include "store/schema/value_sketches.h"
#include "store/sql/statement.h"

namespace assay::store {
namespace {

constexpr std::string_view kId = "{id}";
constexpr std::string_view kSqliteId = "INTEGER PRIMARY KEY AUTOINCREMENT";

void Apply(soci::session& session, std::string_view statements) {
  constexpr std::string_view kEnd = ";\n";
  for (size_t start = 0; start < statements.size();) {
    const size_t end = std::min(statements.find(kEnd, start), statements.size());
    std::string statement(statements.substr(start, end - start));
    for (size_t at; (at = statement.find(kId)) != std::string::npos;) {
      statement.replace(at, kId.size(), kSqliteId);
    }
    if (statement.find_first_not_of(" \n") != std::string::npos) sql::Run(session, statement);
    start = end + kEnd.size();
  }
}

}  // namespace

std::span<const Migration> AllMigrations() {
  static const Migration all[] = {
      {.number = 1, .name = "initial tables", .statements = schema::kInitial},
      {.number = 2, .name = "keys of containers", .statements = schema::kContainerKeys},
      {.number = 3, .name = "people", .statements = schema::kPeople},
      {.number = 4, .name = "measurements", .statements = schema::kMeasurements},
      {.number = 5, .name = "field tags", .statements = schema::kFieldTags},
      {.number = 6, .name = "templates", .statements = schema::kTemplates},
      {.number = 7, .name = "computed data", .statements = schema::kComputedData},
      {.number = 8, .name = "value sketches", .statements = schema::kValueSketches},
  };
  return all;
}

Status Migrate(soci::session& session, std::span<const Migration> migrations, Timestamp now) {
  constexpr std::string_view kCountTables =
      "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'";
  const auto ours = sql::SelectInteger(
      session, std::string(kCountTables) + " AND name = 'schema_migrations'");
  if (ours == 0) {
    if (sql::SelectInteger(session, kCountTables) != 0) {
      return Fail(ErrorKind::kCorruptData, "the database was not made by this program");
    }
    sql::Run(session,
             "CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, "
             "applied BIGINT NOT NULL)");
  }
  const int64_t present =
      sql::SelectInteger(session, "SELECT COALESCE(MAX(number), 0) FROM schema_migrations")
          .value_or(0);
  const int64_t known = migrations.empty() ? 0 : migrations.back().number;
  if (present > known) {
    return Fail(
        ErrorKind::kUnsupported,
        fmt::format("the database was written by a newer version of this program "
                    "(its tables are version {}, this program knows {}); run that version",
                    present, known));
  }
  for (const Migration& migration : migrations) {
    if (migration.number <= present) continue;
    Apply(session, migration.statements);
    sql::Run(session, "INSERT INTO schema_migrations (number, name, applied) VALUES (?, ?, ?)",
             {migration.number, std::string(migration.name), now});
  }
  return {};
}

}  // namespace assay::store
