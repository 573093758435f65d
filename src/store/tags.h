// Global tags: coloured labels on datastores, containers, checks and anomalies.

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "store/access.h"
#include "store/page.h"

namespace assay::store {

struct Tag {
  int64_t id = 0;
  Timestamp created{};
  std::string name;  // unique
  std::string color = "#FF9933";
  std::optional<std::string> description;
  std::optional<std::string> category;
  int64_t weight_modifier = 0;
};

enum class TaggedKind {
  kDatastore,
  kContainer,
  kQualityCheck,
  kQualityCheckTemplate,
  kAnomaly
};

class Tags {
 public:
  explicit Tags(Access& access) : access_(access) {}

  /// kConflict when the name is taken.
  Result<Tag> Create(Tag tag);
  Result<Tag> Find(const std::string& name);
  /// Writes all of it. kNotFound; kConflict when the name is taken.
  Status Update(const Tag& tag);
  /// kNotFound. Takes the tag off everything.
  Status Delete(const std::string& name);
  /// By name; `search` is a part of the name.
  Result<Page<Tag>> List(const std::string& search, const PageRequest& page);
  /// The tags with these names, in the same order; unknown names are left out.
  Result<std::vector<Tag>> FindAll(const std::vector<std::string>& names);

  /// Replaces the tags of one thing; names that do not exist yet are made.
  Status Assign(TaggedKind kind, int64_t object_id, const std::vector<std::string>& names,
                Timestamp now);
  /// Names by object, sorted; objects without tags are absent.
  Result<std::map<int64_t, std::vector<std::string>>> NamesOf(
      TaggedKind kind, const std::vector<int64_t>& object_ids);

 private:
  Access& access_;
};

}  // namespace assay::store
