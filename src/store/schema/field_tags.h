// Tables: which fields hold sensitive values, and how these are masked.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kFieldTags = R"sql(
CREATE TABLE field_tags (
  id {id},
  field_id BIGINT NOT NULL REFERENCES fields (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  state TEXT NOT NULL,
  sampled_values BIGINT NOT NULL,
  matched BIGINT NOT NULL,
  validated BIGINT,
  updated BIGINT NOT NULL,
  UNIQUE (field_id, tag)
);
ALTER TABLE datastores ADD COLUMN masking TEXT NOT NULL DEFAULT '{}';
)sql";

}  // namespace assay::store::schema
