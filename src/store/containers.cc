#include "store/containers.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT id, created, datastore_id, name, container_type, group_key, folder, format, "
    "partition_fields, "
    "file_count, size_bytes, last_modified, listing_digest, is_missing, problem, "
    "incremental_checkpoint, file_name_override, read_options, description, favorite, "
    "group_by_fields, additional_metadata, volumetric_tracking_enabled, "
    "freshness_tracking_enabled, deleted_at, definition FROM containers";

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no container {}", id));
}

std::vector<Container> ReadAll(soci::session& session, const std::string& text,
                               const sql::Values& values) {
  std::vector<Container> containers;
  Container row;
  std::optional<std::string> definition;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.datastore_id, row.name, row.container_type,
              row.group_key, row.folder, row.format, row.partition_fields, row.file_count,
              row.size_bytes, row.last_modified, row.listing_digest, row.is_missing,
              row.problem, row.incremental_checkpoint, row.file_name_override, row.read_options,
              row.description, row.favorite, row.group_by_fields, row.additional_metadata,
              row.volumetric_tracking_enabled, row.freshness_tracking_enabled, row.deleted_at,
              definition);
  while (select.Next()) {
    row.definition = definition ? ParseJson(*definition).value_or(Json()) : Json();
    containers.push_back(row);
  }
  sql::FillTags(session, TaggedKind::kContainer, containers);
  return containers;
}

Status RefuseTakenName(soci::session& session, const Container& container) {
  if (sql::SelectInteger(
          session, "SELECT id FROM containers WHERE datastore_id = ? AND name = ? AND id <> ?",
          {container.datastore_id, container.name, container.id})) {
    return Fail(
        ErrorKind::kConflict,
        fmt::format("the datastore has a container of this name already: {}", container.name));
  }
  return {};
}

sql::Value DefinitionColumn(const Container& container) {
  if (container.definition.is_null()) return std::optional<std::string>();
  return container.definition;
}

const char* SortColumn(ContainerFilter::Sort sort) {
  switch (sort) {
    case ContainerFilter::Sort::kId: return "id";
    case ContainerFilter::Sort::kName: return "name";
    case ContainerFilter::Sort::kCreated: return "created";
  }
  return "id";
}

}  // namespace

Result<Container> Containers::Create(Container container) {
  return access_.Write([&](soci::session& session) -> Result<Container> {
    container.id = 0;
    if (!sql::SelectInteger(session, "SELECT id FROM datastores WHERE id = ?",
                            {container.datastore_id})) {
      return Fail(ErrorKind::kInvalidInput,
                  fmt::format("no datastore {}", container.datastore_id));
    }
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, container));
    sql::Change change(access_, session, EntityType::kContainer);
    container.id = sql::Insert(
        session,
        "INSERT INTO containers (created, datastore_id, name, container_type, group_key, "
        "folder, "
        "format, partition_fields, file_count, size_bytes, last_modified, listing_digest, "
        "is_missing, "
        "problem, incremental_checkpoint, file_name_override, read_options, description, "
        "favorite, group_by_fields, additional_metadata, volumetric_tracking_enabled, "
        "freshness_tracking_enabled, deleted_at, definition) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {container.created,
         container.datastore_id,
         container.name,
         container.container_type,
         container.group_key,
         container.folder,
         container.format,
         container.partition_fields,
         container.file_count,
         container.size_bytes,
         container.last_modified,
         container.listing_digest,
         container.is_missing,
         container.problem,
         container.incremental_checkpoint,
         container.file_name_override,
         container.read_options,
         container.description,
         container.favorite,
         container.group_by_fields,
         container.additional_metadata,
         container.volumetric_tracking_enabled,
         container.freshness_tracking_enabled,
         container.deleted_at,
         DefinitionColumn(container)});
    sql::AssignTags(session, TaggedKind::kContainer, container.id, container.tags,
                    container.created);
    change.Record("create", container.id);
    return container;
  });
}

Result<Container> Containers::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<Container> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE id = ?", {id});
    if (found.empty()) return Missing(id);
    return std::move(found.front());
  });
}

Result<Container> Containers::FindByName(int64_t datastore_id, const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<Container> {
    auto found =
        ReadAll(session, std::string(kColumns) + " WHERE datastore_id = ? AND name = ?",
                {datastore_id, name});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound,
                  fmt::format("the datastore has no container of this name: {}", name));
    }
    return std::move(found.front());
  });
}

Status Containers::Update(const Container& container) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kContainer, container.id);
    const int64_t changed = sql::Run(
        session,
        "UPDATE containers SET file_name_override = ?, read_options = ?, description = ?, "
        "favorite = ?, group_by_fields = ?, additional_metadata = ?, "
        "volumetric_tracking_enabled = ?, freshness_tracking_enabled = ? WHERE id = ?",
        {container.file_name_override, container.read_options, container.description,
         container.favorite, container.group_by_fields, container.additional_metadata,
         container.volumetric_tracking_enabled, container.freshness_tracking_enabled,
         container.id});
    if (changed == 0) return Missing(container.id);
    sql::AssignTags(session, TaggedKind::kContainer, container.id, container.tags,
                    container.created);
    change.Record("update");
    return {};
  });
}

Status Containers::Redefine(const Container& container) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(RefuseTakenName(session, container));
    sql::Change change(access_, session, EntityType::kContainer, container.id);
    if (sql::Run(session, "UPDATE containers SET name = ?, definition = ? WHERE id = ?",
                 {container.name, DefinitionColumn(container), container.id}) == 0)
      return Missing(container.id);
    change.Record("update");
    return {};
  });
}

Status Containers::RecordSync(const Container& container) {
  return access_.Write([&](soci::session& session) -> Status {
    const int64_t changed =
        sql::Run(session,
                 "UPDATE containers SET container_type = ?, group_key = ?, folder = ?, format "
                 "= ?, partition_fields = ?, "
                 "file_count = ?, size_bytes = ?, last_modified = ?, listing_digest = ?, "
                 "is_missing = ?, problem = ?, deleted_at = NULL WHERE id = ?",
                 {container.container_type, container.group_key, container.folder,
                  container.format, container.partition_fields, container.file_count,
                  container.size_bytes, container.last_modified, container.listing_digest,
                  container.is_missing, container.problem, container.id});
    if (changed == 0) return Missing(container.id);
    return {};
  });
}

Status Containers::MarkMissing(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE containers SET is_missing = ? WHERE id = ?", {true, id}) == 0)
      return Missing(id);
    return {};
  });
}

Status Containers::SetIncrementalCheckpoint(int64_t id, Timestamp newest) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE containers SET incremental_checkpoint = ? WHERE id = ?",
                 {newest, id}) == 0) {
      return Missing(id);
    }
    return {};
  });
}

Status Containers::MarkDeleted(int64_t id, Timestamp now) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kContainer, id);
    if (sql::Run(session, "UPDATE containers SET deleted_at = ? WHERE id = ?", {now, id}) ==
        0) {
      return Missing(id);
    }
    change.Record("archive");
    return {};
  });
}

Status Containers::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kContainer, id);
    if (sql::Run(session, "DELETE FROM containers WHERE id = ?", {id}) == 0) return Missing(id);
    change.Record("delete");
    return {};
  });
}

Result<Page<Container>> Containers::List(const ContainerFilter& filter,
                                         const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Container>> {
    sql::Where where;
    where.In("id", filter.ids);
    where.In("datastore_id", filter.datastore_ids);
    where.Equals("name", filter.name);
    where.Contains("name", filter.search);
    where.In("container_type", filter.container_types);
    where.Within("datastore_id", filter.scope);
    sql::AddTagFilter(where, TaggedKind::kContainer, "containers.id", filter.tags);
    where.State("deleted_at IS NOT NULL", filter.deleted);
    Page<Container> result;
    result.total = sql::SelectInteger(session, "SELECT COUNT(*) FROM containers" + where.text(),
                                      where.values())
                       .value_or(0);
    const std::string order = fmt::format(" ORDER BY {}{}, id", SortColumn(filter.sort),
                                          sql::Direction(filter.order));
    result.items = ReadAll(session, kColumns + where.text() + order + sql::kPageLimits,
                           sql::WithPage(where, page));
    return result;
  });
}

Result<std::vector<ContainerListing>> Containers::Listing(int64_t datastore_id,
                                                          const std::string& container_type) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<ContainerListing>> {
    sql::Where where;
    where.Add("datastore_id = ? AND deleted_at IS NULL", {datastore_id});
    where.Equals("container_type", container_type);
    std::vector<ContainerListing> listing;
    ContainerListing row;
    sql::Select select(
        session,
        "SELECT id, name, container_type FROM containers" + where.text() + " ORDER BY name",
        where.values());
    select.Into(row.id, row.name, row.container_type);
    while (select.Next()) listing.push_back(row);
    return listing;
  });
}

Result<std::vector<Container>> Containers::AllOf(int64_t datastore_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<Container>> {
    return ReadAll(session, std::string(kColumns) + " WHERE datastore_id = ? ORDER BY name",
                   {datastore_id});
  });
}

Result<std::vector<Container>> Containers::AllComputed() {
  return access_.Read([&](soci::session& session) -> Result<std::vector<Container>> {
    return ReadAll(session,
                   std::string(kColumns) +
                       " WHERE definition IS NOT NULL AND deleted_at IS NULL ORDER BY id",
                   {});
  });
}

Result<std::map<int64_t, ContainerMetrics>> Containers::Metrics(
    const std::vector<int64_t>& ids) {
  return access_.Read(
      [&](soci::session& session) -> Result<std::map<int64_t, ContainerMetrics>> {
        std::map<int64_t, ContainerMetrics> metrics;
        for (const int64_t id : ids) {
          ContainerMetrics& each = metrics[id];
          sql::Select select(
              session,
              "SELECT (SELECT MAX(end_time) FROM container_scans WHERE container_id = ?), "
              "(SELECT COUNT(*) FROM fields WHERE container_id = ? AND status <> 'Missing'), "
              "(SELECT COUNT(*) FROM quality_checks WHERE container_id = ? AND status = "
              "'Active'), "
              "(SELECT COUNT(*) FROM anomalies WHERE container_id = ? AND is_open = 1)",
              {id, id, id, id});
          select.Into(each.last_scanned, each.fields, each.active_checks,
                      each.active_anomalies);
          select.Next();
          sql::Select profile(session,
                              "SELECT created, record_count FROM container_profiles WHERE "
                              "container_id = ? ORDER BY id DESC LIMIT 1",
                              {id});
          profile.Into(each.last_profiled, each.records);
          profile.Next();
        }
        return metrics;
      });
}

}  // namespace assay::store
