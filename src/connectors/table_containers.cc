#include <fmt/format.h>

#include "base/hash.h"
#include "connectors/containers.h"

namespace assay::connectors {
namespace {

/// Stored: never to change.
std::string KeyOf(const engine::TableName& name) {
  const Hash128 hash = StableHash128("table\n" + name.table);
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

}  // namespace

Grouped GroupTables(const std::vector<ListedTable>& tables) {
  Grouped grouped;
  for (const ListedTable& table : tables) {
    if (!table.unreadable_because.empty()) {
      grouped.left_out.push_back({.relative_path = table.name.table,
                                  .container = {},
                                  .reason = table.unreadable_because});
      continue;
    }
    grouped.containers.push_back({.name = table.name.table,
                                  .key = KeyOf(table.name),
                                  .given_pattern = {},
                                  .folder = {},
                                  .format = engine::FileFormat::kTable,
                                  .container_type = table.is_view ? "view" : "table",
                                  .table = table.name,
                                  .partition_fields = {},
                                  .files = {{.uri = {},
                                             .relative_path = table.name.table,
                                             .size_bytes = table.size_bytes,
                                             .etag = table.columns_digest,
                                             .partition_values = {}}}});
  }
  return grouped;
}

}  // namespace assay::connectors
