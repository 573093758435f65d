// Connector type "postgresql": a schema of a PostgreSQL database.

#include "connectors/connector_type.h"
#include "connectors/postgres_connector.h"

namespace assay::connectors::types {

ConnectorType postgresql() {
  return {.name = "postgresql",
          .summary = "Tables and views of a PostgreSQL database.",
          .family = StoreFamily::kTables,
          .open = OpenPostgresConnector};
}

}  // namespace assay::connectors::types
