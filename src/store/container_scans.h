// What scans did: one record a container and operation, with the outcome of each check.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

struct CheckMetric {
  int64_t check_id = 0;
  std::string assertion_result;  // passed, failed, unasserted
  int64_t asserted_records = 0;
  int64_t anomalous_records = 0;
  std::string assertion_details;
};

struct ContainerScan {
  int64_t id = 0;
  int64_t operation_id = 0;
  int64_t container_id = 0;
  std::string container_name;  // for display; read only
  Timestamp start_time{};
  std::optional<Timestamp> end_time;
  int64_t records_processed = 0;
  int64_t partitions_scanned = 0;
  int64_t anomaly_count = 0;
  std::string result;  // success, failure
  std::optional<std::string> message;
  std::vector<std::string> failures;  // files that could not be used, and why
};

class ContainerScans {
 public:
  explicit ContainerScans(Access& access) : access_(access) {}

  /// Stores it with its metrics and returns its id. What the same operation stored for this
  /// container before is replaced, with its anomalies.
  Result<int64_t> Add(const ContainerScan& scan, const std::vector<CheckMetric>& metrics);
  Result<ContainerScan> Get(int64_t id);
  /// Of one operation, by id.
  Result<std::vector<ContainerScan>> OfOperation(int64_t operation_id);
  /// Newest first.
  Result<Page<ContainerScan>> List(const std::vector<int64_t>& container_ids,
                                   const PageRequest& page);
  Result<std::vector<CheckMetric>> Metrics(int64_t scan_id);

 private:
  Access& access_;
};

}  // namespace assay::store
