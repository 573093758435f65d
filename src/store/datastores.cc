#include "store/datastores.h"

#include <fmt/format.h>

#include "store/sql/change.h"
#include "store/sql/tag_links.h"

namespace assay::store {
namespace {

constexpr const char* kFrom =
    " FROM datastores JOIN connections ON connections.id = connection_id";
constexpr const char* kColumns =
    "SELECT datastores.id, datastores.created, datastores.name, connection_id, "
    "connections.type, "
    "root_path, database_name, schema_name, description, enrichment_only, "
    "folder_globbing_enabled, favorite, connected, enrichment_datastore_id, enrichment_prefix, "
    "enrichment_source_record_limit, enrichment_remediation_strategy, "
    "high_count_rollup_threshold, additional_properties, masking FROM datastores JOIN "
    "connections ON "
    "connections.id = connection_id";

std::unexpected<Error> Missing(int64_t id) {
  return Fail(ErrorKind::kNotFound, fmt::format("no datastore {}", id));
}

std::vector<std::string> TeamsOf(soci::session& session, int64_t id) {
  std::vector<std::string> names;
  std::string name;
  sql::Select select(session,
                     "SELECT name FROM teams JOIN datastore_teams ON team_id = teams.id "
                     "WHERE datastore_id = ? ORDER BY teams.id",
                     {id});
  select.Into(name);
  while (select.Next()) names.push_back(name);
  return names;
}

std::vector<Datastore> ReadAll(soci::session& session, const std::string& text,
                               const sql::Values& values) {
  std::vector<Datastore> datastores;
  Datastore row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.name, row.connection_id, row.type, row.root_path,
              row.database, row.schema, row.description, row.enrichment_only,
              row.folder_globbing_enabled, row.favorite, row.connected,
              row.enrichment_datastore_id, row.enrichment_prefix,
              row.enrichment_source_record_limit, row.enrichment_remediation_strategy,
              row.high_count_rollup_threshold, row.additional_properties, row.masking);
  while (select.Next()) datastores.push_back(row);
  for (Datastore& datastore : datastores) datastore.teams = TeamsOf(session, datastore.id);
  sql::FillTags(session, TaggedKind::kDatastore, datastores);
  return datastores;
}

Status AssignTeams(soci::session& session, const Datastore& datastore) {
  if (datastore.teams.empty()) {
    return Fail(ErrorKind::kInvalidInput, "a datastore needs at least one team");
  }
  sql::Run(session, "DELETE FROM datastore_teams WHERE datastore_id = ?", {datastore.id});
  for (const std::string& name : datastore.teams) {
    const auto team =
        sql::SelectInteger(session, "SELECT id FROM teams WHERE name = ?", {name});
    if (!team) {
      return Fail(ErrorKind::kInvalidInput, fmt::format("no team of this name: {}", name));
    }
    const auto present = sql::SelectInteger(
        session, "SELECT team_id FROM datastore_teams WHERE datastore_id = ? AND team_id = ?",
        {datastore.id, *team});
    if (present) continue;
    sql::Run(session, "INSERT INTO datastore_teams (datastore_id, team_id) VALUES (?, ?)",
             {datastore.id, *team});
  }
  return {};
}

/// The name is free and the connection exists.
Status CheckReferences(soci::session& session, const Datastore& datastore) {
  if (sql::SelectInteger(session, "SELECT id FROM datastores WHERE name = ? AND id <> ?",
                         {datastore.name, datastore.id})) {
    return Fail(ErrorKind::kConflict,
                fmt::format("a datastore of this name exists already: {}", datastore.name));
  }
  if (!sql::SelectInteger(session, "SELECT id FROM connections WHERE id = ?",
                          {datastore.connection_id})) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("no connection {}", datastore.connection_id));
  }
  return {};
}

Result<Datastore> Find(soci::session& session, int64_t id) {
  auto found = ReadAll(session, std::string(kColumns) + " WHERE datastores.id = ?", {id});
  if (found.empty()) return Missing(id);
  return std::move(found.front());
}

const char* SortColumn(DatastoreFilter::Sort sort) {
  switch (sort) {
    case DatastoreFilter::Sort::kId: return "datastores.id";
    case DatastoreFilter::Sort::kName: return "datastores.name";
    case DatastoreFilter::Sort::kCreated: return "datastores.created";
    case DatastoreFilter::Sort::kFavorite: return "favorite";
  }
  return "datastores.id";
}

}  // namespace

Result<Datastore> Datastores::Create(Datastore datastore) {
  return access_.Write([&](soci::session& session) -> Result<Datastore> {
    datastore.id = 0;
    ASSAY_RETURN_IF_ERROR(CheckReferences(session, datastore));
    sql::Change change(access_, session, EntityType::kDatastore);
    datastore.id = sql::Insert(
        session,
        "INSERT INTO datastores (created, name, connection_id, root_path, database_name, "
        "schema_name, description, enrichment_only, folder_globbing_enabled, favorite, "
        "connected, "
        "enrichment_prefix, enrichment_source_record_limit, enrichment_remediation_strategy, "
        "high_count_rollup_threshold, additional_properties, masking) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {datastore.created, datastore.name, datastore.connection_id, datastore.root_path,
         datastore.database, datastore.schema, datastore.description, datastore.enrichment_only,
         datastore.folder_globbing_enabled, datastore.favorite, datastore.connected,
         datastore.enrichment_prefix, datastore.enrichment_source_record_limit,
         datastore.enrichment_remediation_strategy, datastore.high_count_rollup_threshold,
         datastore.additional_properties, datastore.masking});
    ASSAY_RETURN_IF_ERROR(AssignTeams(session, datastore));
    sql::AssignTags(session, TaggedKind::kDatastore, datastore.id, datastore.tags,
                    datastore.created);
    if (datastore.enrichment_datastore_id) {
      ASSAY_RETURN_IF_ERROR(LinkIn(session, datastore.id, *datastore.enrichment_datastore_id));
    }
    change.Record("create", datastore.id);
    return Find(session, datastore.id);
  });
}

Result<Datastore> Datastores::Get(int64_t id) {
  return access_.Read([&](soci::session& session) { return Find(session, id); });
}

Result<Datastore> Datastores::FindByName(const std::string& name) {
  return access_.Read([&](soci::session& session) -> Result<Datastore> {
    auto found = ReadAll(session, std::string(kColumns) + " WHERE datastores.name = ?", {name});
    if (found.empty()) {
      return Fail(ErrorKind::kNotFound, fmt::format("no datastore of this name: {}", name));
    }
    return std::move(found.front());
  });
}

Status Datastores::Update(const Datastore& datastore) {
  return access_.Write([&](soci::session& session) -> Status {
    ASSAY_RETURN_IF_ERROR(CheckReferences(session, datastore));
    sql::Change change(access_, session, EntityType::kDatastore, datastore.id);
    const int64_t changed = sql::Run(
        session,
        "UPDATE datastores SET name = ?, connection_id = ?, root_path = ?, database_name = ?, "
        "schema_name = ?, description = ?, folder_globbing_enabled = ?, favorite = ?, "
        "enrichment_prefix = ?, enrichment_source_record_limit = ?, "
        "enrichment_remediation_strategy = ?, high_count_rollup_threshold = ?, "
        "additional_properties = ?, masking = ? WHERE id = ?",
        {datastore.name, datastore.connection_id, datastore.root_path, datastore.database,
         datastore.schema, datastore.description, datastore.folder_globbing_enabled,
         datastore.favorite, datastore.enrichment_prefix,
         datastore.enrichment_source_record_limit, datastore.enrichment_remediation_strategy,
         datastore.high_count_rollup_threshold, datastore.additional_properties,
         datastore.masking, datastore.id});
    if (changed == 0) return Missing(datastore.id);
    ASSAY_RETURN_IF_ERROR(AssignTeams(session, datastore));
    sql::AssignTags(session, TaggedKind::kDatastore, datastore.id, datastore.tags,
                    datastore.created);
    change.Record("update");
    return {};
  });
}

Status Datastores::Delete(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    if (const auto running = sql::SelectInteger(
            session, "SELECT id FROM operations WHERE datastore_id = ? AND state = 'running'",
            {id})) {
      return Fail(ErrorKind::kConflict,
                  fmt::format("an operation is running on the datastore; abort it first: {}",
                              *running));
    }
    if (const auto linked = sql::SelectInteger(
            session, "SELECT id FROM datastores WHERE enrichment_datastore_id = ? AND id <> ?",
            {id, id})) {
      return Fail(
          ErrorKind::kConflict,
          fmt::format("the datastore holds the enrichment of others; unlink them first: "
                      "datastore {}",
                      *linked));
    }
    sql::Change change(access_, session, EntityType::kDatastore, id);
    if (sql::Run(session, "DELETE FROM datastores WHERE id = ?", {id}) == 0) return Missing(id);
    change.Record("delete");
    return {};
  });
}

Result<Page<Datastore>> Datastores::List(const DatastoreFilter& filter,
                                         const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Datastore>> {
    sql::Where where;
    where.In("datastores.id", filter.ids);
    where.Equals("datastores.name", filter.name);
    where.Contains("datastores.name", filter.search);
    where.In("connections.type", filter.types);
    where.Equals("enrichment_only", filter.enrichment_only);
    where.Within("datastores.id", filter.scope);
    sql::AddTagFilter(where, TaggedKind::kDatastore, "datastores.id", filter.tags);
    Page<Datastore> result;
    result.total =
        sql::SelectInteger(session, std::string("SELECT COUNT(*)") + kFrom + where.text(),
                           where.values())
            .value_or(0);
    const std::string order = fmt::format(
        " ORDER BY {}{}, datastores.id", SortColumn(filter.sort), sql::Direction(filter.order));
    result.items = ReadAll(session, kColumns + where.text() + order + sql::kPageLimits,
                           sql::WithPage(where, page));
    return result;
  });
}

Status Datastores::LinkIn(soci::session& session, int64_t id, int64_t enrichment_id) {
  ASSAY_TRY(const Datastore source, Find(session, id));
  const auto target = Find(session, enrichment_id);
  if (!target) return Fail(ErrorKind::kInvalidInput, target.error().message);
  if (!target->enrichment_only || id == enrichment_id) {
    return Fail(ErrorKind::kInvalidInput,
                fmt::format("datastore {} is not an enrichment datastore", enrichment_id));
  }
  if (source.enrichment_only) {
    return Fail(ErrorKind::kConflict,
                fmt::format("datastore {} is an enrichment datastore itself", id));
  }
  if (source.enrichment_datastore_id && *source.enrichment_datastore_id != enrichment_id) {
    return Fail(
        ErrorKind::kConflict,
        fmt::format("datastore {} is linked to enrichment datastore {}; unlink it first", id,
                    *source.enrichment_datastore_id));
  }
  sql::Run(session, "UPDATE datastores SET enrichment_datastore_id = ? WHERE id = ?",
           {enrichment_id, id});
  return {};
}

Status Datastores::LinkEnrichment(int64_t id, int64_t enrichment_id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kDatastore, id);
    ASSAY_RETURN_IF_ERROR(LinkIn(session, id, enrichment_id));
    change.Record("link");
    return {};
  });
}

Status Datastores::UnlinkEnrichment(int64_t id) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Change change(access_, session, EntityType::kDatastore, id);
    if (sql::Run(session,
                 "UPDATE datastores SET enrichment_datastore_id = NULL, "
                 "enrichment_remediation_strategy = 'none' WHERE id = ?",
                 {id}) == 0) {
      return Missing(id);
    }
    change.Record("unlink");
    return {};
  });
}

Status Datastores::SetConnected(int64_t id, bool connected) {
  return access_.Write([&](soci::session& session) -> Status {
    if (sql::Run(session, "UPDATE datastores SET connected = ? WHERE id = ?",
                 {connected, id}) == 0) {
      return Missing(id);
    }
    return {};
  });
}

Result<std::map<int64_t, DatastoreMetrics>> Datastores::Metrics(
    const std::vector<int64_t>& ids) {
  return access_.Read([&](soci::session& session)
                          -> Result<std::map<int64_t, DatastoreMetrics>> {
    std::map<int64_t, DatastoreMetrics> metrics;
    for (const int64_t id : ids) {
      DatastoreMetrics& each = metrics[id];
      const auto count = [&](const char* text) {
        return sql::SelectInteger(session, text, {id}).value_or(0);
      };
      each.containers = count(
          "SELECT COUNT(*) FROM containers WHERE datastore_id = ? AND deleted_at IS NULL");
      each.active_checks = count(
          "SELECT COUNT(*) FROM quality_checks JOIN containers ON containers.id = "
          "container_id WHERE datastore_id = ? AND containers.deleted_at IS NULL AND status = "
          "'Active'");
      each.active_anomalies =
          count("SELECT COUNT(*) FROM anomalies WHERE datastore_id = ? AND is_open = 1");
      sql::Select select(
          session,
          "SELECT SUM(record_count), SUM(field_count) FROM container_profiles WHERE id IN "
          "(SELECT MAX(container_profiles.id) FROM container_profiles JOIN containers ON "
          "containers.id = container_id WHERE datastore_id = ? AND deleted_at IS NULL "
          "GROUP BY container_id)",
          {id});
      select.Into(each.records, each.fields_profiled);
      select.Next();
    }
    return metrics;
  });
}

}  // namespace assay::store
