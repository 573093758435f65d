// Connector type "s3": Amazon S3 and what speaks like it.

#include "connectors/connector_type.h"
#include "connectors/s3_connector.h"

namespace assay::connectors::types {

ConnectorType s3() {
  return {.name = "s3",
          .summary = "A bucket of Amazon S3 or of a store that speaks its protocol.",
          .can_hold_enrichment = true,
          .open = OpenS3Connector};
}

}  // namespace assay::connectors::types
