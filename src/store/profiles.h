// Profiles: statistics of containers and fields, one snapshot a profile operation.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

struct ContainerProfile {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_id = 0;
  std::optional<int64_t> operation_id;
  int64_t record_count = 0;
  std::optional<int64_t> total_record_count;  // when rows were limited and it is known
  int64_t file_count = 0;
  int64_t field_count = 0;
  std::vector<std::string> failures;  // files that could not be used, and why
};

struct FieldProfile {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_profile_id = 0;
  int64_t container_id = 0;
  std::optional<int64_t> field_id;
  std::string name;
  int64_t position = 0;
  std::string field_type;
  bool type_declared = true;
  double completeness = 0;
  int64_t record_count = 0;
  int64_t null_count = 0;
  int64_t approximate_distinct_values = 0;
  Json profile = Json::object();  // every statistic, as operations/profile_json.h prints it
};

/// What is known against a field.
struct FieldFindings {
  int64_t quality_checks = 0;  // Active ones that name it
  int64_t anomalies = 0;       // open ones that fail any check that names it
};

struct FieldProfileFilter {
  std::vector<int64_t> container_ids;
  std::vector<int64_t> datastore_ids;
  std::string name;                                           // exact
  enum class Which { kLatest, kAll } which = Which::kLatest;  // of each container's profiles
  enum class Sort { kPosition, kName, kCreated } sort = Sort::kPosition;
  SortOrder order = SortOrder::kAscending;
};

class Profiles {
 public:
  explicit Profiles(Access& access) : access_(access) {}

  /// Stores a snapshot with its fields (their profile and container ids are set here),
  /// replacing one that the same operation made of this container before. Returns its id.
  Result<int64_t> Add(const ContainerProfile& profile, const std::vector<FieldProfile>& fields);

  /// The newest of a container, if any.
  Result<std::optional<ContainerProfile>> Latest(int64_t container_id);
  /// Newest first.
  Result<Page<ContainerProfile>> List(const std::vector<int64_t>& container_ids,
                                      const PageRequest& page);

  Result<Page<FieldProfile>> ListFields(const FieldProfileFilter& filter,
                                        const PageRequest& page);
  /// kNotFound.
  Result<FieldProfile> GetField(int64_t id);

  /// Checks and open anomalies of a container by the name of the field; none for a field that
  /// has neither.
  Result<std::map<std::string, FieldFindings>> FindingsByField(int64_t container_id);

 private:
  Access& access_;
};

}  // namespace assay::store
