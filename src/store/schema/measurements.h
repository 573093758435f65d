// Tables: what checks measured in each scan.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kMeasurements = R"sql(
CREATE TABLE measurements (
  container_scan_id BIGINT NOT NULL REFERENCES container_scans (id) ON DELETE CASCADE,
  check_id BIGINT NOT NULL REFERENCES quality_checks (id) ON DELETE CASCADE,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  created BIGINT NOT NULL,
  subject TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (container_scan_id, check_id)
);
CREATE INDEX measurements_by_check ON measurements (check_id, created);
CREATE INDEX measurements_by_container ON measurements (container_id);
)sql";

}  // namespace assay::store::schema
