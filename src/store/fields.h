// Fields: the columns of containers.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"

namespace assay::store {

struct Field {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_id = 0;
  std::string name;  // unique in its container
  int64_t position = 0;
  std::string type;         // "Integral", ... (plan::FieldTypeName)
  std::string native_type;  // "DECIMAL(18,2)"
  bool type_declared = true;
  bool is_partition = false;
  std::string status = "Active";  // Active, Masked, Missing, Excluded
};

/// What became of the fields when a container's schema was read again.
struct FieldChanges {
  int64_t added = 0;
  int64_t changed = 0;  // type, position or restored
  int64_t missing = 0;
};

/// What still needs a field.
struct FieldUse {
  std::string name;
  int64_t checks = 0;     // that are not archived
  int64_t anomalies = 0;  // open ones, of checks that name it
};

class FieldRecords {
 public:
  explicit FieldRecords(Access& access) : access_(access) {}

  /// kNotFound.
  Result<Field> Get(int64_t id);
  /// In their order in the data; missing ones last.
  Result<std::vector<Field>> OfContainer(int64_t container_id);
  Result<std::vector<Field>> OfContainers(const std::vector<int64_t>& container_ids);

  /// Makes the container's fields those given (id and created are ignored, status of new ones
  /// is Active): others that were Active become Missing, Missing ones that are back become
  /// Active, Masked and Excluded stay as they are.
  Result<FieldChanges> Synchronize(int64_t container_id, const std::vector<Field>& fields,
                                   Timestamp now);
  Status SetStatus(int64_t id, const std::string& status);
  /// Those of the named fields of a container that checks or open anomalies are about.
  Result<std::vector<FieldUse>> UsesOf(int64_t container_id,
                                       const std::vector<std::string>& names);

 private:
  Access& access_;
};

}  // namespace assay::store
