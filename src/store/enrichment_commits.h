// Commits of enrichment: which staged files of a run are to become visible together.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"

namespace assay::store {

struct EnrichmentCommitRecord {
  int64_t operation_id = 0;  // one commit an operation
  int64_t enrichment_datastore_id = 0;
  std::string prefix;
  Json commit = Json::object();  // operations::EnrichmentCommit
  Timestamp created{};
  std::optional<Timestamp> published;
};

class EnrichmentCommits {
 public:
  explicit EnrichmentCommits(Access& access) : access_(access) {}

  /// Remembers it, in place of one of the same operation.
  Status Put(const EnrichmentCommitRecord& record);
  Result<EnrichmentCommitRecord> Get(int64_t operation_id);
  enum class Of { kAllOperations, kEndedOperations };
  /// Recorded and not published yet, oldest first. An operation that has not ended publishes
  /// its own.
  Result<std::vector<EnrichmentCommitRecord>> Unpublished(Of which = Of::kAllOperations);
  Status MarkPublished(int64_t operation_id, Timestamp now);

 private:
  Access& access_;
};

}  // namespace assay::store
