// Opening containers of any kind to be read: those that are listed, and those that are computed
// of others, wherever these are.

#pragma once

#include <map>
#include <optional>
#include <vector>

#include "operations/job_session.h"

namespace assay::operations {

/// Opens containers in the engine of a job; each datastore is connected and listed once. Must
/// live as long as that engine reads them. One thread.
class ContainerOpener {
 public:
  ContainerOpener(const DatastoreAccess& datastores, JobSession& session, JobContext& context)
      : datastores_(datastores), session_(session), context_(context) {}

  /// The container with its computed fields, ready to be read. A computed field that cannot be
  /// computed is left out, which `schema.remarks` says. With `later_than` as OpenDataset; a
  /// container whose rows are made of several rows is read as a whole all the same, as its
  /// `extent` says.
  ///
  /// Errors as OpenDataset, and of a computed container: kNotFound when a container that it is
  /// made of is gone, kInvalidInput when it no longer has a field that is used, or when a
  /// container is computed of itself; as the engine when the rows have to be computed now
  /// (engine/computed.h).
  Result<OpenedDataset> Open(const store::Container& container,
                             const std::optional<Timestamp>& later_than = std::nullopt);

  /// Of the secrets in the store.
  const store::Cipher& cipher() const { return datastores_.cipher(); }

  /// A datastore that the engine can read.
  Result<const ListedDatastore*> Reach(int64_t datastore_id);

 private:
  /// The containers that are being opened, each made of the next.
  using Chain = std::vector<store::Container>;

  Result<ListedDatastore> Attach(int64_t datastore_id);
  Result<OpenedDataset> OpenWithin(Chain chain, const store::Container& container,
                                   const std::optional<Timestamp>& later_than);
  Result<OpenedDataset> OpenRows(const Chain& chain, const store::Container& container,
                                 const std::optional<Timestamp>& later_than);
  Result<OpenedDataset> OpenSource(const Chain& chain, int64_t id,
                                   const std::optional<Timestamp>& later_than);
  Result<OpenedDataset> OpenTable(const store::Container& container);
  Result<OpenedDataset> OpenFile(const Chain& chain, const store::Container& container,
                                 const std::optional<Timestamp>& later_than);
  Result<OpenedDataset> OpenJoin(const Chain& chain, const store::Container& container);

  const DatastoreAccess& datastores_;
  JobSession& session_;
  JobContext& context_;
  std::map<int64_t, Result<ListedDatastore>> others_;  // that were asked for
};

/// Adds the computed fields of a container to a dataset that is ready to be read.
Status AddComputedFields(engine::Session& engine, int64_t container_id, JobContext& context,
                         OpenedDataset& opened);

}  // namespace assay::operations
