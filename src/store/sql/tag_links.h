// Which tags are on which objects. For the .cc files of this module only.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "store/sql/where.h"
#include "store/tags.h"

namespace assay::store::sql {

/// Replaces the tags of one object; names that do not exist yet are made.
void AssignTags(soci::session& session, TaggedKind kind, int64_t object_id,
                const std::vector<std::string>& names, Timestamp now);

/// Names by object, sorted; objects without tags are absent.
std::map<int64_t, std::vector<std::string>> TagNames(soci::session& session, TaggedKind kind,
                                                     const std::vector<int64_t>& object_ids);

/// Keeps objects with any of the tags; `id_column` is the object's id in the query.
void AddTagFilter(Where& where, TaggedKind kind, const std::string& id_column,
                  const std::vector<std::string>& names);

/// Sets `tags` of each object that has an `id`.
template <class T>
void FillTags(soci::session& session, TaggedKind kind, std::vector<T>& objects) {
  std::vector<int64_t> ids;
  for (const T& object : objects) ids.push_back(object.id);
  auto names = TagNames(session, kind, ids);
  for (T& object : objects) object.tags = std::move(names[object.id]);
}

}  // namespace assay::store::sql
