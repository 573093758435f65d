// Rows of the quality_checks table and those that belong to them. For the .cc files of this
// module only.

#pragma once

#include <string>
#include <vector>

#include "store/quality_checks.h"
#include "store/sql/where.h"

namespace assay::store::sql {

/// Checks that `rest` ("WHERE ... ORDER BY ...", on quality_checks and containers) selects,
/// whole.
std::vector<QualityCheck> ReadQualityChecks(soci::session& session, const std::string& rest,
                                            const Values& values);

/// As QualityChecks::List.
Page<QualityCheck> ReadQualityCheckPage(soci::session& session,
                                        const QualityCheckFilter& filter,
                                        const PageRequest& page);

}  // namespace assay::store::sql
