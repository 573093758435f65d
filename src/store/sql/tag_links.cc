#include "store/sql/tag_links.h"

#include <fmt/format.h>

namespace assay::store::sql {
namespace {

struct Link {
  const char* table;
  const char* column;
};

Link LinkOf(TaggedKind kind) {
  switch (kind) {
    case TaggedKind::kDatastore: return {"datastore_tags", "datastore_id"};
    case TaggedKind::kContainer: return {"container_tags", "container_id"};
    case TaggedKind::kQualityCheck: return {"quality_check_tags", "check_id"};
    case TaggedKind::kQualityCheckTemplate:
      return {"quality_check_template_tags", "template_id"};
    case TaggedKind::kAnomaly: return {"anomaly_tags", "anomaly_id"};
  }
  return {};
}

int64_t TagId(soci::session& session, const std::string& name, Timestamp now) {
  if (const auto id =
          SelectInteger(session, "SELECT id FROM global_tags WHERE name = ?", {name})) {
    return *id;
  }
  const Tag defaults;
  return Insert(session,
                "INSERT INTO global_tags (created, name, color, weight_modifier) "
                "VALUES (?, ?, ?, ?)",
                {now, name, defaults.color, defaults.weight_modifier});
}

}  // namespace

void AssignTags(soci::session& session, TaggedKind kind, int64_t object_id,
                const std::vector<std::string>& names, Timestamp now) {
  const Link link = LinkOf(kind);
  Run(session, fmt::format("DELETE FROM {} WHERE {} = ?", link.table, link.column),
      {object_id});
  for (const std::string& name : names) {
    const int64_t tag_id = TagId(session, name, now);
    const auto present =
        SelectInteger(session,
                      fmt::format("SELECT tag_id FROM {} WHERE {} = ? AND tag_id = ?",
                                  link.table, link.column),
                      {object_id, tag_id});
    if (present) continue;
    Run(session,
        fmt::format("INSERT INTO {} ({}, tag_id) VALUES (?, ?)", link.table, link.column),
        {object_id, tag_id});
  }
}

std::map<int64_t, std::vector<std::string>> TagNames(soci::session& session, TaggedKind kind,
                                                     const std::vector<int64_t>& object_ids) {
  std::map<int64_t, std::vector<std::string>> names;
  if (object_ids.empty()) return names;
  const Link link = LinkOf(kind);
  Where where;
  where.In(link.column, object_ids);
  int64_t object_id = 0;
  std::string name;
  Select select(
      session,
      fmt::format("SELECT {}, name FROM {} JOIN global_tags ON global_tags.id = tag_id{} "
                  "ORDER BY name",
                  link.column, link.table, where.text()),
      where.values());
  select.Into(object_id, name);
  while (select.Next()) names[object_id].push_back(name);
  return names;
}

void AddTagFilter(Where& where, TaggedKind kind, const std::string& id_column,
                  const std::vector<std::string>& names) {
  if (names.empty()) return;
  const Link link = LinkOf(kind);
  where.Add(fmt::format("EXISTS (SELECT 1 FROM {0} JOIN global_tags ON global_tags.id = "
                        "{0}.tag_id WHERE {0}.{1} = {2} AND global_tags.name IN ({3}))",
                        link.table, link.column, id_column, Where::Marks(names.size())),
            Values(names.begin(), names.end()));
}

}  // namespace assay::store::sql
