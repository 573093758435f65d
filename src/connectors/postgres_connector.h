// A schema of a PostgreSQL database as a connector. It only reads.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector_type.h"
#include "engine/postgres/target.h"

namespace assay::connectors {

class PostgresTables final : public TableLister {
 public:
  /// `attached_as`: TableName::database of all tables.
  PostgresTables(const engine::PostgresTarget& target, std::string schema,
                 std::string attached_as)
      : target_(target), schema_(std::move(schema)), attached_as_(std::move(attached_as)) {}
  Result<std::vector<ListedTable>> List(std::stop_token stop) override;
  engine::TableName TableOf(const std::string& query) const override;
  Result<std::vector<std::string>> ColumnsOf(const std::string& query,
                                             std::stop_token stop) override;

 private:
  const engine::PostgresTarget target_;
  const std::string schema_;
  const std::string attached_as_;
};

class PostgresConnector final : public Connector {
 public:
  PostgresConnector(engine::PostgresTarget target, std::string schema);

  /// "postgresql://host:port/database/schema"
  std::string root_uri() const override;
  std::optional<net::HostAndPort> server() const override;
  FileLister* files() override { return nullptr; }
  TableLister* tables() override { return &tables_; }
  ResultWriter* writer() override { return nullptr; }
  Status AttachTo(engine::Session& session) override;

  /// "connect", then "list" (with the schema) and "select"; only "connect" without a database.
  /// kWrite is refused by a step of its own.
  std::vector<ProbeStep> Probe(Access access, std::stop_token stop) override;

 private:
  const engine::PostgresTarget target_;
  const std::string schema_;
  const std::string attached_as_;  // in sessions, where it is beside others
  PostgresTables tables_;
};

/// kInvalidInput for settings that do not go together or are missing. Does not connect.
Result<std::unique_ptr<Connector>> OpenPostgresConnector(const ConnectionSettings& settings,
                                                         std::stop_token stop);

}  // namespace assay::connectors
