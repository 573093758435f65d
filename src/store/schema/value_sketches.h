// Tables: what tells which fields refer to the keys of a container.

#pragma once

#include <string_view>

namespace assay::store::schema {

inline constexpr std::string_view kValueSketches = R"sql(
CREATE TABLE value_sketches (
  container_id BIGINT NOT NULL REFERENCES containers (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  field_type TEXT NOT NULL,
  distinct_values BIGINT NOT NULL,
  smallest DOUBLE PRECISION NOT NULL,
  greatest DOUBLE PRECISION NOT NULL,
  threshold TEXT NOT NULL,
  hashes TEXT NOT NULL,
  PRIMARY KEY (container_id, name)
);
)sql";

}  // namespace assay::store::schema
