// What lies in a datastore right now, as containers the store knows or not.

#pragma once

#include <string>
#include <vector>

#include "connectors/containers.h"
#include "engine/dataset.h"
#include "store/containers.h"
#include "store/datastores.h"
#include "store/fields.h"

namespace assay::operations {

/// Lists all files and groups them as the datastore says; patterns that users gave to `known`
/// containers come before automatic ones. Or lists all tables, when the connector has those.
/// kUnsupported when it has neither.
Result<connectors::Grouped> ListDatastore(connectors::Connector& connector,
                                          const store::Datastore& datastore,
                                          const std::vector<store::Container>& known,
                                          std::stop_token stop);

/// The files or the table of `found`, to be read with the container's options and without its
/// Excluded fields. kInvalidInput when the stored options are not valid.
Result<engine::Dataset> ToDataset(const connectors::FoundContainer& found,
                                  const store::Container& container,
                                  const std::vector<store::Field>& fields);

/// Changes when a file is added, removed or replaced, or is to be read in another way; of a
/// table when a column changes or the table grows or shrinks.
std::string ListingDigest(const connectors::FoundContainer& found, const Json& read_options);

}  // namespace assay::operations
