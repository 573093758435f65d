// Connector type "local": a folder of this machine.

#include "connectors/connector_type.h"
#include "connectors/local_connector.h"

namespace assay::connectors::types {

ConnectorType local() {
  return {.name = "local",
          .summary = "A folder of the machine that the program runs on.",
          .can_hold_enrichment = true,
          .open = [](const ConnectionSettings& settings, std::stop_token) {
            return OpenLocalConnector(settings);
          }};
}

}  // namespace assay::connectors::types
