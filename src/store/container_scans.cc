#include "store/container_scans.h"

#include <fmt/format.h>

#include "store/sql/where.h"

namespace assay::store {
namespace {

constexpr const char* kColumns =
    "SELECT container_scans.id, operation_id, container_id, containers.name, start_time, "
    "end_time, "
    "records_processed, partitions_scanned, anomaly_count, result, message, failures "
    "FROM container_scans JOIN containers ON containers.id = container_id";

std::vector<ContainerScan> ReadAll(soci::session& session, const std::string& rest,
                                   const sql::Values& values) {
  std::vector<ContainerScan> scans;
  ContainerScan row;
  sql::Select select(session, kColumns + rest, values);
  select.Into(row.id, row.operation_id, row.container_id, row.container_name, row.start_time,
              row.end_time, row.records_processed, row.partitions_scanned, row.anomaly_count,
              row.result, row.message, row.failures);
  while (select.Next()) scans.push_back(row);
  return scans;
}

}  // namespace

Result<int64_t> ContainerScans::Add(const ContainerScan& scan,
                                    const std::vector<CheckMetric>& metrics) {
  return access_.Write([&](soci::session& session) -> Result<int64_t> {
    sql::Run(session, "DELETE FROM container_scans WHERE operation_id = ? AND container_id = ?",
             {scan.operation_id, scan.container_id});
    const int64_t id = sql::Insert(
        session,
        "INSERT INTO container_scans (operation_id, container_id, start_time, end_time, "
        "records_processed, partitions_scanned, anomaly_count, result, message, failures) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {scan.operation_id, scan.container_id, scan.start_time, scan.end_time,
         scan.records_processed, scan.partitions_scanned, scan.anomaly_count, scan.result,
         scan.message, scan.failures});
    for (const CheckMetric& metric : metrics) {
      sql::Run(session,
               "INSERT INTO check_metrics (container_scan_id, check_id, assertion_result, "
               "asserted_records, anomalous_records, assertion_details) "
               "VALUES (?, ?, ?, ?, ?, ?)",
               {id, metric.check_id, metric.assertion_result, metric.asserted_records,
                metric.anomalous_records, metric.assertion_details});
    }
    return id;
  });
}

Result<ContainerScan> ContainerScans::Get(int64_t id) {
  return access_.Read([&](soci::session& session) -> Result<ContainerScan> {
    auto found = ReadAll(session, " WHERE container_scans.id = ?", {id});
    if (found.empty())
      return Fail(ErrorKind::kNotFound, fmt::format("no container scan {}", id));
    return std::move(found.front());
  });
}

Result<std::vector<ContainerScan>> ContainerScans::OfOperation(int64_t operation_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<ContainerScan>> {
    return ReadAll(session, " WHERE operation_id = ? ORDER BY container_scans.id",
                   {operation_id});
  });
}

Result<Page<ContainerScan>> ContainerScans::List(const std::vector<int64_t>& container_ids,
                                                 const PageRequest& page) {
  return access_.Read([&](soci::session& session) -> Result<Page<ContainerScan>> {
    sql::Where where;
    where.In("container_id", container_ids);
    Page<ContainerScan> result;
    result.total =
        sql::SelectInteger(session, "SELECT COUNT(*) FROM container_scans" + where.text(),
                           where.values())
            .value_or(0);
    result.items =
        ReadAll(session, where.text() + " ORDER BY container_scans.id DESC" + sql::kPageLimits,
                sql::WithPage(where, page));
    return result;
  });
}

Result<std::vector<CheckMetric>> ContainerScans::Metrics(int64_t scan_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<CheckMetric>> {
    std::vector<CheckMetric> metrics;
    CheckMetric row;
    sql::Select select(
        session,
        "SELECT check_id, assertion_result, asserted_records, anomalous_records, "
        "assertion_details FROM check_metrics WHERE container_scan_id = ? "
        "ORDER BY check_id",
        {scan_id});
    select.Into(row.check_id, row.assertion_result, row.asserted_records, row.anomalous_records,
                row.assertion_details);
    while (select.Next()) metrics.push_back(row);
    return metrics;
  });
}

}  // namespace assay::store
