#include "store/field_tags.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/sql/change.h"

namespace assay::store {
namespace {

struct Row {
  int64_t field_id = 0;
  std::string field;
  FieldTag tag;
};

std::vector<Row> ReadAll(soci::session& session, int64_t container_id) {
  std::vector<Row> rows;
  Row row;
  sql::Select select(session,
                     "SELECT field_id, name, tag, state, sampled_values, matched, validated, "
                     "updated FROM field_tags JOIN fields ON fields.id = field_id WHERE "
                     "container_id = ? ORDER BY field_id, tag",
                     {container_id});
  select.Into(row.field_id, row.field, row.tag.tag, row.tag.state, row.tag.sampled_values,
              row.tag.matched, row.tag.validated, row.tag.updated);
  while (select.Next()) rows.push_back(row);
  return rows;
}

void Put(soci::session& session, int64_t field_id, const FieldTag& tag) {
  const int64_t changed =
      sql::Run(session,
               "UPDATE field_tags SET state = ?, sampled_values = ?, matched = ?, validated = "
               "?, updated = ? WHERE field_id = ? AND tag = ?",
               {tag.state, tag.sampled_values, tag.matched, tag.validated, tag.updated,
                field_id, tag.tag});
  if (changed > 0) return;
  sql::Run(session,
           "INSERT INTO field_tags (field_id, tag, state, sampled_values, matched, validated, "
           "updated) VALUES (?, ?, ?, ?, ?, ?, ?)",
           {field_id, tag.tag, tag.state, tag.sampled_values, tag.matched, tag.validated,
            tag.updated});
}

const Row* FindRow(const std::vector<Row>& rows, const std::string& field,
                   const std::string& tag) {
  const auto found = std::ranges::find_if(
      rows, [&](const Row& row) { return row.field == field && row.tag.tag == tag; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

Result<std::map<std::string, std::vector<FieldTag>>> FieldTags::OfContainer(
    int64_t container_id) {
  using Tags = std::map<std::string, std::vector<FieldTag>>;
  return access_.Read([&](soci::session& session) -> Result<Tags> {
    Tags tags;
    for (Row& row : ReadAll(session, container_id))
      tags[row.field].push_back(std::move(row.tag));
    return tags;
  });
}

Status FieldTags::Propose(int64_t container_id,
                          const std::map<std::string, std::vector<FieldTag>>& found,
                          Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    const std::vector<Row> known = ReadAll(session, container_id);
    sql::Run(session,
             "DELETE FROM field_tags WHERE state = 'proposed' AND field_id IN (SELECT id FROM "
             "fields WHERE container_id = ?)",
             {container_id});
    for (const auto& [field, tags] : found) {
      const auto id = sql::SelectInteger(
          session, "SELECT id FROM fields WHERE container_id = ? AND name = ?",
          {container_id, field});
      if (!id) continue;
      for (FieldTag tag : tags) {
        const Row* row = FindRow(known, field, tag.tag);
        tag.state = row == nullptr ? "proposed" : row->tag.state;
        tag.updated = now;
        Put(session, *id, tag);
      }
    }
    return {};
  });
}

Status FieldTags::Decide(int64_t field_id, const std::string& tag, const std::string& state,
                         Timestamp now) {
  if (state != "accepted" && state != "dismissed" && state != "proposed") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a tag is accepted, dismissed or proposed, not {}", state));
  }
  return access_.Write([&](soci::session& session) -> Status {
    const auto container_id =
        sql::SelectInteger(session, "SELECT container_id FROM fields WHERE id = ?", {field_id});
    if (!container_id) return Fail(ErrorKind::kNotFound, fmt::format("no field {}", field_id));
    sql::Change change(access_, session, EntityType::kField, field_id);
    const std::vector<Row> known = ReadAll(session, *container_id);
    const auto row = std::ranges::find_if(
        known, [&](const Row& of) { return of.field_id == field_id && of.tag.tag == tag; });
    FieldTag decided = row == known.end() ? FieldTag{.tag = tag} : row->tag;
    decided.state = state;
    decided.updated = now;
    if (state == "proposed" && decided.sampled_values == 0) {
      // Nothing but what people said spoke for it.
      sql::Run(session, "DELETE FROM field_tags WHERE field_id = ? AND tag = ?",
               {field_id, tag});
    } else {
      Put(session, field_id, decided);
    }
    change.Record("update");
    return {};
  });
}

}  // namespace assay::store
