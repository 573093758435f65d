#include "store/computed_fields.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, container_id, name, transformation, source_fields, properties, "
    "additional_metadata FROM computed_fields";

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no computed field {}", id));
}

std::vector<ComputedField> ReadAll(soci::session& session, const std::string& text,
                                   const sql::Values& values) {
  std::vector<ComputedField> fields;
  ComputedField row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.container_id, row.name, row.transformation,
              row.source_fields, row.properties, row.additional_metadata);
  while (select.Next()) fields.push_back(row);
  return fields;
}

Status RefuseTakenName(soci::session& session, const ComputedField& field) {
  if (!sql::SelectInteger(
          session,
          "SELECT id FROM computed_fields WHERE container_id = ? AND name = ? AND id <> ?",
          {field.container_id, field.name, field.id}))
    return {};
  return Fail(
      ErrorKind::kConflict,
      fmt::format("the container has a computed field of this name already: {}", field.name));
}

}  // namespace

Result<ComputedField> ComputedFields::Create(ComputedField field) {
  return access_.Write([&](soci::session& session) -> Result<ComputedField> {
    field.id = 0;
    if (!sql::SelectInteger(session, "SELECT id FROM containers WHERE id = ?",
                            {field.container_id})) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("no container {}", field.container_id));
    }
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, field));
    sql::Change change(access_, session, EntityType::kComputedField);
    field.id = sql::Insert(
        session,
        "INSERT INTO computed_fields (created, container_id, name, transformation, "
        "source_fields, properties, additional_metadata) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {field.created, field.container_id, field.name, field.transformation,
         field.source_fields, field.properties, field.additional_metadata});
    change.Record("create", field.id);
    return field;
  });
}

Result<ComputedField> ComputedFields::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<ComputedField> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return Missing(id);
    return std::move(found.front());
  });
}

Result<std::vector<ComputedField>> ComputedFields::OfContainer(int64_t container_id) {
  return OfContainers({container_id});
}

Result<std::vector<ComputedField>> ComputedFields::OfContainers(
    const std::vector<int64_t>& container_ids) {
  if (container_ids.empty()) return std::vector<ComputedField>();
  return access_.Read([&](soci::session& session) -> Result<std::vector<ComputedField>> {
    sql::Where where;
    where.In("container_id", container_ids);
    return ReadAll(session, kColumns + where.text() + " ORDER BY id", where.values());
  });
}

Status ComputedFields::Update(const ComputedField& field) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, field));
    sql::Change change(access_, session, EntityType::kComputedField, field.id);
    const int64_t changed =
        sql::Run(session,
                 "UPDATE computed_fields SET name = ?, transformation = ?, source_fields = ?, "
                 "properties = ?, additional_metadata = ? WHERE id = ?",
                 {field.name, field.transformation, field.source_fields, field.properties,
                  field.additional_metadata, field.id});
    if (changed == 0) return Missing(field.id);
    change.Record("update");
    return {};
  });
}

Status ComputedFields::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kComputedField, id);
    if (sql::Run(session, "DELETE FROM computed_fields WHERE id = ?", {id}) == 0)
      return Missing(id);
    change.Record("delete");
    return {};
  });
}

}  // namespace assay::store
