#include "store/measurements.h"

#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT check_id, container_scan_id, measurements.created, subject, value FROM "
    "measurements";

std::vector<Measurement> ReadAll(soci::session& session, const std::string& rest,
                                 const sql::Values& values) {
  std::vector<Measurement> measurements;
  Measurement row;
  sql::Select select(session, kColumns + rest, values);
  select.Into(row.check_id, row.container_scan_id, row.created, row.subject, row.value);
  while (select.Next()) measurements.push_back(row);
  return measurements;
}

/// The first, in the order of `order`, that `condition` on its time allows.
std::optional<Measurement> First(soci::session& session, const EarlierMeasurement& asked,
                                 const std::string& condition, const sql::Values& times,
                                 const std::string& order) {
  sql::Values values = {asked.check_id, asked.subject, asked.operation_id};
  values.insert(values.end(), times.begin(), times.end());
  auto found = ReadAll(session,
                       " JOIN container_scans ON container_scans.id = container_scan_id WHERE "
                       "check_id = ? AND subject = ? AND operation_id <> ? AND " +
                           condition + " ORDER BY measurements.created " + order +
                           ", container_scan_id " + order + " LIMIT 1",
                       values);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

}  // namespace

Status Measurements::Add(const std::vector<Measurement>& measurements) {
  return access_.Write([&](soci::session& session) -> Status {
    for (const Measurement& measurement : measurements) {
      sql::Run(session,
               "INSERT INTO measurements (container_scan_id, check_id, container_id, created, "
               "subject, value) SELECT id, ?, container_id, ?, ?, ? FROM container_scans WHERE "
               "id = ?",
               {measurement.check_id, measurement.created, measurement.subject,
                measurement.value, measurement.container_scan_id});
    }
    return {};
  });
}

Result<std::optional<Measurement>> Measurements::FindEarlier(const EarlierMeasurement& asked) {
  return access_.Read([&](soci::session& session) -> Result<std::optional<Measurement>> {
    const auto before =
        First(session, asked, "measurements.created <= ?", {asked.near}, "DESC");
    const auto after =
        First(session, asked, "measurements.created > ? AND measurements.created <= ?",
              {asked.near, asked.until}, "ASC");
    if (!before || !after) return before ? before : after;
    return asked.near - before->created <= after->created - asked.near ? before : after;
  });
}

Result<Page<Measurement>> Measurements::List(int64_t check_id, const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<Measurement>> {
    sql::Where where;
    where.In("check_id", std::vector<int64_t>{check_id});
    Page<Measurement> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM measurements" + where.text(),
                           where.values())
            .value_or(0);
    result.items =
        ReadAll(session,
                where.text() + " ORDER BY measurements.created DESC, container_scan_id DESC" +
                    sql::kPageLimits,
                sql::WithPage(where, page));
    return result;
  });
}

}  // namespace assay::store
