#include "store/tags.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, name, color, description, category, weight_modifier FROM global_tags";

std::vector<Tag> ReadAll(soci::session& session, const std::string& text,
                         const sql::Values& values) {
  std::vector<Tag> tags;
  Tag row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.name, row.color, row.description, row.category,
              row.weight_modifier);
  while (select.Next()) tags.push_back(row);
  return tags;
}

Status RefuseTakenName(soci::session& session, const Tag& tag) {
  if (!sql::SelectInteger(session, "SELECT id FROM global_tags WHERE name = ? AND id <> ?",
                          {tag.name, tag.id})) {
    return {};
  }
  return Fail(ErrorKind::kConflict,
              fmt::format("a tag of this name exists already: {}", tag.name));
}

}  // namespace

Result<Tag> Tags::Create(Tag tag) {
  return access_.Write([&](soci::session& session) -> Result<Tag> {
    tag.id = 0;
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, tag));
    sql::Change change(access_, session, EntityType::kTag);
    tag.id = sql::Insert(
        session,
        "INSERT INTO global_tags (created, name, color, description, category, "
        "weight_modifier) VALUES (?, ?, ?, ?, ?, ?)",
        {tag.created, tag.name, tag.color, tag.description, tag.category, tag.weight_modifier});
    change.Record("create", tag.id);
    return tag;
  });
}

Result<Tag> Tags::Find(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<Tag> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE name = ?", {name});
    if (found.empty())
      return Fail(ErrorKind::kNotFound, fmt::format("no tag of this name: {}", name));
    return std::move(found.front());
  });
}

Status Tags::Update(const Tag& tag) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, tag));
    sql::Change change(access_, session, EntityType::kTag, tag.id);
    if (sql::Run(session,
                 "UPDATE global_tags SET name = ?, color = ?, description = ?, category = ?, "
                 "weight_modifier = ? WHERE id = ?",
                 {tag.name, tag.color, tag.description, tag.category, tag.weight_modifier,
                  tag.id}) == 0) {
      return Fail(ErrorKind::kNotFound, fmt::format("no tag of this name: {}", tag.name));
    }
    change.Record("update");
    return {};
  });
}

Status Tags::Delete(const std::string& name) {
  return access_.Write([&](soci::session& session) -> Status {
    const auto id =
        sql::SelectInteger(session, "SELECT id FROM global_tags WHERE name = ?", {name});
    if (!id) return Fail(ErrorKind::kNotFound, fmt::format("no tag of this name: {}", name));
    sql::Change change(access_, session, EntityType::kTag, *id);
    sql::Run(session, "DELETE FROM global_tags WHERE id = ?", {*id});
    change.Record("delete");
    return {};
  });
}

Result<Page<Tag>> Tags::List(const std::string& search, const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Tag>> {
    sql::Where where;
    where.Contains("name", search);
    Page<Tag> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM global_tags" + where.text(),
                           where.values())
            .value_or(0);
    result.items =
        ReadAll(session, kColumns + where.text() + " ORDER BY name" + sql::kPageLimits,
                sql::WithPage(where, page));
    return result;
  });
}

Result<std::vector<Tag>> Tags::FindAll(const std::vector<std::string>& names) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<Tag>> {
    std::vector<Tag> tags;
    for (const std::string& name : names) {
      auto found = ReadAll(session, std::string(kColumns) + " WHERE name = ?", {name});
      if (!found.empty()) tags.push_back(std::move(found.front()));
    }
    return tags;
  });
}

Status Tags::Assign(TaggedKind kind, int64_t object_id, const std::vector<std::string>& names,
                    Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::AssignTags(session, kind, object_id, names, now);
    return {};
  });
}

Result<std::map<int64_t, std::vector<std::string>>> Tags::NamesOf(
    TaggedKind kind, const std::vector<int64_t>& object_ids) {
  return access_.Read(
      [&](soci::session& session) -> Result<std::map<int64_t, std::vector<std::string>>> {
        return sql::TagNames(session, kind, object_ids);
      });
}

}  // namespace assay::store
