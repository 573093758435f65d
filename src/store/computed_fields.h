// Computed fields: fields that users define over the others of a container.

#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "store/access.h"

namespace assay::store {

struct ComputedField {
  int64_t id = 0;
  Timestamp created{};
  int64_t container_id = 0;
  std::string name;            // unique in its container
  std::string transformation;  // "cast" (rules/transformation.h)
  std::vector<std::string> source_fields;
  Json properties = Json::object();
  Json additional_metadata = Json::object();
};

class ComputedFields {
 public:
  explicit ComputedFields(Access& access) : access_(access) {}

  /// kConflict when the container has one of this name.
  Result<ComputedField> Create(ComputedField field);
  /// kNotFound.
  Result<ComputedField> Get(int64_t id);
  /// In the order in which they were made.
  Result<std::vector<ComputedField>> OfContainer(int64_t container_id);
  Result<std::vector<ComputedField>> OfContainers(const std::vector<int64_t>& container_ids);
  /// Writes everything but id, created and container. Errors as Create, and kNotFound.
  Status Update(const ComputedField& field);
  /// The field that profiles found is kept, with its history; the next one does not see it any
  /// more. kNotFound.
  Status Delete(int64_t id);

 private:
  Access& access_;
};

}  // namespace assay::store
