#include "store/value_sketches.h"

#include "store/sql/statement.h"

namespace assay::store {

Status ValueSketches::Replace(int64_t container_id, const std::vector<ValueSketch>& sketches) {
  return access_.Write([&](soci::session& session) -> Status {
    sql::Run(session, "DELETE FROM value_sketches WHERE container_id = ?", {container_id});
    for (const ValueSketch& sketch : sketches) {
      sql::Run(session,
               "INSERT INTO value_sketches (container_id, name, field_type, distinct_values, "
               "smallest, greatest, threshold, hashes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
               {container_id, sketch.name, sketch.field_type, sketch.distinct_values,
                sketch.smallest, sketch.greatest, sketch.threshold, sketch.hashes});
    }
    return {};
  });
}

Result<std::vector<ValueSketch>> ValueSketches::OfDatastore(int64_t datastore_id) {
  return access_.Read([&](soci::session& session) -> Result<std::vector<ValueSketch>> {
    std::vector<ValueSketch> sketches;
    ValueSketch row;
    sql::Select select(session,
                       "SELECT container_id, containers.name, value_sketches.name, field_type, "
                       "distinct_values, smallest, greatest, threshold, hashes FROM "
                       "value_sketches JOIN containers ON containers.id = container_id WHERE "
                       "datastore_id = ? AND deleted_at IS NULL AND is_missing = 0 ORDER BY "
                       "container_id, value_sketches.name",
                       {datastore_id});
    select.Into(row.container_id, row.container_name, row.name, row.field_type,
                row.distinct_values, row.smallest, row.greatest, row.threshold, row.hashes);
    while (select.Next()) sketches.push_back(row);
    return sketches;
  });
}

}  // namespace assay::store
