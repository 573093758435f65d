// The first version of the tables.

#pragma once

#include <string_view>

namespace assay::store::schema {

/// Times are microseconds since 1970 (UTC), truth values 0 or 1, lists and objects JSON texts.
inline constexpr std::string_view kInitial = R"sql(
CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE teams (
  id {id},
  created BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  description TEXT,
  permission TEXT NOT NULL
);
INSERT INTO teams (created, name, description, permission)
  VALUES (0, 'Public', 'Everyone', 'Editor');
CREATE TABLE users (
  id {id},
  created BIGINT NOT NULL,
  user_id TEXT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  email TEXT NOT NULL,
  role TEXT NOT NULL,
  password_hash TEXT NOT NULL
);
CREATE TABLE team_members (
  team_id BIGINT NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (team_id, user_id)
);
CREATE INDEX team_members_by_user ON team_members (user_id);
CREATE TABLE tokens (
  id {id},
  uuid TEXT NOT NULL UNIQUE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  created BIGINT NOT NULL,
  expiration BIGINT,
  last_used BIGINT,
  revoked BIGINT NOT NULL
);
CREATE INDEX tokens_by_user ON tokens (user_id);
CREATE TABLE global_tags (
  id {id},
  created BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  color TEXT NOT NULL,
  description TEXT,
  category TEXT,
  weight_modifier BIGINT NOT NULL
);
CREATE TABLE connections (
  id {id},
  created BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  properties TEXT NOT NULL,
  secrets TEXT
);
CREATE TABLE datastores (
  id {id},
  created BIGINT NOT NULL,
  name TEXT NOT NULL UNIQUE,
  connection_id BIGINT NOT NULL REFERENCES connections (id),
  root_path TEXT NOT NULL,
  database_name TEXT NOT NULL,
  schema_name TEXT NOT NULL,
  description TEXT,
  enrichment_only BIGINT NOT NULL,
  folder_globbing_enabled BIGINT NOT NULL,
  favorite BIGINT NOT NULL,
  connected BIGINT,
  enrichment_datastore_id BIGINT REFERENCES datastores (id),
  enrichment_prefix TEXT NOT NULL,
  enrichment_source_record_limit BIGINT NOT NULL,
  enrichment_remediation_strategy TEXT NOT NULL,
  high_count_rollup_threshold BIGINT NOT NULL,
  additional_properties TEXT NOT NULL
);
CREATE INDEX datastores_by_connection ON datastores (connection_id);
CREATE INDEX datastores_by_enrichment ON datastores (enrichment_datastore_id);
CREATE TABLE datastore_teams (
  datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  team_id BIGINT NOT NULL REFERENCES teams (id),
  PRIMARY KEY (datastore_id, team_id)
);
CREATE INDEX datastore_teams_by_team ON datastore_teams (team_id);
CREATE TABLE datastore_tags (
  datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES global_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (datastore_id, tag_id)
);
CREATE INDEX datastore_tags_by_tag ON datastore_tags (tag_id);
CREATE TABLE containers (
  id {id},
  created BIGINT NOT NULL,
  datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  container_type TEXT NOT NULL,
  folder TEXT NOT NULL,
  format TEXT NOT NULL,
  partition_fields TEXT NOT NULL,
  file_count BIGINT NOT NULL,
  size_bytes BIGINT NOT NULL,
  last_modified BIGINT,
  listing_digest TEXT NOT NULL,
  is_missing BIGINT NOT NULL,
  problem TEXT,
  incremental_checkpoint BIGINT,
  file_name_override TEXT,
  read_options TEXT NOT NULL,
  description TEXT,
  favorite BIGINT NOT NULL,
  group_by_fields TEXT NOT NULL,
  additional_metadata TEXT NOT NULL,
  volumetric_tracking_enabled BIGINT NOT NULL,
  freshness_tracking_enabled BIGINT NOT NULL,
  deleted_at BIGINT,
  UNIQUE (datastore_id, name)
);
CREATE TABLE container_tags (
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES global_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (container_id, tag_id)
);
CREATE INDEX container_tags_by_tag ON container_tags (tag_id);
CREATE TABLE fields (
  id {id},
  created BIGINT NOT NULL,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  type TEXT NOT NULL,
  native_type TEXT NOT NULL,
  type_declared BIGINT NOT NULL,
  is_partition BIGINT NOT NULL,
  status TEXT NOT NULL,
  UNIQUE (container_id, name)
);
CREATE TABLE operations (
  id {id},
  created BIGINT NOT NULL,
  type TEXT NOT NULL,
  datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  message TEXT,
  warnings TEXT NOT NULL,
  settings TEXT NOT NULL,
  triggered_by TEXT NOT NULL,
  aborted_by TEXT,
  start_time BIGINT,
  end_time BIGINT,
  counters TEXT NOT NULL,
  abort_requested BIGINT NOT NULL,
  worker TEXT NOT NULL,
  heartbeat BIGINT,
  restarts BIGINT NOT NULL
);
CREATE INDEX operations_by_state ON operations (state, id);
CREATE INDEX operations_by_datastore ON operations (datastore_id, id);
CREATE INDEX operations_by_created ON operations (created, id);
CREATE TABLE operation_containers (
  operation_id BIGINT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  PRIMARY KEY (operation_id, container_id)
);
CREATE INDEX operation_containers_by_container ON operation_containers (container_id);
CREATE TABLE container_profiles (
  id {id},
  created BIGINT NOT NULL,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  operation_id BIGINT REFERENCES operations (id) ON DELETE SET NULL,
  record_count BIGINT NOT NULL,
  total_record_count BIGINT,
  file_count BIGINT NOT NULL,
  field_count BIGINT NOT NULL,
  failures TEXT NOT NULL
);
CREATE INDEX container_profiles_by_container ON container_profiles (container_id, id);
CREATE INDEX container_profiles_by_operation ON container_profiles (operation_id);
CREATE TABLE field_profiles (
  id {id},
  created BIGINT NOT NULL,
  container_profile_id BIGINT NOT NULL REFERENCES container_profiles (id) ON DELETE CASCADE,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  field_id BIGINT REFERENCES fields (id) ON DELETE SET NULL,
  name TEXT NOT NULL,
  position BIGINT NOT NULL,
  field_type TEXT NOT NULL,
  type_declared BIGINT NOT NULL,
  completeness DOUBLE PRECISION NOT NULL,
  record_count BIGINT NOT NULL,
  null_count BIGINT NOT NULL,
  approximate_distinct_values BIGINT NOT NULL,
  profile TEXT NOT NULL
);
CREATE INDEX field_profiles_by_profile ON field_profiles (container_profile_id, position);
CREATE INDEX field_profiles_by_container ON field_profiles (container_id, name, id);
CREATE INDEX field_profiles_by_field ON field_profiles (field_id);
CREATE TABLE quality_checks (
  id {id},
  created BIGINT NOT NULL,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  rule_type TEXT NOT NULL,
  fields TEXT NOT NULL,
  filter TEXT,
  coverage DOUBLE PRECISION NOT NULL,
  properties TEXT NOT NULL,
  assertion_digest TEXT NOT NULL,
  description TEXT NOT NULL,
  status TEXT NOT NULL,
  inferred BIGINT NOT NULL,
  evidence TEXT NOT NULL,
  is_new BIGINT NOT NULL,
  favorite BIGINT NOT NULL,
  rule_weight BIGINT NOT NULL,
  additional_metadata TEXT NOT NULL,
  anomaly_message_field TEXT,
  owner_id BIGINT,
  default_anomaly_assignee_id BIGINT,
  template_id BIGINT,
  last_editor TEXT NOT NULL,
  last_updated BIGINT NOT NULL,
  deleted_at BIGINT,
  last_asserted BIGINT,
  is_passing BIGINT,
  num_container_scans BIGINT NOT NULL
);
CREATE INDEX quality_checks_by_container ON quality_checks (container_id, status, id);
CREATE INDEX quality_checks_by_assertion ON quality_checks (container_id, assertion_digest);
CREATE TABLE quality_check_fields (
  check_id BIGINT NOT NULL REFERENCES quality_checks (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (check_id, name)
);
CREATE TABLE quality_check_tags (
  check_id BIGINT NOT NULL REFERENCES quality_checks (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES global_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (check_id, tag_id)
);
CREATE INDEX quality_check_tags_by_tag ON quality_check_tags (tag_id);
CREATE TABLE container_scans (
  id {id},
  operation_id BIGINT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  start_time BIGINT NOT NULL,
  end_time BIGINT,
  records_processed BIGINT NOT NULL,
  partitions_scanned BIGINT NOT NULL,
  anomaly_count BIGINT NOT NULL,
  result TEXT NOT NULL,
  message TEXT,
  failures TEXT NOT NULL
);
CREATE INDEX container_scans_by_operation ON container_scans (operation_id, container_id);
CREATE INDEX container_scans_by_container ON container_scans (container_id, id);
CREATE TABLE check_metrics (
  container_scan_id BIGINT NOT NULL REFERENCES container_scans (id) ON DELETE CASCADE,
  check_id BIGINT NOT NULL REFERENCES quality_checks (id) ON DELETE CASCADE,
  assertion_result TEXT NOT NULL,
  asserted_records BIGINT NOT NULL,
  anomalous_records BIGINT NOT NULL,
  assertion_details TEXT NOT NULL,
  PRIMARY KEY (container_scan_id, check_id)
);
CREATE INDEX check_metrics_by_check ON check_metrics (check_id);
CREATE TABLE anomalies (
  id {id},
  uuid TEXT NOT NULL UNIQUE,
  created BIGINT NOT NULL,
  datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  operation_id BIGINT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  container_scan_id BIGINT NOT NULL REFERENCES container_scans (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  status TEXT NOT NULL,
  is_open BIGINT NOT NULL,
  is_new BIGINT NOT NULL,
  is_rolled_up BIGINT NOT NULL,
  anomalous_records_count BIGINT NOT NULL,
  fingerprint BIGINT NOT NULL,
  weight BIGINT NOT NULL,
  description TEXT,
  message TEXT NOT NULL,
  relative_path TEXT NOT NULL,
  source_enriched BIGINT NOT NULL,
  resolved_by_operation_id BIGINT
);
CREATE INDEX anomalies_by_open ON anomalies (is_open, created, id);
CREATE INDEX anomalies_by_weight ON anomalies (is_open, weight, id);
CREATE INDEX anomalies_by_datastore ON anomalies (datastore_id, is_open, created, id);
CREATE INDEX anomalies_by_container ON anomalies (container_id, is_open, created, id);
CREATE INDEX anomalies_by_operation ON anomalies (operation_id);
CREATE INDEX anomalies_by_scan ON anomalies (container_scan_id);
CREATE INDEX anomalies_by_fingerprint ON anomalies (container_id, fingerprint, is_open);
CREATE TABLE anomaly_failed_checks (
  anomaly_id BIGINT NOT NULL REFERENCES anomalies (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  check_id BIGINT REFERENCES quality_checks (id) ON DELETE SET NULL,
  rule_type TEXT NOT NULL,
  message TEXT NOT NULL,
  PRIMARY KEY (anomaly_id, position)
);
CREATE INDEX anomaly_failed_checks_by_check ON anomaly_failed_checks (check_id, anomaly_id);
CREATE TABLE anomaly_source_records (
  anomaly_id BIGINT NOT NULL REFERENCES anomalies (id) ON DELETE CASCADE,
  position BIGINT NOT NULL,
  relative_path TEXT NOT NULL,
  row_number BIGINT NOT NULL,
  failing_fields TEXT NOT NULL,
  record TEXT NOT NULL,
  PRIMARY KEY (anomaly_id, position)
);
CREATE TABLE anomaly_tags (
  anomaly_id BIGINT NOT NULL REFERENCES anomalies (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES global_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (anomaly_id, tag_id)
);
CREATE INDEX anomaly_tags_by_tag ON anomaly_tags (tag_id);
CREATE TABLE anomaly_assignees (
  anomaly_id BIGINT NOT NULL REFERENCES anomalies (id) ON DELETE CASCADE,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (anomaly_id, user_id)
);
CREATE INDEX anomaly_assignees_by_user ON anomaly_assignees (user_id);
CREATE TABLE enrichment_commits (
  operation_id BIGINT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
  enrichment_datastore_id BIGINT NOT NULL REFERENCES datastores (id) ON DELETE CASCADE,
  prefix TEXT NOT NULL,
  commit_files TEXT NOT NULL,
  created BIGINT NOT NULL,
  published BIGINT
);
CREATE INDEX enrichment_commits_by_published ON enrichment_commits (published, created);
CREATE INDEX enrichment_commits_by_datastore ON enrichment_commits (enrichment_datastore_id);
)sql";

}  // namespace assay::store::schema
