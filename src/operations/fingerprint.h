// Numbers by which an anomaly of one run is recognised in another.
//
// They are stored and compared across runs, machines and releases, so what goes into them is
// fixed: tests/operations/fingerprint_test.cc pins values.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json.h"
#include "engine/scan.h"
#include "plan/schema.h"
#include "rules/check.h"

namespace assay::operations {

/// Compact JSON with the keys of every object in bytewise order: equal values give equal texts,
/// whatever order their keys were written in.
std::string CanonicalJson(const Json& value);

/// What makes a check the same check: rule (by its current name), fields (in any order), filter
/// and properties. Not its id, description, tags or coverage, so that a check file and a server
/// agree.
std::string CheckIdentity(const rules::CheckDefinition& definition);

/// Of a row that fails the checks: all its values, but not the file it is in or its number.
/// `check_identities` in any order.
int64_t RecordFingerprint(std::vector<std::string> check_identities, const Json& record);

/// Of a check that fails as a whole in a container. Failing group: for a schema check what is
/// missing, of another type or not allowed; for a measure its value and what it was compared
/// with; for group sizes how many
/// groups and rows fail; for others the number of failing rows.
int64_t ShapeFingerprint(const std::string& check_identity, const std::string& container,
                         const rules::CompiledCheck& check, const engine::CheckOutcome& outcome,
                         const plan::Schema& schema);

}  // namespace assay::operations
