// What a job over the containers of one datastore works with.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/profile.h"
#include "engine/scan.h"
#include "operations/container_matching.h"
#include "operations/datastore_access.h"
#include "operations/datastore_listing.h"
#include "operations/job.h"
#include "operations/options.h"

namespace assay::operations {

/// A datastore, opened and listed.
struct ListedDatastore {
  store::Datastore datastore;
  std::unique_ptr<connectors::Connector> connector;
  std::vector<store::Container> known;  // all of the datastore, deleted ones too
  connectors::Grouped listing;
  ContainerMatching matching;  // of both
};

/// kNotFound, and as the place answers.
Result<ListedDatastore> OpenAndList(const DatastoreAccess& datastores, store::Access& access,
                                    int64_t datastore_id, std::stop_token stop);

/// The same, readable in an engine of its own.
struct JobSession : ListedDatastore {
  std::unique_ptr<engine::Session> engine;
  std::string temporary_directory;  // for its files; empty: $TMPDIR
};

/// Also remembers whether the datastore could be reached.
Result<JobSession> OpenJobSession(const DatastoreAccess& datastores,
                                  const OperationsOptions& options, JobContext& context);

/// Those of `known` that are not deleted and have one of the names and one of the tags; empty
/// lists leave none out. A name that fits none is a kNotFound.
Result<std::vector<store::Container>> SelectContainers(
    const std::vector<store::Container>& known, const std::vector<std::string>& names,
    const std::vector<std::string>& tags);

/// The dataset of a container in the listing of a datastore that `engine` can read, ready to be
/// read without its computed fields (operations/container_opener.h adds them): unreadable files
/// are in `schema.failures`. With `later_than`, only files modified later. kNotFound when the
/// container is not there any more; no files are left when all are older, and `extent` is
/// kPart.
struct OpenedDataset {
  engine::Dataset dataset;
  engine::DatasetSchema schema;
  engine::ScanOptions::Extent extent = engine::ScanOptions::Extent::kWhole;
};
Result<OpenedDataset> OpenDataset(engine::Session& engine, const ListedDatastore& datastore,
                                  const store::Container& container,
                                  const std::optional<Timestamp>& later_than,
                                  JobContext& context);

/// Adds the rows of a running engine call to the operation's counters as they are read.
engine::RunContext CountingRows(JobContext& context);

/// The fields of a schema as the store keeps them.
std::vector<store::Field> ToFieldRecords(const plan::Schema& schema);

}  // namespace assay::operations
