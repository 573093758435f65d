// The numbers that checks measured, one a scan: what later scans compare theirs with.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

struct Measurement {
  int64_t check_id = 0;
  int64_t container_scan_id = 0;
  Timestamp created{};  // "now" of the operation
  std::string subject;  // equal for measurements that can be compared with each other
  std::string value;    // a number, exact
};

/// Which earlier measurement of a check is asked for.
struct EarlierMeasurement {
  int64_t check_id = 0;
  std::string subject;
  int64_t operation_id = 0;  // that asks: what it stored itself before a restart does not count
  Timestamp near{};          // the one nearest to this time,
  Timestamp until{};         // of those up to this time; not before `near`
};

class Measurements {
 public:
  explicit Measurements(Access& access) : access_(access) {}

  /// To be called in the transaction that stores their scans, with which they also go: so none
  /// counts twice, and none stays of a scan that did not end.
  Status Add(const std::vector<Measurement>& measurements);
  /// nullopt when there is none. Costs two look-ups in an index.
  Result<std::optional<Measurement>> FindEarlier(const EarlierMeasurement& asked);
  /// Of one check, newest first.
  Result<Page<Measurement>> List(int64_t check_id, const PageRequest& page);

 private:
  Access& access_;
};

}  // namespace assay::store
