// Tables: containers that are computed of others, and fields of their
// container's.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kComputedData = R"sql(
ALTER TABLE containers ADD COLUMN definition TEXT;
CREATE TABLE computed_fields (
  id {id},
  created BIGINT NOT NULL,
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  transformation TEXT NOT NULL,
  source_fields TEXT NOT NULL,
  properties TEXT NOT NULL,
  additional_metadata TEXT NOT NULL,
  UNIQUE (container_id, name)
);
)sql";

}  // namespace assay::store::schema
