// What sensitive values fields hold: as profiles propose it, and as people decide.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"

namespace assay::store {

struct FieldTag {
  std::string tag;  // "email"
  // Proposed by a profile; accepted or dismissed by people, which no profile undoes.
  std::string state = "proposed";
  // Of the newest profile that proposed it; 0 values: none has.
  int64_t sampled_values = 0;
  int64_t matched = 0;
  std::optional<int64_t> validated;  // nothing when that cannot be told
  Timestamp updated{};

  friend bool operator==(const FieldTag&, const FieldTag&) = default;
};

class FieldTags {
 public:
  explicit FieldTags(Access& access) : access_(access) {}

  /// By the name of the field, those that were dismissed as well; by name of the tag.
  Result<std::map<std::string, std::vector<FieldTag>>> OfContainer(int64_t container_id);

  /// Makes `found`, by the name of the field, the tags that are proposed for the container's
  /// fields: proposed ones that were not found are gone, those that people decided on keep
  /// their state. Fields that the container does not have are passed over; `state` and
  /// `updated` are ignored.
  Status Propose(int64_t container_id,
                 const std::map<std::string, std::vector<FieldTag>>& found, Timestamp now);

  /// Sets what people say of a tag: accepted, also of one that no profile proposed; dismissed;
  /// or proposed, which leaves it to profiles again. kNotFound for the field, kInvalidInput for
  /// another state.
  Status Decide(int64_t field_id, const std::string& tag, const std::string& state,
                Timestamp now);

 private:
  Access& access_;
};

}  // namespace assay::store
