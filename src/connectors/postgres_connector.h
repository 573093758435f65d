// A schema of a PostgreSQL database as a connector. It only reads.

#pragma once

#include <memory>
#include <string>

#include "connectors/connector_type.h"
#include "engine/postgres/target.h"

namespace assay::connectors {

class PostgresTables final : public TableLister {
 public:
  PostgresTables(const engine::PostgresTarget& target, std::string schema)
      : target_(target), schema_(std::move(schema)) {}
  Result<std::vector<ListedTable>> List(std::stop_token stop) override;

 private:
  const engine::PostgresTarget target_;
  const std::string schema_;
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
  PostgresTables tables_;
};

/// kInvalidInput for settings that do not go together or are missing. Does not connect.
Result<std::unique_ptr<Connector>> OpenPostgresConnector(const ConnectionSettings& settings,
                                                         std::stop_token stop);

}  // namespace assay::connectors
