// Tables: what tells a container again when its files' common pattern changes.

#pragma once

#include <string_view>

namespace assay::store::schema {

/// Containers of step 1 have no key until the next sync.
inline constexpr std::string_view kContainerKeys = R"sql(
ALTER TABLE containers ADD COLUMN group_key TEXT NOT NULL DEFAULT '';
)sql";

}  // namespace assay::store::schema
