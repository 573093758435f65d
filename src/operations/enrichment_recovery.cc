#include "operations/enrichment_recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "operations/enrichment.h"
#include "operations/pending_commits.h"

namespace assay::operations {
namespace {

/// Opens it and makes sure that it can be written to.
Result<std::unique_ptr<connectors::Connector>> OpenForWriting(const DatastoreAccess& datastores,
                                                              int64_t id,
                                                              std::stop_token stop) {
  ASSAY_TRY(auto connector, datastores.Open(id, std::move(stop)));
  if (connector->writer() == nullptr) {
    return Fail(ErrorKind::kUnsupported, fmt::format("datastore {} cannot be written to", id));
  }
  return connector;
}

/// Prefixes in use by enrichment datastore.
Result<std::map<int64_t, std::set<std::string>>> PrefixesInUse(store::Database& database) {
  std::map<int64_t, std::set<std::string>> prefixes;
  constexpr int64_t kPageSize = 500;
  for (int64_t page = 1;; ++page) {
    ASSAY_TRY(const auto datastores,
              store::Datastores(database).List({}, {.page = page, .size = kPageSize}));
    for (const store::Datastore& datastore : datastores.items) {
      if (!datastore.enrichment_datastore_id) continue;
      if (const auto prefix = EnrichmentPrefix(datastore)) {
        prefixes[*datastore.enrichment_datastore_id].insert(*prefix);
      }
    }
    if (page * kPageSize >= datastores.total) return prefixes;
  }
}

Status DiscardIn(const DatastoreAccess& datastores, store::Database& database, int64_t id,
                 const std::set<std::string>& prefixes, Timestamp now,
                 std::vector<std::string>& warnings, std::stop_token stop) {
  ASSAY_TRY(const auto connector, OpenForWriting(datastores, id, stop));
  ASSAY_TRY(const auto unpublished, store::EnrichmentCommits(database).Unpublished());
  std::vector<EnrichmentCommit> remembered;
  for (const store::EnrichmentCommitRecord& record : unpublished) {
    if (record.enrichment_datastore_id != id) continue;
    ASSAY_TRY(EnrichmentCommit commit, EnrichmentCommit::FromJson(record.commit));
    remembered.push_back(std::move(commit));
  }
  for (const std::string& prefix : prefixes) {
    ASSAY_TRY(PendingCommits pending, PublishPending(*connector->writer(), prefix, stop));
    std::ranges::move(pending.warnings, std::back_inserter(warnings));
    std::ranges::move(pending.left, std::back_inserter(remembered));
    ASSAY_RETURN_IF_ERROR(DiscardOrphans(*connector->writer(), prefix, remembered,
                                         OrphansOf::kEveryone, now, stop));
  }
  return {};
}

}  // namespace

Status PublishRecord(const DatastoreAccess& datastores, store::Database& database,
                     const store::EnrichmentCommitRecord& record, Timestamp now) {
  ASSAY_TRY(const auto connector,
            OpenForWriting(datastores, record.enrichment_datastore_id, {}));
  ASSAY_TRY(const EnrichmentCommit commit, EnrichmentCommit::FromJson(record.commit));
  ASSAY_RETURN_IF_ERROR(PublishEnrichment(*connector->writer(), commit));
  return store::EnrichmentCommits(database).MarkPublished(record.operation_id, now);
}

std::vector<std::string> PublishRecorded(const DatastoreAccess& datastores,
                                         store::Database& database,
                                         store::EnrichmentCommits::Of which, Timestamp now,
                                         std::stop_token stop) {
  const auto unpublished = store::EnrichmentCommits(database).Unpublished(which);
  if (!unpublished) return {unpublished.error().message};
  std::vector<std::string> warnings;
  for (const store::EnrichmentCommitRecord& record : *unpublished) {
    if (stop.stop_requested()) break;
    const Status status = PublishRecord(datastores, database, record, now);
    if (!status) {
      warnings.push_back(fmt::format("the enrichment of operation {} is not published yet: {}",
                                     record.operation_id, status.error().message));
    }
  }
  return warnings;
}

std::vector<std::string> RecoverEnrichment(const DatastoreAccess& datastores,
                                           store::Database& database, Timestamp now,
                                           std::stop_token stop) {
  std::vector<std::string> warnings = PublishRecorded(
      datastores, database, store::EnrichmentCommits::Of::kAllOperations, now, stop);
  const auto in_use = PrefixesInUse(database);
  if (!in_use) {
    warnings.push_back(in_use.error().message);
    return warnings;
  }
  for (const auto& [id, prefixes] : *in_use) {
    if (const Status status =
            DiscardIn(datastores, database, id, prefixes, now, warnings, stop);
        !status) {
      warnings.push_back(
          fmt::format("leftovers in enrichment datastore {} were not discarded: {}", id,
                      status.error().message));
    }
  }
  return warnings;
}

Result<std::string> EnrichmentPrefix(const store::Datastore& datastore) {
  return NormalizePrefix(datastore.enrichment_prefix.empty() ? datastore.name
                                                             : datastore.enrichment_prefix);
}

}  // namespace assay::operations
