#include "store/fields.h"

#include <fmt/format.h>

#include <map>

#include "store/sql/change.h"
#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, container_id, name, position, type, native_type, type_declared, "
    "is_partition, status FROM fields";
constexpr const char* kOrder =
    " ORDER BY container_id, CASE WHEN status = 'Missing' THEN 1 ELSE 0 END, position, id";

std::unexpected<Error> MissingField(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no field {}", id));
}

std::vector<Field> ReadAll(soci::session& session, const std::string& text,
                           const sql::Values& values) {
  std::vector<Field> fields;
  Field row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.container_id, row.name, row.position, row.type,
              row.native_type, row.type_declared, row.is_partition, row.status);
  while (select.Next()) fields.push_back(row);
  return fields;
}

void Add(soci::session& session, int64_t container_id, const Field& field, Timestamp now) {
  sql::Run(session,
           "INSERT INTO fields (created, container_id, name, position, type, native_type, "
           "type_declared, is_partition, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'Active')",
           {now, container_id, field.name, field.position, field.type, field.native_type,
            field.type_declared, field.is_partition});
}

/// Brings a known field up to date; false when nothing differs.
bool Refresh(soci::session& session, const Field& known, const Field& field) {
  const std::string status = known.status == "Missing" ? "Active" : known.status;
  if (known.position == field.position && known.type == field.type &&
      known.native_type == field.native_type && known.type_declared == field.type_declared &&
      known.is_partition == field.is_partition && known.status == status) {
    return false;
  }
  sql::Run(session,
           "UPDATE fields SET position = ?, type = ?, native_type = ?, type_declared = ?, "
           "is_partition = ?, status = ? WHERE id = ?",
           {field.position, field.type, field.native_type, field.type_declared,
            field.is_partition, status, known.id});
  return true;
}

}  // namespace

Result<Field> FieldRecords::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<Field> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return MissingField(id);
    return std::move(found.front());
  });
}

Result<std::vector<Field>> FieldRecords::OfContainer(int64_t container_id) {
  return OfContainers({container_id});
}

Result<std::vector<Field>> FieldRecords::OfContainers(
    const std::vector<int64_t>& container_ids) {
  if (container_ids.empty()) return std::vector<Field>();
  return access_.Read([&](soci::session& session) -> Result<std::vector<Field>> {
    sql::Where where;
    where.In("container_id", container_ids);
    return ReadAll(session, kColumns + where.text() + kOrder, where.values());
  });
}

Result<FieldChanges> FieldRecords::Synchronize(int64_t container_id,
                                               const std::vector<Field>& fields,
                                               Timestamp now) {
  return access_.Write([&](soci::session& session) -> Result<FieldChanges> {
    std::map<std::string, Field> known;
    for (Field& field :
         ReadAll(session, std::string(kColumns) + " WHERE container_id = ?", {container_id})) {
      known.emplace(field.name, std::move(field));
    }
    FieldChanges changes;
    for (const Field& field : fields) {
      const auto found = known.find(field.name);
      if (found == known.end()) {
        Add(session, container_id, field, now);
        ++changes.added;
        continue;
      }
      if (Refresh(session, found->second, field)) ++changes.changed;
      known.erase(found);
    }
    for (const auto& [name, gone] : known) {
      if (gone.status != "Active") continue;
      sql::Run(session, "UPDATE fields SET status = 'Missing' WHERE id = ?", {gone.id});
      ++changes.missing;
    }
    return changes;
  });
}

Status FieldRecords::SetStatus(int64_t id, const std::string& status) {
  if (status != "Active" && status != "Masked" && status != "Missing" && status != "Excluded") {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("a field is Active, Masked, Missing or Excluded, not {}", status));
  }
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kField, id);
    if (sql::Run(session, "UPDATE fields SET status = ? WHERE id = ?", {status, id}) == 0) {
      return MissingField(id);
    }
    change.Record("update");
    return {};
  });
}

Result<std::vector<FieldUse>> FieldRecords::UsesOf(int64_t container_id,
                                                   const std::vector<std::string>& names) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<FieldUse>> {
    std::vector<FieldUse> uses;
    for (const std::string& name : names) {
      FieldUse use{.name = name};
      sql::Select select(
          session,
          "SELECT (SELECT COUNT(*) FROM quality_checks JOIN quality_check_fields ON check_id = "
          "quality_checks.id WHERE container_id = ? AND name = ? AND deleted_at IS NULL), "
          "(SELECT COUNT(DISTINCT anomalies.id) FROM anomalies JOIN anomaly_failed_checks ON "
          "anomaly_id = anomalies.id JOIN quality_check_fields ON "
          "quality_check_fields.check_id = anomaly_failed_checks.check_id "
          "WHERE container_id = ? AND is_open = 1 AND name = ?)",
          {container_id, name, container_id, name});
      select.Into(use.checks, use.anomalies);
      select.Next();
      if (use.checks > 0 || use.anomalies > 0) uses.push_back(std::move(use));
    }
    return uses;
  });
}

}  // namespace assay::store
