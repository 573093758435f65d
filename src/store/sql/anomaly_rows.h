// Rows of the anomalies table and those that belong to them. For the .cc files of this module
// only.

#pragma once

#include <string>
#include <vector>

#include "store/anomalies.h"
#include "store/sql/where.h"

namespace assay::store::sql {

/// Anomalies that `rest` ("WHERE ... ORDER BY ... LIMIT ...", on the columns of the anomalies
/// table alone) selects, whole, in the order of `order` ("ORDER BY ...").
std::vector<Anomaly> ReadAnomalies(soci::session& session, const std::string& rest,
                                   const Values& values, const std::string& order = {});

/// Adds one with its failed checks and source records; returns its id.
int64_t InsertAnomaly(soci::session& session, const NewAnomaly& anomaly);

/// Conditions on the columns of the anomalies table alone.
Where AnomalyConditions(const AnomalyFilter& filter);

}  // namespace assay::store::sql
