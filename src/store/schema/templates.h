// Tables: templates of checks, and which checks are derived from them.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kTemplates = R"sql(
CREATE TABLE quality_check_templates (
  id {id},
  created BIGINT NOT NULL,
  rule_type TEXT NOT NULL,
  filter TEXT,
  coverage DOUBLE PRECISION NOT NULL,
  properties TEXT NOT NULL,
  description TEXT NOT NULL,
  is_locked BIGINT NOT NULL,
  additional_metadata TEXT NOT NULL,
  anomaly_message_field TEXT,
  last_editor TEXT NOT NULL,
  last_updated BIGINT NOT NULL
);
CREATE TABLE quality_check_template_tags (
  template_id BIGINT NOT NULL REFERENCES quality_check_templates (id) ON DELETE CASCADE,
  tag_id BIGINT NOT NULL REFERENCES global_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (template_id, tag_id)
);
CREATE INDEX quality_check_template_tags_by_tag ON quality_check_template_tags (tag_id);
ALTER TABLE quality_checks ADD COLUMN template_values TEXT NOT NULL DEFAULT '[]';
CREATE INDEX quality_checks_by_template ON quality_checks (template_id);
CREATE INDEX quality_checks_by_owner ON quality_checks (owner_id);
)sql";

}  // namespace assay::store::schema
