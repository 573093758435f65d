#include "store/profiles.h"

#include <fmt/format.h>

#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kProfileColumns =
    "SELECT id, created, container_id, operation_id, record_count, total_record_count, "
    "file_count, "
    "field_count, failures FROM container_profiles";
constexpr const char* kFieldColumns =
    "SELECT id, created, container_profile_id, container_id, field_id, name, position, "
    "field_type, "
    "type_declared, completeness, record_count, null_count, approximate_distinct_values, "
    "profile "
    "FROM field_profiles";

std::vector<ContainerProfile> ReadProfiles(soci::session& session, const std::string& text,
                                           const sql::Values& values) {
  std::vector<ContainerProfile> profiles;
  ContainerProfile row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.container_id, row.operation_id, row.record_count,
              row.total_record_count, row.file_count, row.field_count, row.failures);
  while (select.Next()) profiles.push_back(row);
  return profiles;
}

std::vector<FieldProfile> ReadFields(soci::session& session, const std::string& text,
                                     const sql::Values& values) {
  std::vector<FieldProfile> fields;
  FieldProfile row;
  sql::Select select(session, text, values);
  select.Into(row.id, row.created, row.container_profile_id, row.container_id, row.field_id,
              row.name, row.position, row.field_type, row.type_declared, row.completeness,
              row.record_count, row.null_count, row.approximate_distinct_values, row.profile);
  while (select.Next()) fields.push_back(row);
  return fields;
}

void AddField(soci::session& session, const ContainerProfile& profile, int64_t profile_id,
              const FieldProfile& field) {
  std::optional<int64_t> field_id = field.field_id;
  if (!field_id) {
    field_id =
        sql::SelectInteger(session, "SELECT id FROM fields WHERE container_id = ? AND name = ?",
                           {profile.container_id, field.name});
  }
  sql::Run(
      session,
      "INSERT INTO field_profiles (created, container_profile_id, container_id, field_id, "
      "name, position, field_type, type_declared, completeness, record_count, null_count, "
      "approximate_distinct_values, profile) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {profile.created, profile_id, profile.container_id, field_id, field.name, field.position,
       field.field_type, field.type_declared, field.completeness, field.record_count,
       field.null_count, field.approximate_distinct_values, field.profile});
}

const char* SortColumn(FieldProfileFilter::Sort sort) {
  switch (sort) {
    case FieldProfileFilter::Sort::kPosition: return "position";
    case FieldProfileFilter::Sort::kName: return "name";
    case FieldProfileFilter::Sort::kCreated: return "created";
  }
  return "position";
}

}  // namespace

Result<int64_t> Profiles::Add(const ContainerProfile& profile,
                              const std::vector<FieldProfile>& fields) {
  return access_.Write([&](soci::session& session) -> Result<int64_t> {
    sql::Run(session,
             "DELETE FROM container_profiles WHERE container_id = ? AND operation_id = ?",
             {profile.container_id, profile.operation_id});
    const int64_t id = sql::Insert(
        session,
        "INSERT INTO container_profiles (created, container_id, operation_id, record_count, "
        "total_record_count, file_count, field_count, failures) VALUES (?, ?, ?, ?, ?, ?, ?, "
        "?)",
        {profile.created, profile.container_id, profile.operation_id, profile.record_count,
         profile.total_record_count, profile.file_count, profile.field_count,
         profile.failures});
    for (const FieldProfile& field : fields) AddField(session, profile, id, field);
    return id;
  });
}

Result<std::optional<ContainerProfile>> Profiles::Latest(int64_t container_id) {
  return access_.Read([&](soci::session& session) -> Result<std::optional<ContainerProfile>> {
    auto found = ReadProfiles(
        session,
        std::string(kProfileColumns) + " WHERE container_id = ? ORDER BY id DESC LIMIT 1",
        {container_id});
    if (found.empty()) return std::optional<ContainerProfile>();
    return std::optional<ContainerProfile>(std::move(found.front()));
  });
}

Result<Page<ContainerProfile>> Profiles::List(const std::vector<int64_t>& container_ids,
                                              const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<ContainerProfile>> {
    sql::Where where;
    where.In("container_id", container_ids);
    Page<ContainerProfile> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM container_profiles" + where.text(),
                           where.values())
            .value_or(0);
    result.items = ReadProfiles(
        session, kProfileColumns + where.text() + " ORDER BY id DESC" + sql::kPageLimits,
        sql::WithPage(where, page));
    return result;
  });
}

Result<Page<FieldProfile>> Profiles::ListFields(const FieldProfileFilter& filter,
                                                const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<FieldProfile>> {
    sql::Where where;
    where.In("container_id", filter.container_ids);
    if (!filter.datastore_ids.empty()) {
      where.Add("container_id IN (SELECT id FROM containers WHERE datastore_id IN (" +
                    sql::Where::Marks(filter.datastore_ids.size()) + "))",
                sql::Values(filter.datastore_ids.begin(), filter.datastore_ids.end()));
    }
    where.Equals("name", filter.name);
    if (filter.which == FieldProfileFilter::Which::kLatest) {
      where.Add(
          "container_profile_id = (SELECT MAX(id) FROM container_profiles WHERE "
          "container_profiles.container_id = field_profiles.container_id)");
    }
    Page<FieldProfile> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM field_profiles" + where.text(),
                           where.values())
            .value_or(0);
    const char* direction = sql::Direction(filter.order);
    result.items = ReadFields(
        session,
        kFieldColumns + where.text() +
            fmt::format(" ORDER BY {}{}, id{}", SortColumn(filter.sort), direction, direction) +
            sql::kPageLimits,
        sql::WithPage(where, page));
    return result;
  });
}

Result<FieldProfile> Profiles::GetField(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<FieldProfile> {
    auto found = ReadFields(session, std::string(kFieldColumns) + " WHERE id = ?", {id});
    if (found.empty())
      return Fail(ErrorKind::kNotFound, fmt::format("no field profile {}", id));
    return std::move(found.front());
  });
}

Result<std::map<std::string, FieldFindings>> Profiles::FindingsByField(int64_t container_id) {
  using Findings = std::map<std::string, FieldFindings>;
  return access_.Read([&](soci::session& session) -> Result<Findings> {
    Findings findings;
    const auto count = [&](const char* text, int64_t FieldFindings::* into) {
      std::string name;
      int64_t number = 0;
      sql::Select select(session, text, {container_id});
      select.Into(name, number);
      while (select.Next()) findings[name].*into = number;
    };
    count(
        "SELECT name, COUNT(*) FROM quality_check_fields JOIN quality_checks ON "
        "quality_checks.id = check_id WHERE container_id = ? AND status = 'Active' GROUP BY "
        "name",
        &FieldFindings::quality_checks);
    count(
        "SELECT name, COUNT(DISTINCT anomalies.id) FROM anomalies JOIN anomaly_failed_checks "
        "ON "
        "anomaly_id = anomalies.id JOIN quality_check_fields ON quality_check_fields.check_id "
        "= "
        "anomaly_failed_checks.check_id WHERE container_id = ? AND is_open = 1 GROUP BY name",
        &FieldFindings::anomalies);
    return findings;
  });
}

}  // namespace assay::store
